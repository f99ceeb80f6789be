import { describe, expect, test } from 'vitest';

import { composeScene } from '../../src/canvas/compose';
import { foldedPorts, unfolded } from '../../src/canvas/folding';
import type { IBox, IBoxPort } from '../../src/canvas/scene';
import { boxHeight, portOffset } from '../../src/canvas/scene';
import { exampleDocument, exampleState } from './example';

function boxWith(edges: { source: string; target: string }[], id: string): IBox {
  const box = composeScene(exampleState({ document: exampleDocument({ edges }) })).boxes.get(id);
  if (!box) {
    throw new Error(`no box ${id}`);
  }
  return box;
}

const inSight = (ports: IBoxPort[]): string[] =>
  ports.filter(port => port.row !== null).map(port => port.name);

describe('at rest', () => {
  test('required inputs are in sight, optional ones are folded away', () => {
    const box = boxWith([], 'enter');
    expect(inSight(box.inputs)).toEqual(['when']);
    expect(foldedPorts(box.inputs).map(port => port.name)).toEqual(['size']);
    expect(box.height).toBe(boxHeight(1));
  });

  test('what is connected is in sight, in the order of the catalog', () => {
    const box = boxWith([{ source: 'shares.size', target: 'enter.size' }], 'enter');
    expect(inSight(box.inputs)).toEqual(['when', 'size']);
    expect(box.height).toBe(boxHeight(2));
  });

  test('of outputs the connected ones are in sight, else the first', () => {
    expect(inSight(boxWith([], 'bars').outputs)).toEqual(['bars']);
    const edges = [
      { source: 'bars.close', target: 'fast.source' },
      { source: 'bars.high', target: 'spread.source' }
    ];
    const box = boxWith(edges, 'bars');
    expect(inSight(box.outputs)).toEqual(['high', 'close']);
    expect(portOffset(box, 'output', 'close').y).toBeGreaterThan(
      portOffset(box, 'output', 'high').y
    );
  });

  test('a side that fits beside the other one is whole', () => {
    const edges = [{ source: 'bars.close', target: 'cross.right' }];
    const box = boxWith(edges, 'cross');
    expect(foldedPorts([...box.inputs, ...box.outputs])).toEqual([]);
  });

  test('a port with an error is in sight', () => {
    const problem = { severity: 'error', message: 'e', node_id: 'enter', port: 'size' };
    const box = composeScene(exampleState({ diagnostics: [problem] })).boxes.get('enter');
    expect(box && inSight(box.inputs)).toEqual(['when', 'size']);
  });
});

describe('unfolded', () => {
  const box = boxWith([{ source: 'bars.close', target: 'fast.source' }], 'bars');

  test('all ports have rows, and those in sight before stay where they are', () => {
    const open = unfolded(box, () => true);
    expect(open.outputs.map(port => port.row).sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(portOffset(open, 'output', 'close')).toEqual(portOffset(box, 'output', 'close'));
    expect(open.height).toBe(boxHeight(6));
  });

  test('only the ports that are wanted come into sight, close together', () => {
    const open = unfolded(box, port => port.name === 'low' || port.name === 'volume');
    expect(inSight(open.outputs)).toEqual(['low', 'close', 'volume']);
    expect(open.height).toBe(boxHeight(3));
  });
});
