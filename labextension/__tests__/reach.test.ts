import type { WidgetModel } from '@jupyter-widgets/base';
import { expect, test } from 'vitest';

import { sendIfReachable } from '../src/reach';

/** As much of a widget's model as a message passes through. */
function model(isLive: boolean, isDisposed: boolean): { sent: unknown[] } & WidgetModel {
  const sent: unknown[] = [];
  const send = (content: unknown): void => {
    if (isDisposed) {
      throw new Error('Cannot send'); // what a comm does once its kernel is gone
    }
    sent.push(content);
  };
  const comm = { jsServicesComm: { isDisposed } };
  return { sent, send, comm, comm_live: isLive } as unknown as { sent: unknown[] } & WidgetModel;
}

test('a message goes to a kernel that is there', () => {
  const there = model(true, false);
  expect(sendIfReachable(there, { type: 'active' })).toBe(true);
  expect(there.sent).toEqual([{ type: 'active' }]);
});

test.each([
  ['ipywidgets knows that it is gone', false, false],
  ['ipywidgets has not heard of it', true, true]
])('a message to a kernel that is gone is dropped: %s', (_why, isLive, isDisposed) => {
  const gone = model(isLive, isDisposed);
  expect(sendIfReachable(gone, { type: 'active' })).toBe(false);
  expect(gone.sent).toEqual([]);
});
