// The JSON examples that the Python tests read too.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A file of tests/fixtures. */
export function fixture(name: string): unknown {
  return JSON.parse(
    readFileSync(resolve(import.meta.dirname, '../../tests/fixtures', name), 'utf8')
  );
}
