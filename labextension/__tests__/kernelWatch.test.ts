import { Signal } from '@lumino/signaling';
import { beforeEach, expect, test } from 'vitest';

import { watchKernel } from '../src/kernelWatch';

type Session = Parameters<typeof watchKernel>[0];

/** What a notebook tells of its kernel. */
class Notebook {
  readonly statusChanged = new Signal<this, string>(this);
  readonly kernelChanged = new Signal<this, { oldValue: unknown; newValue: unknown }>(this);
}

let notebook: Notebook;
let losses: string[];
let end: () => void;

beforeEach(() => {
  notebook = new Notebook();
  losses = [];
  // a session context tells more, and of finer types
  end = watchKernel(notebook as unknown as Session, reason => losses.push(reason));
});

test.each([
  ['restarting', 'The kernel was restarted.'],
  ['autorestarting', 'The kernel died and was started again.'],
  ['dead', 'The kernel died.'],
  ['terminating', 'The kernel was shut down.']
])('a kernel that is %s is lost', (status, reason) => {
  notebook.statusChanged.emit(status);
  expect(losses).toEqual([reason]);
});

test('a kernel at work is not lost', () => {
  for (const status of ['busy', 'idle', 'starting', 'unknown', 'connecting']) {
    notebook.statusChanged.emit(status);
  }
  notebook.kernelChanged.emit({ oldValue: null, newValue: {} });
  expect(losses).toEqual([]);
});

test('another kernel, or none, is a loss', () => {
  notebook.kernelChanged.emit({ oldValue: {}, newValue: {} });
  expect(losses).toEqual(['The kernel was changed.']);
});

test('a loss is told once', () => {
  notebook.statusChanged.emit('restarting');
  notebook.statusChanged.emit('restarting');
  notebook.kernelChanged.emit({ oldValue: {}, newValue: null });
  expect(losses).toHaveLength(1);
});

test('a watch that was ended tells nothing', () => {
  end();
  notebook.statusChanged.emit('dead');
  expect(losses).toEqual([]);
});
