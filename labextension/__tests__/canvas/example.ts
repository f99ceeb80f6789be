// The shared example of a document with its kinds, as the canvas gets them.

import type { ICanvasState } from '../../src/canvas/state';
import { readState } from '../../src/canvas/state';
import type { JSONRecord } from '../../src/reading';
import { asRecord } from '../../src/reading';
import { fixture } from '../fixtures';

/** One question about two ports, and Python's answer. */
export interface ICase {
  source: string;
  target: string;
  reason: string | null;
}

const example = fixture('connections.json') as {
  document: JSONRecord;
  kinds: JSONRecord;
  cases: ICase[];
};

export const cases = example.cases;

/** The state of the example, with some traits replaced. */
export function exampleState(traits: JSONRecord = {}): ICanvasState {
  const all: JSONRecord = { document: example.document, kinds: example.kinds, ...traits };
  return readState(name => all[name]);
}

/** The example's document, with some parts replaced. */
export function exampleDocument(parts: JSONRecord = {}): JSONRecord {
  return { ...asRecord(example.document), ...parts };
}
