// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';

import { drawStill, placeOfStill, STRATEGY_MIME, stillOutput } from '../src/still';

const bundle = {
  [STRATEGY_MIME]: { builder_id: 'b', name: '<b>Mine</b>', document: { name: 'Mine' } },
  'image/svg+xml': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  'text/plain': 'Mine'
};

test('the picture is found among other outputs', () => {
  const outputs = [{ output_type: 'stream' }, { data: { 'text/plain': 'x' } }, { data: bundle }];
  expect(placeOfStill(outputs)).toBe(2);
  expect(placeOfStill(outputs.slice(0, 2))).toBe(-1);
  expect(placeOfStill(undefined)).toBe(-1);
});

test('a new output shares nothing with what it was made of', () => {
  const output = stillOutput(bundle);
  expect(output.data).toEqual(bundle);
  expect(output.data).not.toBe(bundle);
});

test('what a notebook says is shown as text and as an image, never as markup', () => {
  const still = drawStill(bundle, () => Promise.resolve());
  expect(still.querySelector('script, svg, b')).toBeNull();
  expect(still.textContent).toContain('<b>Mine</b>, as last shown.');
  expect(still.querySelector('img')?.src).toMatch(/^data:image\/svg\+xml/);
});

test('the strategy can be copied, and it is said whether it was', async () => {
  const copied: string[] = [];
  const still = drawStill(bundle, text => {
    copied.push(text);
    return copied.length === 1 ? Promise.resolve() : Promise.reject(new Error('no'));
  });
  const press = (): void => {
    still.querySelector('button')?.click();
  };
  press();
  await vi.waitFor(() => {
    expect(still.textContent).toContain('Copied.');
  });
  expect(JSON.parse(copied[0] ?? '')).toEqual({ name: 'Mine' });
  press();
  await vi.waitFor(() => {
    expect(still.textContent).toContain('does not allow copying');
  });
});

test.each([undefined, null, 3, {}, { [STRATEGY_MIME]: 'no' }])('%j does not break it', data => {
  expect(() => drawStill(data, () => Promise.resolve())).not.toThrow();
});
