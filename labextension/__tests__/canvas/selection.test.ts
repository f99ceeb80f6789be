import { expect, test } from 'vitest';

import { composeScene } from '../../src/canvas/compose';
import {
  isEmpty,
  isSameSelection,
  NOTHING,
  present,
  readingOrder,
  toggled
} from '../../src/canvas/selection';
import { exampleState } from './example';

const scene = composeScene(exampleState());

test('what is gone is not selected', () => {
  const selection = present(scene, ['fast', 'gone'], ['fast.value->cross.left', 'a.b->c.d']);
  expect([...selection.nodes]).toEqual(['fast']);
  expect([...selection.edges]).toEqual(['fast.value->cross.left']);
  expect(isEmpty(selection)).toBe(false);
  expect(isEmpty(NOTHING)).toBe(true);
});

test('selections are compared by what they hold', () => {
  expect(
    isSameSelection(present(scene, ['fast', 'bars'], []), present(scene, ['bars', 'fast'], []))
  ).toBe(true);
  expect(isSameSelection(present(scene, ['fast'], []), NOTHING)).toBe(false);
});

test('toggling adds and removes', () => {
  expect(toggled(new Set(['a']), 'b')).toEqual(['a', 'b']);
  expect(toggled(new Set(['a', 'b']), 'a')).toEqual(['b']);
});

test('the keyboard goes through all boxes, data first', () => {
  const order = readingOrder(scene);
  expect(order).toHaveLength(scene.boxes.size);
  expect(order.indexOf('bars')).toBeLessThan(order.indexOf('fast'));
  expect(order.indexOf('cross')).toBeLessThan(order.indexOf('enter'));
});
