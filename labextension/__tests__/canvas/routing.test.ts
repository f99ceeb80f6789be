import { expect, test } from 'vitest';

import { curveBetween, pointsOf } from '../../src/canvas/curve';
import type { IRect } from '../../src/canvas/geometry';
import { holds } from '../../src/canvas/geometry';
import { courseBetween } from '../../src/canvas/routing';

const START = { x: 0, y: 0 };
const END = { x: 400, y: 0 };

function touches(box: IRect, start = START, end = END, others: IRect[] = []): boolean {
  return pointsOf(courseBetween(start, end, [box, ...others])).some(point => holds(box, point));
}

test('an edge with a free way runs as if there were no boxes', () => {
  const beside = [
    { x: -200, y: -40, width: 194, height: 80 },
    { x: 406, y: -40, width: 180, height: 80 },
    { x: 100, y: 60, width: 180, height: 80 }
  ];
  expect(courseBetween(START, END, beside)).toEqual(curveBetween(START, END));
});

test('an edge runs round a box that lies between its ends', () => {
  const box = { x: 100, y: -40, width: 180, height: 80 };
  expect(pointsOf(curveBetween(START, END)).some(point => holds(box, point))).toBe(true);
  expect(touches(box)).toBe(false);
});

test('it takes the nearer side', () => {
  const low = pointsOf(courseBetween(START, END, [{ x: 100, y: -70, width: 180, height: 80 }]));
  expect(Math.max(...low.map(point => point.y))).toBeLessThan(40);
  expect(Math.min(...low.map(point => point.y))).toBeGreaterThan(-10);
});

test('it runs between two rows of boxes', () => {
  const rows = [-120, -10].map(y => ({ x: 100, y, width: 180, height: 80 }));
  const points = pointsOf(courseBetween({ x: 0, y: -60 }, { x: 400, y: 60 }, rows));
  expect(points.filter(point => rows.some(box => holds(box, point)))).toEqual([]);
});

test('it begins and ends at its ports, whatever lies between', () => {
  const wall = { x: 20, y: -2000, width: 360, height: 4000 };
  const points = pointsOf(courseBetween(START, END, [wall]));
  expect(points[0]).toEqual(START);
  expect(points.at(-1)).toEqual(END);
});
