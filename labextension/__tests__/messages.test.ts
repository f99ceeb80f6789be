import { describe, expect, expectTypeOf, test } from 'vitest';

import type { BridgeMessage, CanvasEdit, IEditMessage } from '../src/messages';
import { readBridgeRequest, readCanvasMessage } from '../src/messages';
import { fixture } from './fixtures';

type Examples = Record<string, Record<string, unknown>>;

const examples = fixture('messages.json') as Record<string, Examples>;

function examplesOf(direction: string): [string, Record<string, unknown>][] {
  const found = Object.entries(examples[direction] ?? {});
  expect(found).not.toHaveLength(0);
  return found;
}

describe('messages from Python', () => {
  test.each(examplesOf('python_to_canvas'))('%s is read whole by the canvas', (_name, message) => {
    expect(readCanvasMessage(message)).toEqual(message);
  });

  test.each(examplesOf('python_to_bridge'))('%s is read whole by the bridge', (_name, message) => {
    expect(readBridgeRequest(message)).toEqual(message);
  });

  test.each(examplesOf('python_to_bridge'))(
    '%s lacking any field is no request',
    (_name, message) => {
      for (const key of Object.keys(message)) {
        expect(readBridgeRequest({ ...message, [key]: undefined }), key).toBeNull();
      }
    }
  );

  test.each([undefined, null, 3, 'fit', [], {}, { type: 'reply' }, { type: 7 }])(
    '%j is no message',
    content => {
      expect(readCanvasMessage(content)).toBeNull();
      expect(readBridgeRequest(content)).toBeNull();
    }
  );

  test('a refusal without a reason is no message', () => {
    expect(readCanvasMessage({ type: 'refused', edit: {} })).toBeNull();
  });
});

describe('messages to Python', () => {
  // the compiler holds each example against the type; the test holds the file against the examples
  const edits: Record<string, CanvasEdit> = {
    move: {
      op: 'move',
      positions: { fast_sma: { x: 240, y: 40 }, slow_sma: { x: 240, y: 160 } }
    },
    connect: { op: 'connect', source: 'fast_sma.value', target: 'cross_up.left' },
    delete: { op: 'delete', nodes: ['slow_sma'], edges: ['fast_sma.value->cross_up.left'] },
    duplicate: { op: 'duplicate', nodes: ['fast_sma'] },
    undo: { op: 'undo' },
    redo: { op: 'redo' },
    add: { op: 'add', kind: 'indicator.sma', position: { x: 480, y: 80 } }
  };

  test('the file has an example of every edit, and no other', () => {
    const wanted = Object.fromEntries(
      Object.entries(edits).map(([name, edit]): [string, IEditMessage] => [
        name,
        { type: 'edit', client_id: 'c-1', edit }
      ])
    );
    expect(examples.canvas_to_python).toEqual(wanted);
  });

  test('the bridge speaks in hello, active and reply', () => {
    const types = new Set(examplesOf('bridge_to_python').map(([, message]) => message.type));
    expect([...types].sort()).toEqual(['active', 'cells_changed', 'hello', 'reply']);
    expectTypeOf<BridgeMessage['type']>().toEqualTypeOf<
      'active' | 'cells_changed' | 'hello' | 'reply'
    >();
  });
});
