import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

import { MODULE_NAME, MODULE_VERSION } from '../src/version';

test('the widget module is named and numbered as the package is', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../package.json'), 'utf8');
  const { name, version } = JSON.parse(text) as { name: string; version: string };
  expect([MODULE_NAME, MODULE_VERSION]).toEqual([name, version]);
});
