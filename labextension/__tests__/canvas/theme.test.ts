import { expect, test } from 'vitest';

import { plainColor } from '../../src/canvas/theme';

test.each([
  ['color(srgb 1 0 0.5)', 'rgb(255, 0, 128)'],
  ['color(srgb 0.25 2e-3 1 / 0.5)', 'rgb(64, 1, 255)'],
  ['rgb(1, 2, 3)', 'rgb(1, 2, 3)'],
  ['rgba(0, 0, 0, 0.54)', 'rgba(0, 0, 0, 0.54)']
])('%s is painted as %s', (computed, plain) => {
  expect(plainColor(computed)).toBe(plain);
});
