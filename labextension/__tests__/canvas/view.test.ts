import { expect, test } from 'vitest';

import { GRID, onGrid, shiftedOnGrid } from '../../src/canvas/grid';
import { mappingFor, onMap, toContent } from '../../src/canvas/minimapGeometry';
import { ViewSettings } from '../../src/canvas/viewSettings';

test('the leading corner goes onto the grid, the others keep their distance from it', () => {
  const boxes = new Map([
    ['a', { x: 3, y: 7 }],
    ['b', { x: 110, y: 31 }]
  ]);
  const moved = shiftedOnGrid({ boxes, areas: new Map() }, { x: 3, y: 7 }, 44, -3);
  expect(moved.boxes.get('a')).toEqual({ x: 40, y: 0 });
  expect(moved.boxes.get('b')).toEqual({ x: 147, y: 24 });
  expect(onGrid({ x: -GRID * 0.6, y: GRID * 0.4 })).toEqual({ x: -GRID, y: 0 });
});

test('what is pressed on the map is what lies there', () => {
  const content = { x: -500, y: 40, width: 4000, height: 900 };
  const mapping = mappingFor(content, { width: 160, height: 100 });
  const drawn = onMap(content, mapping);
  expect(drawn.x).toBeGreaterThanOrEqual(0);
  expect(drawn.x + drawn.width).toBeLessThanOrEqual(160);
  expect(drawn.y).toBeGreaterThanOrEqual(0);
  expect(drawn.y + drawn.height).toBeLessThanOrEqual(100);
  const middle = toContent({ x: 80, y: 50 }, mapping);
  expect(middle.x).toBeCloseTo(1500);
  expect(middle.y).toBeCloseTo(490);
});

test('settings are remembered, and another text in their place is none', () => {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => {
      kept.set(key, text);
    }
  };
  const first = new ViewSettings(store);
  expect([first.isSnapping, first.isMapOn]).toEqual([false, true]);
  first.toggle('isSnapping');
  first.toggle('isMapOn');
  const second = new ViewSettings(store);
  expect([second.isSnapping, second.isMapOn]).toEqual([true, false]);
  for (const key of kept.keys()) {
    kept.set(key, 'not JSON');
  }
  expect(new ViewSettings(store).isMapOn).toBe(true);
  expect(new ViewSettings(null).isSnapping).toBe(false);
});
