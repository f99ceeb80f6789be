import { expect, test } from 'vitest';

import { readAreas } from '../../src/canvas/areas';
import { composeScene } from '../../src/canvas/compose';
import type { Spot } from '../../src/canvas/spot';
import { edgesAt, firstPort, isThere, stepFrom, stepOrder, walk } from '../../src/canvas/spot';
import { spokenEdge, spokenPortOf, spokenSpot } from '../../src/canvas/spoken';
import { exampleState } from './example';

const state = exampleState();
const scene = composeScene(state);
const areas = readAreas({
  comments: [{ id: 'note', x: 0, y: 900, width: 200, height: 80, text: 'Mind the gap' }],
  frames: [{ id: 'frame', x: 0, y: 0, width: 400, height: 300, title: 'Entry', nodes: [] }]
});
const [edge] = scene.edges.values();

test('the arrows lead from a node along its edge to the next node, and back', () => {
  if (!edge) {
    throw new Error('The example has no edges.');
  }
  const [first] = edgesAt(scene, edge.sourceNode, 'source');
  const there = walk(scene, { kind: 'node', id: edge.sourceNode }, 'right');
  expect(there).toEqual({ kind: 'edge', id: first?.id, from: 'source' });
  const beyond = there && walk(scene, there, 'right');
  expect(beyond).toEqual({ kind: 'node', id: first?.targetNode });
  expect(there && walk(scene, there, 'left')).toEqual({ kind: 'node', id: edge.sourceNode });
  const back = walk(scene, { kind: 'node', id: first?.targetNode ?? '' }, 'left');
  expect(back).toMatchObject({ kind: 'edge', from: 'target' });
});

test('up and down go through the edges of the node one came from', () => {
  const busy = [...scene.boxes.keys()].find(id => edgesAt(scene, id, 'source').length > 1) ?? '';
  const [one, two] = edgesAt(scene, busy, 'source');
  const at: Spot = { kind: 'edge', id: one?.id ?? '', from: 'source' };
  expect(walk(scene, at, 'down')).toEqual({ kind: 'edge', id: two?.id, from: 'source' });
  expect(walk(scene, at, 'up')).toBeNull();
});

test('ports are gone through on a side, and across', () => {
  const box = [...scene.boxes.values()].find(
    ({ inputs, outputs }) => inputs.length > 1 && outputs.length > 0
  );
  const start = box && firstPort(scene, box.id);
  if (!box || !start) {
    throw new Error('The example has no such node.');
  }
  expect(start).toMatchObject({ end: { side: 'output', port: box.outputs[0]?.name } });
  const across = walk(scene, start, 'left');
  expect(across).toMatchObject({ end: { side: 'input', port: box.inputs[0]?.name } });
  expect(across && walk(scene, across, 'down')).toMatchObject({
    end: { port: box.inputs[1]?.name }
  });
  expect(walk(scene, start, 'right')).toBeNull();
});

test('Tab goes through nodes, then frames and comments, and leaves at both ends', () => {
  const order = stepOrder(scene, areas);
  expect(order).toHaveLength(scene.boxes.size + 2);
  expect(order.slice(-2)).toEqual([
    { kind: 'area', id: 'frame' },
    { kind: 'area', id: 'note' }
  ]);
  expect(stepFrom(order, null, 1)).toEqual(order[0]);
  expect(stepFrom(order, null, -1)).toBeUndefined();
  expect(stepFrom(order, order[0] ?? null, -1)).toBeNull();
  expect(stepFrom(order, order.at(-1) ?? null, 1)).toBeUndefined();
});

test('a spot that was deleted is not there', () => {
  expect(isThere(scene, areas, { kind: 'area', id: 'note' })).toBe(true);
  expect(isThere(scene, areas, { kind: 'node', id: 'gone' })).toBe(false);
  expect(isThere(scene, areas, { kind: 'edge', id: 'a.b->c.d', from: 'source' })).toBe(false);
});

test('an edge is read out with both its ends', () => {
  expect(edge && spokenEdge(scene, edge)).toMatch(/^Connection from .+ of .+ to .+ of .+/);
});

test('a port is told with its node, type, and what it is connected to', () => {
  if (!edge) {
    throw new Error('The example has no edges.');
  }
  const from = { node: edge.sourceNode, port: edge.sourcePort, side: 'output' } as const;
  const to = { node: edge.targetNode, port: edge.targetPort, side: 'input' } as const;
  const [giver, taker] = [edge.sourceNode, edge.targetNode].map(id => scene.boxes.get(id));
  const given = giver?.outputs.find(port => port.name === from.port);
  const taken = taker?.inputs.find(port => port.name === to.port);
  expect(spokenPortOf(scene, to)).toBe(
    `input ${taken?.title ?? ''} of ${taker?.title ?? ''}, ${edge.type}, ` +
      `connected to ${given?.title ?? ''} of ${giver?.title ?? ''}`
  );
  expect(spokenPortOf(scene, from)).toContain(`${taken?.title ?? ''} of ${taker?.title ?? ''}`);
  const bare = { boxes: scene.boxes, edges: new Map() };
  expect(spokenPortOf(bare, from)).not.toContain('connected to');
  expect(spokenSpot(scene, { kind: 'port', end: to })).toBe(spokenPortOf(scene, to));
  expect(spokenSpot(scene, { kind: 'edge', id: edge.id, from: 'source' })).toBe(
    spokenEdge(scene, edge)
  );
  expect(spokenSpot(scene, { kind: 'node', id: from.node })).toBe('');
});
