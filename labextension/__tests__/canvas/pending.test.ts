import { expect, test } from 'vitest';

import { PendingMoves } from '../../src/canvas/pending';

const [home, first, second] = [
  { x: 0, y: 0 },
  { x: 10, y: 0 },
  { x: 20, y: 5 }
];

test('without a move the document counts', () => {
  expect(new PendingMoves().resolve('a', home, undefined)).toEqual(home);
});

test('a box stays where it was dropped until the document says so too', () => {
  const pending = new PendingMoves();
  pending.sent(new Map([['a', first]]));
  expect(pending.resolve('a', home, home)).toEqual(first);
  expect(pending.resolve('a', first, home)).toEqual(first);
  expect(pending.resolve('a', home, first)).toEqual(home);
});

test('the answer to the first of two moves does not pull the box back', () => {
  const pending = new PendingMoves();
  pending.sent(new Map([['a', first]]));
  pending.sent(new Map([['a', second]]));
  expect(pending.resolve('a', first, home)).toEqual(second);
  expect(pending.resolve('a', second, first)).toEqual(second);
});

test('a place that was never sent is Python’s own, and wins', () => {
  const pending = new PendingMoves();
  pending.sent(new Map([['a', first]]));
  expect(pending.resolve('a', { x: 99, y: 99 }, home)).toEqual({ x: 99, y: 99 });
});

test('after a refusal the document alone counts', () => {
  const pending = new PendingMoves();
  pending.sent(new Map([['a', first]]));
  pending.clear();
  expect(pending.resolve('a', home, home)).toEqual(home);
});
