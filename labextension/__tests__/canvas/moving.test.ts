import { expect, test } from 'vitest';

import { readAreas } from '../../src/canvas/areas';
import { composeScene } from '../../src/canvas/compose';
import { fitsInto } from '../../src/canvas/insertion';
import { menuFor } from '../../src/canvas/menuItems';
import { movedWith, shifted } from '../../src/canvas/moving';
import { exampleState } from './example';

const scene = composeScene(exampleState());
const ids = [...scene.boxes.keys()];
const AREAS = readAreas({
  frames: [{ id: 'f', x: 0, y: 0, width: 900, height: 900, title: 'F', nodes: ids.slice(0, 2) }],
  comments: [
    { id: 'in', x: 10, y: 10, width: 50, height: 50, text: 'x' },
    { id: 'out', x: 2000, y: 10, width: 50, height: 50, text: 'y' },
    { id: 'bad', x: 'left' }
  ]
});

test('a frame takes its nodes along, and the comments in it', () => {
  const selection = { nodes: new Set<string>(), edges: new Set<string>(), areas: new Set(['f']) };
  const moved = movedWith(scene, AREAS, selection);
  expect([...moved.boxes.keys()]).toEqual(ids.slice(0, 2));
  expect([...moved.areas.keys()]).toEqual(['f', 'in']);
  expect(shifted(moved, 1.4, 2).areas.get('in')).toEqual({ x: 11, y: 12 });
});

test('an area that cannot be read is left out', () => {
  expect([...AREAS.keys()]).toEqual(['f', 'in', 'out']);
});

test('no box fits into an edge of its own', () => {
  for (const edge of scene.edges.values()) {
    const source = scene.boxes.get(edge.sourceNode);
    expect(source && fitsInto(scene, source, edge)).toBe(false);
  }
});

test('the menu offers what can be done with what is selected', () => {
  const none = {
    nodes: 0,
    edges: 0,
    port: null,
    frames: 0,
    comments: 0,
    isAnyEnabled: false,
    isReadOnly: false,
    isDark: false
  };
  const labels = (state: typeof none): string[] =>
    menuFor(state, 'Ctrl').flatMap(part =>
      Array.isArray(part) ? part.filter(item => !item.isOff).map(item => item.label) : [part.label]
    );
  expect(labels(none)).toEqual([
    ...['Add node…', 'Paste', 'Select all', 'Add comment'],
    ...['Arrange all', 'Show everything', 'Save picture', 'Keys…']
  ]);
  expect(labels({ ...none, edges: 1 })).toEqual(
    expect.arrayContaining(['Insert node…', 'Move its end…', 'Move its start…'])
  );
  expect(labels({ ...none, comments: 1 })).toContain('Edit comment');
  const two = labels({ ...none, nodes: 2, isAnyEnabled: true });
  expect(two).toEqual(expect.arrayContaining(['Disable', 'Align', 'Delete and reconnect']));
  expect(labels({ ...none, nodes: 1 })).toContain('Enable');
  expect(labels({ ...none, nodes: 1, isReadOnly: true })).toEqual([
    'Copy',
    'Select all',
    'Show selection',
    'Save picture',
    'Keys…'
  ]);
});
