import { expect, test } from 'vitest';

import { placeBeside } from '../../src/canvas/bubble';

const room = { width: 600, height: 400 };
const tip = { width: 200, height: 100 };

test('a tip lies below what it is about, else above, else beside it, never on it', () => {
  expect(placeBeside({ x: 50, y: 50, width: 120, height: 60 }, tip, room)).toEqual({
    x: 50,
    y: 120
  });
  expect(placeBeside({ x: 590, y: 320, width: 120, height: 60 }, tip, room)).toEqual({
    x: 396,
    y: 210
  });
  expect(placeBeside({ x: 50, y: 50, width: 120, height: 300 }, tip, room)).toEqual({
    x: 180,
    y: 50
  });
  expect(placeBeside({ x: 400, y: 50, width: 120, height: 300 }, tip, room)).toEqual({
    x: 190,
    y: 50
  });
  expect(placeBeside({ x: 0, y: 0, width: 600, height: 400 }, tip, room)).toBeNull();
});
