// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';

import { RunOnce } from '../src/runOnce';

beforeEach(() => {
  localStorage.clear();
});

test('a notebook runs its cell once, and only when it was asked for', () => {
  const runs = new RunOnce(localStorage);
  expect(runs.take('a.ipynb')).toBeNull();
  runs.ask('a.ipynb');
  expect(runs.take('b.ipynb')).toBeNull();
  expect(runs.take('a.ipynb')).toEqual({ isNew: false });
  expect(runs.take('a.ipynb')).toBeNull();
});

test('it is known whether the notebook was just made', () => {
  const runs = new RunOnce(localStorage);
  runs.ask('a.ipynb', true);
  expect(runs.take('a.ipynb')).toEqual({ isNew: true });
});

test('what was asked for long ago is forgotten', () => {
  let now = 0;
  const runs = new RunOnce(localStorage, () => now);
  runs.ask('a.ipynb');
  now = 3_600_000;
  expect(runs.take('a.ipynb')).toBeNull();
});
