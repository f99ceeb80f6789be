import { expect, test } from 'vitest';

import type { INamedRect } from '../../src/canvas/arranging';
import { arranged } from '../../src/canvas/arranging';

const box = (id: string, x: number, y: number, height = 50): INamedRect => ({
  id,
  x,
  y,
  width: 100,
  height
});
const BOXES = [box('a', 0, 0), box('b', 40, 100, 90), box('c', 300, 400)];

test.each([
  ['left', { b: [0, 100], c: [0, 400] }],
  ['right', { a: [300, 0], b: [300, 100] }],
  ['centre', { a: [150, 0], b: [150, 100], c: [150, 400] }],
  ['top', { b: [40, 0], c: [300, 0] }],
  ['bottom', { a: [0, 400], b: [40, 360] }],
  ['middle', { a: [0, 200], b: [40, 180], c: [300, 200] }],
  ['across', { b: [150, 100] }],
  ['down', { b: [40, 180] }]
] as const)('%s moves only what is elsewhere', (how, wanted) => {
  const places = [...arranged(BOXES, how)].map(([id, { x, y }]) => [id, [x, y]]);
  expect(Object.fromEntries(places)).toEqual(wanted);
});

test('two boxes are at an even distance already, and none is nowhere', () => {
  expect(arranged(BOXES.slice(0, 2), 'down').size).toBe(0);
  expect(arranged([], 'left').size).toBe(0);
});
