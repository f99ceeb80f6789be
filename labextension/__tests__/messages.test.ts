import { describe, expect, expectTypeOf, test } from 'vitest';

import type { BridgeMessage, CanvasEdit, IEditMessage, ISelectMessage } from '../src/messages';
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
    add: { op: 'add', kind: 'indicator.sma', position: { x: 480, y: 80 } },
    move_on_an_edge: {
      op: 'move',
      positions: { ema: { x: 1, y: 2 } },
      how: 'drag',
      into: 'bars.close->fast_sma.source'
    },
    move_a_frame: {
      op: 'move',
      positions: { fast_sma: { x: 1, y: 2 } },
      areas: { frame: { x: 3, y: 4 } }
    },
    align: { op: 'move', positions: { fast_sma: { x: 1, y: 2 } }, how: 'left' },
    reconnect: {
      op: 'reconnect',
      edge: 'bars.close->fast_sma.source',
      source: 'bars.close',
      target: 'slow_sma.source'
    },
    cut: { op: 'delete', nodes: ['slow_sma'], edges: [], areas: ['frame'], how: 'cut' },
    bridge: { op: 'bridge', nodes: ['fast_sma'] },
    duplicate_areas: { op: 'duplicate', nodes: [], areas: ['comment'] },
    paste: { op: 'paste', text: '{}', position: { x: 1, y: 2 } },
    enable: { op: 'enable', nodes: ['slow_sma'], enabled: false },
    frame: { op: 'frame', nodes: ['fast_sma'], area: { x: 0, y: 0, width: 200, height: 100 } },
    comment: { op: 'comment', area: { x: 0, y: 0, width: 200, height: 100 } },
    write: { op: 'write', id: 'comment', text: 'Why' },
    resize: { op: 'resize', id: 'frame', area: { x: 0, y: 0, width: 200, height: 100 } },
    add_joined: {
      op: 'add',
      kind: 'indicator.sma',
      position: { x: 480, y: 80 },
      join: { endpoint: 'bars.close', side: 'output' }
    },
    add_into: {
      op: 'add',
      kind: 'indicator.sma',
      position: { x: 480, y: 80 },
      into: 'bars.close->fast_sma.source'
    }
  };

  test('the file has an example of every edit, a selection, and no other', () => {
    const wanted = Object.fromEntries(
      Object.entries(edits).map(([name, edit]): [string, IEditMessage] => [
        name,
        { type: 'edit', client_id: 'c-1', edit }
      ])
    );
    const select: ISelectMessage = {
      type: 'select',
      client_id: 'c-1',
      request_id: 'c-1-7',
      nodes: ['fast_sma'],
      edges: ['bars.close->fast_sma.source']
    };
    expect(examples.canvas_to_python).toEqual({ ...wanted, select });
  });

  test('the bridge speaks in hello, active and reply', () => {
    const types = new Set(examplesOf('bridge_to_python').map(([, message]) => message.type));
    expect([...types].sort()).toEqual(['active', 'cells_changed', 'hello', 'reply']);
    expectTypeOf<BridgeMessage['type']>().toEqualTypeOf<
      'active' | 'cells_changed' | 'hello' | 'reply'
    >();
  });
});
