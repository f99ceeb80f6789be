import { expect, test } from 'vitest';

import { builderOf, cellsOfBuilder, newCodeCell, placeOf, traceOf } from '../src/cells';

const cells = [
  { id: 'a', metadata: {} },
  { id: 'b', metadata: { stratcraft: { builder_id: 'one' } } },
  { id: 'c', metadata: { stratcraft: { builder_id: 'two' } } },
  { id: 'd', metadata: { stratcraft: { builder_id: 'one' }, tags: ['x'] } }
];

test('a cell is found by its id', () => {
  expect(placeOf(cells, 'c')).toBe(2);
  expect(placeOf(cells, 'gone')).toBe(-1);
});

test('the cells of a builder come in notebook order, and no others', () => {
  expect(cellsOfBuilder(cells, 'one').map(cell => cell.id)).toEqual(['b', 'd']);
  expect(cellsOfBuilder(cells, 'three')).toEqual([]);
});

test.each([null, undefined, 'text', [], { stratcraft: null }, { stratcraft: { builder_id: 5 } }])(
  'metadata %j belongs to no builder',
  metadata => {
    expect(builderOf({ id: 'x', metadata })).toBeNull();
  }
);

test('a new cell is a code cell with a copy of the metadata', () => {
  const metadata = { stratcraft: { builder_id: 'one', usage: null } };
  const cell = newCodeCell('x = 1\n', metadata);
  expect(cell).toEqual({ cell_type: 'code', source: 'x = 1\n', metadata });
  expect(cell.metadata.stratcraft).not.toBe(metadata.stratcraft);
});

test('the trace changes with text, order and number of cells, not with what else they hold', () => {
  const [a, b] = [
    { cell_id: 'a', source: 'x = 1' },
    { cell_id: 'b', source: 'y = 2' }
  ];
  const before = traceOf([a, b]);
  expect(traceOf([{ ...a, metadata: { tags: ['new'] } } as typeof a, b])).toBe(before);
  for (const after of [[b, a], [a], [a, { ...b, source: 'y = 3' }], [{ ...a, cell_id: 'c' }, b]]) {
    expect(traceOf(after)).not.toBe(before);
  }
});
