import { expect, test } from 'vitest';

import { composeScene } from '../../src/canvas/compose';
import { overlaps } from '../../src/canvas/geometry';
import { placeUnplaced } from '../../src/canvas/placement';
import { exampleDocument, exampleState } from './example';

const size = { x: 0, y: 0, width: 100, height: 50 };

test('places that the document gives are kept', () => {
  const layout = new Map([['a', { x: -3, y: 4 }]]);
  expect(placeUnplaced([{ id: 'a', ...size }], [], layout)).toEqual(layout);
});

test('without places, edges run from left to right and boxes lie apart', () => {
  const boxes = [
    ...composeScene(exampleState({ document: exampleDocument({ layout: {} }) })).boxes.values()
  ];
  for (const { source, target } of exampleState().document.edges) {
    const [from, to] = [source, target].map(end => boxes.find(box => end.startsWith(`${box.id}.`)));
    expect(from?.x).toBeLessThan(to?.x ?? -Infinity);
  }
  for (const one of boxes) {
    for (const other of boxes) {
      expect(one === other || !overlaps(one, other)).toBe(true);
    }
  }
});

test('a node without a place goes below those that have one', () => {
  const boxes = [
    { id: 'a', ...size },
    { id: 'b', ...size }
  ];
  const places = placeUnplaced(boxes, [], new Map([['a', { x: 10, y: 20 }]]));
  expect(places.get('b')?.y).toBeGreaterThanOrEqual(70);
});
