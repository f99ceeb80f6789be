// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { explainMissing, isBuilderOutput, RUN_TO_SHOW } from '../src/missingBuilders';

const NOT_FOUND = 'Error displaying widget: model not found';

let output: HTMLElement;
let isBuilder: boolean;
let ran: Element[];
let end: () => void;

beforeEach(() => {
  document.body.innerHTML = '<div><div class="output">Loading widget...</div></div>';
  const found = document.querySelector<HTMLElement>('.output');
  if (!found) {
    throw new Error('no output');
  }
  [output, isBuilder, ran] = [found, true, []];
  end = explainMissing(
    document.body,
    () => isBuilder,
    element => ran.push(element)
  );
});

afterEach(() => {
  end();
});

test('where a builder could not be shown, a line says what to do and a button does it', async () => {
  output.textContent = NOT_FOUND;
  await vi.waitFor(() => {
    expect(output.textContent).toContain(RUN_TO_SHOW);
  });
  output.querySelector('button')?.click();
  expect(ran).toEqual([output]);
});

test('widgets of others keep their message', async () => {
  isBuilder = false;
  output.textContent = NOT_FOUND;
  await Promise.resolve();
  expect(output.textContent).toBe(NOT_FOUND);
});

test('a builder is known by what stands for it', () => {
  expect(isBuilderOutput({ 'text/plain': `${RUN_TO_SHOW}\n\nSMA cross` })).toBe(true);
  expect(isBuilderOutput({ 'text/plain': [`${RUN_TO_SHOW}\n`, 'SMA cross'] })).toBe(true);
  expect(isBuilderOutput({ 'text/plain': 'IntSlider(value=1)' })).toBe(false);
  expect(isBuilderOutput(undefined)).toBe(false);
});
