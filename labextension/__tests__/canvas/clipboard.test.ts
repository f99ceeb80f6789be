import { expect, test } from 'vitest';

import { copiedText, whyNotPaste } from '../../src/canvas/clipboard';
import type { ISelection } from '../../src/canvas/selection';
import { NOTHING } from '../../src/canvas/selection';

const DOCUMENT = {
  schema_version: 1,
  name: 'Mine',
  nodes: [
    { id: 'a', kind: 'x.y', params: { n: 1 } },
    { id: 'b', kind: 'x.y' },
    { id: 'c', kind: 'x.y' }
  ],
  edges: [
    { source: 'a.out', target: 'b.in' },
    { source: 'b.out', target: 'c.in' }
  ],
  layout: {
    a: { x: 1, y: 2 },
    c: { x: 3, y: 4 },
    frames: [
      { id: 'f', title: 'F', nodes: ['a', 'c'] },
      { id: 'g', nodes: [] }
    ],
    comments: [{ id: 'n', text: 'note' }]
  }
};
const chosen = (nodes: string[], areas: string[] = []): ISelection => ({
  nodes: new Set(nodes),
  edges: new Set(),
  areas: new Set(areas)
});

test('a part is copied with the edges among its nodes and what is drawn', () => {
  const text = copiedText(DOCUMENT, chosen(['a', 'b'], ['f', 'n']));
  expect(JSON.parse(text ?? '')).toEqual({
    stratcraft: 'nodes',
    version: 1,
    nodes: DOCUMENT.nodes.slice(0, 2),
    edges: DOCUMENT.edges.slice(0, 1),
    layout: {
      a: { x: 1, y: 2 },
      frames: [{ id: 'f', title: 'F', nodes: ['a'] }],
      comments: [{ id: 'n', text: 'note' }]
    }
  });
});

test('nothing selected is nothing copied', () => {
  expect(copiedText(DOCUMENT, NOTHING)).toBeNull();
});

test('other texts never leave the page', () => {
  expect(whyNotPaste('my password')).toContain('holds no strategy nodes');
  expect(whyNotPaste(`{"stratcraft": "${'a'.repeat(6_000_000)}"}`)).toContain('too much');
  expect(whyNotPaste('{"stratcraft": "nodes"}')).toBeNull();
});
