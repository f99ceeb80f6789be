import { describe, expect, test } from 'vitest';

import { edgeId, readDocument, readKinds, readState, splitEndpoint } from '../../src/canvas/state';

describe('reading the state', () => {
  test('empty traits give an empty picture', () => {
    const state = readState(() => undefined);
    expect(state.document.nodes).toEqual([]);
    expect(state.kinds.size).toBe(0);
    expect(state).toMatchObject({ undoName: null, redoName: null, readOnly: false });
  });

  test('what is no node, edge or position is left out', () => {
    const document = readDocument({
      name: 'x',
      nodes: [{ id: 'a', kind: 'math.constant' }, { id: 5, kind: 'k' }, null, 'text', { id: 'b' }],
      edges: [{ source: 'a.value', target: 'gone.left' }, { source: 'a.value' }, 7],
      layout: { a: { x: 1, y: Infinity }, gone: { x: 1, y: 2 } }
    });
    expect(document.nodes.map(node => node.id)).toEqual(['a']);
    expect(document.edges).toEqual([]);
    expect(document.layout.size).toBe(0);
  });

  test('a port of a type that is none is left out', () => {
    const kinds = readKinds({
      'x.y': {
        inputs: [
          { name: 'a', type: 'money' },
          { name: 'b', type: 'size' }
        ]
      }
    });
    expect(kinds.get('x.y')?.inputs.map(port => port.name)).toEqual(['b']);
    expect(kinds.get('x.y')).toMatchObject({ title: 'x.y', family: 'x' });
  });

  test('a finding of unknown severity counts as an error', () => {
    const state = readState(name =>
      name === 'diagnostics' ? [{ severity: 'odd', message: 'm' }] : null
    );
    expect(state.diagnostics[0]).toMatchObject({ severity: 'error', message: 'm', nodeId: null });
  });
});

test('endpoints and edges are written as Python writes them', () => {
  expect(edgeId({ source: 'a.x', target: 'b.y' })).toBe('a.x->b.y');
  expect(splitEndpoint('a.x')).toEqual(['a', 'x']);
  expect(splitEndpoint('a')).toEqual(['a', '']);
});
