import { describe, expect, test } from 'vitest';

import { composeScene } from '../../src/canvas/compose';
import type { IEnd } from '../../src/canvas/fit';
import {
  edgeReplaced,
  endpointOf,
  fittingEnds,
  whyNotConnect,
  whyNotJoin
} from '../../src/canvas/fit';
import { cases, exampleState } from './example';

const scene = composeScene(exampleState());

describe('the fit rule', () => {
  test.each(cases)('says what Python says: $source to $target', ({ source, target, reason }) => {
    expect(whyNotConnect(scene, source, target)).toBe(reason);
  });

  test('a node that went meanwhile takes nothing', () => {
    expect(whyNotConnect(scene, 'gone.value', 'cross.right')).toBe('That node is gone.');
  });

  test('it does not matter at which end the edge is begun', () => {
    const output: IEnd = { node: 'cross', port: 'signal', side: 'output' };
    const input: IEnd = { node: 'fast', port: 'source', side: 'input' };
    expect(whyNotJoin(scene, input, output)).toBe(whyNotJoin(scene, output, input));
    expect(whyNotJoin(scene, input, output)).toContain('does not fit here');
  });

  test('two ports of one side say which end is wrong', () => {
    const one: IEnd = { node: 'fast', port: 'source', side: 'input' };
    const other: IEnd = { node: 'cross', port: 'right', side: 'input' };
    expect(whyNotJoin(scene, one, other)).toBe('Edges begin at an output; this is an input.');
  });
});

describe('what lights up', () => {
  test.each([
    { node: 'fast', port: 'value', side: 'output' },
    { node: 'bars', port: 'bars', side: 'output' },
    { node: 'cross', port: 'signal', side: 'output' },
    { node: 'fast', port: 'source', side: 'input' },
    { node: 'enter', port: 'size', side: 'input' }
  ] satisfies IEnd[])('is exactly what may be connected: $node.$port', from => {
    const side = from.side === 'output' ? 'input' : 'output';
    const wanted = [...scene.boxes.values()]
      .flatMap(box => (side === 'input' ? box.inputs : box.outputs).map(port => ({ box, port })))
      .map(({ box, port }): IEnd => ({ node: box.id, port: port.name, side }))
      .filter(end => whyNotJoin(scene, from, end) === null);
    expect(wanted).not.toHaveLength(0);
    expect(fittingEnds(scene, from).map(endpointOf)).toEqual(wanted.map(endpointOf));
  });
});

test('an edge to an input that has one takes its place, and that is said by name', () => {
  const [edge] = [...scene.edges.values()].filter(({ target }) => target === 'fast.source');
  expect(edge).toBeDefined();
  const input: IEnd = { node: 'fast', port: 'source', side: 'input' };
  expect(edgeReplaced(scene, input)).toBe(`Close → ${scene.boxes.get('fast')?.title ?? ''}`);
  const without = { ...scene, edges: new Map([...scene.edges].filter(([id]) => id !== edge?.id)) };
  expect(edgeReplaced(without, input)).toBeNull();
});
