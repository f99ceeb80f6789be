import { expect, test } from 'vitest';

import { encloses, overlaps } from '../../src/canvas/geometry';
import { freePlace } from '../../src/canvas/room';

const wanted = { x: 100, y: 100, width: 220, height: 84 };
const sight = { x: 0, y: 0, width: 900, height: 400 };

test('a free place is taken as it is', () => {
  expect(freePlace(wanted, [{ x: 500, y: 100, width: 166, height: 70 }], sight)).toEqual(wanted);
});

test('a taken one is left for the nearest that is free and in sight', () => {
  const taken = [{ x: 60, y: 60, width: 166, height: 100 }];
  const found = freePlace(wanted, taken, sight);
  expect(taken.some(other => overlaps(found, other))).toBe(false);
  expect(encloses(sight, found)).toBe(true);
  expect(Math.hypot(found.x - wanted.x, found.y - wanted.y)).toBeLessThan(160);
});

test('where all in sight is taken it lies outside rather than over something', () => {
  const found = freePlace(wanted, [sight], sight);
  expect(overlaps(found, sight)).toBe(false);
});
