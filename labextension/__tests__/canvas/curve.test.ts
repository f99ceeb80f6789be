import { describe, expect, test } from 'vitest';

import { curveBetween, distanceTo, pointsOf, svgPath } from '../../src/canvas/curve';

const curves = [
  ['forward', { x: 0, y: 0 }, { x: 200, y: 80 }],
  ['flat and short', { x: 0, y: 0 }, { x: 10, y: 0 }],
  ['back', { x: 300, y: 0 }, { x: 0, y: 60 }],
  ['straight up', { x: 0, y: 0 }, { x: 0, y: -200 }]
] as const;

describe.each(curves)('an edge that runs %s', (_name, start, end) => {
  const curve = curveBetween(start, end);

  test('leaves to the right and arrives from the left', () => {
    const [out, into] = [curve.controls[0], curve.controls.at(-1)];
    expect(out?.x).toBeGreaterThan(start.x);
    expect(out?.y).toBe(start.y);
    expect(into?.x).toBeLessThan(end.x);
    expect(into?.y).toBe(end.y);
  });

  test('is near its own points and far from others', () => {
    for (const point of pointsOf(curve)) {
      expect(distanceTo(curve, point)).toBeCloseTo(0);
    }
    expect(pointsOf(curve)[0]).toEqual(start);
    expect(distanceTo(curve, end)).toBeCloseTo(0);
    expect(distanceTo(curve, { x: start.x, y: start.y + 500 })).toBeGreaterThan(100);
  });
});

test('the path begins and ends at the ends', () => {
  const path = svgPath(curveBetween({ x: 1, y: 2 }, { x: 300, y: 4 }));
  expect(path.startsWith('M1 2Q')).toBe(true);
  expect(path.endsWith(' 300 4')).toBe(true);
});
