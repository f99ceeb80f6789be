import { expect, test } from 'vitest';

import { curveBetween } from '../../src/canvas/curve';
import { arrowOf } from '../../src/canvas/edgePaint';

test('the arrow points to where the edge arrives, and its line ends inside the head', () => {
  const { tip, back, left, right } = arrowOf(curveBetween({ x: 0, y: 0 }, { x: 200, y: 80 }));
  expect(tip).toEqual({ x: 200, y: 80 });
  expect(left).toEqual({ x: 192.5, y: 83.75 });
  expect(right).toEqual({ x: 192.5, y: 76.25 });
  expect(back.y).toBe(80);
  expect(back.x).toBeGreaterThan(left.x);
  expect(back.x).toBeLessThan(tip.x);
});

test('the arrow turns with an edge that arrives from above', () => {
  const [start, end] = [
    { x: 0, y: 0 },
    { x: 50, y: 100 }
  ];
  const { left, right } = arrowOf({ start, controls: [{ x: 50, y: 0 }], end });
  expect(left.y).toBeCloseTo(92.5);
  expect(right.y).toBeCloseTo(92.5);
  expect(left.x).toBeCloseTo(46.25);
  expect(right.x).toBeCloseTo(53.75);
});

test('ends that coincide still give numbers', () => {
  const at = { x: 1, y: 1 };
  const corners = Object.values(arrowOf({ start: at, controls: [at], end: at }));
  expect(corners.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
});
