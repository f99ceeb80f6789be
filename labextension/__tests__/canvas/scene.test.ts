import { describe, expect, test } from 'vitest';

import { composeScene } from '../../src/canvas/compose';
import {
  anchorOf,
  boxHeight,
  cornerAt,
  edgeCurve,
  EMPTY_SCENE,
  HEADER_HEIGHT,
  portPlace,
  ROW_HEIGHT
} from '../../src/canvas/scene';
import { unfolded } from '../../src/canvas/folding';
import { diffScenes, isNoChange } from '../../src/canvas/sceneDiff';
import { exampleDocument, exampleState } from './example';

const scene = composeScene(exampleState());

function boxOf(id: string) {
  const box = scene.boxes.get(id);
  if (!box) {
    throw new Error(`no box ${id}`);
  }
  return box;
}

describe('composing', () => {
  test('a box has the caption, else the label, else the title of its kind', () => {
    const state = exampleState({ captions: { enter: { title: 'Buy', detail: 'at the open' } } });
    const { boxes } = composeScene(state);
    expect(boxes.get('enter')).toMatchObject({ title: 'Buy', detail: 'at the open' });
    expect(boxes.get('fast')).toMatchObject({ title: 'Fast SMA', detail: '' });
    expect(boxes.get('spread')).toMatchObject({ title: 'Exponential moving average' });
  });

  test('a port knows whether it is connected, per side', () => {
    const { inputs, outputs } = boxOf('cross');
    expect(inputs.map(port => [port.name, port.connected])).toEqual([
      ['left', true],
      ['right', false]
    ]);
    expect(outputs.map(port => port.connected)).toEqual([true]);
  });

  test('an edge has the type of its source', () => {
    expect(scene.edges.get('enter.order->stop.entry')?.type).toBe('order');
  });

  test('a finding goes to its edge, or else to its node and port', () => {
    const edge = 'fast.value->cross.left';
    const state = exampleState({
      diagnostics: [
        { severity: 'warning', message: 'w', node_id: 'enter' },
        { severity: 'error', message: 'e', node_id: 'cross', port: 'right' },
        { severity: 'warning', message: 'on the edge', node_id: 'cross', edge }
      ]
    });
    const { boxes, edges } = composeScene(state);
    expect(boxes.get('enter')?.severity).toBe('warning');
    expect(boxes.get('cross')?.problems).toHaveLength(1);
    expect(boxes.get('cross')?.inputs.map(port => port.problem)).toEqual([false, true]);
    expect(edges.get(edge)?.severity).toBe('warning');
  });

  test('a kind that the catalog lacks is shown with the ports its edges name', () => {
    const { boxes } = composeScene(exampleState({ kinds: {} }));
    expect(boxes.get('fast')?.inputs.map(port => port.name)).toEqual(['source']);
    expect(boxes.get('fast')?.outputs.map(port => port.name)).toEqual(['value']);
    expect(boxes.get('fast')?.family).toBe('unknown');
  });

  test('the document places a box by its anchor', () => {
    const { boxes } = composeScene(
      exampleState({ document: exampleDocument({ layout: { fast: { x: 10, y: 20 } } }) })
    );
    const box = boxes.get('fast');
    expect(box && anchorOf(box)).toEqual({ x: 10, y: 20 });
    expect(box && cornerAt({ x: 10, y: 20 })).toEqual({ x: box?.x, y: box?.y });
  });

  test('boxes placed in line have their first ports in line', () => {
    const layout = { bars: { x: 0, y: 50 }, fast: { x: 400, y: 50 }, cross: { x: 800, y: 50 } };
    const { boxes } = composeScene(exampleState({ document: exampleDocument({ layout }) }));
    const rows = Object.keys(layout).map(id => {
      const box = boxes.get(id);
      return box && portPlace(box, 'output', box.outputs[0]?.name ?? '').y;
    });
    expect(new Set(rows).size).toBe(1);
  });

  test('ports sit on the border, one row each', () => {
    const box = unfolded(boxOf('cross'), () => true);
    expect(portPlace(box, 'input', 'right')).toEqual({
      x: box.x,
      y: box.y + HEADER_HEIGHT + 1.5 * ROW_HEIGHT
    });
    expect(portPlace(box, 'output', 'signal').x).toBe(box.x + box.width);
    expect(box.height).toBe(boxHeight(2));
  });

  test('an edge runs from port to port, outside both boxes', () => {
    const edge = scene.edges.get('fast.value->cross.left');
    const [source, target] = [boxOf('fast'), boxOf('cross')];
    const curve = edge && edgeCurve(scene, edge);
    if (!curve) {
      throw new Error('no edge');
    }
    const { start, end } = curve;
    expect(start.x).toBeGreaterThan(source.x + source.width);
    expect(end.x).toBeLessThan(target.x);
  });
});

describe('what changed', () => {
  test('nothing, between equal states', () => {
    expect(isNoChange(diffScenes(scene, composeScene(exampleState())))).toBe(true);
  });

  test('everything is new at first', () => {
    const change = diffScenes(EMPTY_SCENE, scene);
    expect(change.added).toHaveLength(scene.boxes.size);
    expect(change.edgesAdded).toHaveLength(scene.edges.size);
  });

  test('a moved box is moved and nothing else', () => {
    const layout = Object.fromEntries([...scene.boxes].map(([id, box]) => [id, anchorOf(box)]));
    const here = composeScene(exampleState({ document: exampleDocument({ layout }) }));
    layout.fast = { x: 7, y: 8 };
    const there = composeScene(exampleState({ document: exampleDocument({ layout }) }));
    const { moved, ...rest } = diffScenes(here, there);
    expect(moved.map(box => [box.id, anchorOf(box)])).toEqual([['fast', { x: 7, y: 8 }]]);
    expect(Object.values(rest).flat()).toEqual([]);
  });

  test('an edge that goes changes the ports at its ends', () => {
    const all = exampleState().document.edges;
    const edges = all.filter(edge => edge.target !== 'cross.left');
    const layout = Object.fromEntries([...scene.boxes].map(([id, box]) => [id, anchorOf(box)]));
    const change = diffScenes(
      composeScene(exampleState({ document: exampleDocument({ layout }) })),
      composeScene(exampleState({ document: exampleDocument({ edges, layout }) }))
    );
    expect(change.edgesRemoved).toEqual(['fast.value->cross.left']);
    expect(change.changed.map(box => box.id)).toEqual(['cross']);
    expect(change.added).toEqual([]);
  });

  test('a caption that changes fills one box anew', () => {
    const after = composeScene(
      exampleState({ captions: { fast: { title: 'Quick', detail: '' } } })
    );
    expect(diffScenes(scene, after).changed.map(box => box.id)).toEqual(['fast']);
  });
});
