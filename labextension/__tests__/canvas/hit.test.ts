import { expect, test } from 'vitest';

import { composeScene } from '../../src/canvas/compose';
import { pointsOf } from '../../src/canvas/curve';
import { unfolded } from '../../src/canvas/folding';
import { boxAt, boxesIn, edgeAt, portNear } from '../../src/canvas/hit';
import { edgeCurve, portPlace } from '../../src/canvas/scene';
import { exampleState } from './example';

const scene = composeScene(exampleState());
const boxes = [...scene.boxes.values()];

test('a box is hit inside and missed outside', () => {
  for (const box of boxes) {
    expect(boxAt(scene, { x: box.x + 5, y: box.y + 5 })?.id).toBe(box.id);
  }
  expect(boxAt(scene, { x: -1000, y: -1000 })).toBeNull();
});

test('every port in sight is hit at its place', () => {
  for (const box of boxes) {
    for (const port of [...box.inputs, ...box.outputs].filter(item => item.row !== null)) {
      const place = portPlace(box, port.side, port.name);
      const wanted = { node: box.id, port: port.name, side: port.side };
      expect(portNear(scene, { x: place.x + 3, y: place.y - 3 }, 12)).toEqual(wanted);
    }
  }
});

test('a folded port is hit in the unfolded box alone', () => {
  const closed = scene.boxes.get('bars');
  const open = closed && unfolded(closed, port => port.name === 'volume');
  if (!open) {
    throw new Error('no box');
  }
  const place = portPlace(open, 'output', 'volume');
  const wanted = { node: 'bars', port: 'volume', side: 'output' };
  expect(portNear(scene, place, 6)).not.toEqual(wanted);
  const shown = { ...scene, boxes: new Map([...scene.boxes, ['bars', open]]) };
  expect(portNear(shown, place, 6)).toEqual(wanted);
});

test('a port out of reach is missed', () => {
  const box = boxes[0];
  expect(box && portNear(scene, { x: box.x + box.width / 2, y: box.y }, 12)).toBeNull();
});

test('every edge is hit half-way along', () => {
  for (const edge of scene.edges.values()) {
    const curve = edgeCurve(scene, edge);
    const points = curve ? pointsOf(curve) : [];
    const middle = points[Math.floor(points.length / 2)];
    if (!middle) {
      throw new Error(edge.id);
    }
    expect(edgeAt(scene, middle, 6)?.id).toBe(edge.id);
  }
  expect(edgeAt(scene, { x: -1000, y: -1000 }, 6)).toBeNull();
});

test('a rectangle takes the boxes it touches', () => {
  const all = { x: -1e5, y: -1e5, width: 2e5, height: 2e5 };
  expect(boxesIn(scene, all)).toHaveLength(boxes.length);
  expect(boxesIn(scene, { x: -9, y: -9, width: 1, height: 1 })).toEqual([]);
});
