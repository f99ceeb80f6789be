import { expect, test } from 'vitest';

import { findKinds } from '../../src/canvas/kindSearch';
import { readKinds } from '../../src/canvas/state';

const series = { name: 'source', type: 'series' };
const KINDS = readKinds({
  'indicator.wilder': { title: 'Wilder average', aliases: [], inputs: [series], outputs: [series] },
  'indicator.rsi': {
    title: 'Relative strength index',
    aliases: ['RSI'],
    help: 'strength of rises, overbought above 70',
    inputs: [series],
    outputs: [series]
  },
  'math.constant': { title: 'Constant', help: 'one number', outputs: [series] },
  'logic.not': { title: 'Not', inputs: [{ name: 'signal', type: 'signal' }], outputs: [] }
});
const names = (words: string, wanted: Parameters<typeof findKinds>[2]): string[] =>
  findKinds(KINDS, words, wanted).map(found => found.name);

test('words find names, other names and what is said', () => {
  expect(names('rsi', { what: 'any' })).toEqual(['indicator.rsi']);
  expect(names('Relative STRENGTH', { what: 'any' })).toEqual(['indicator.rsi']);
  expect(names('overbought rises', { what: 'any' })).toEqual(['indicator.rsi']);
  expect(names('nothing like it', { what: 'any' })).toEqual([]);
});

test('a name comes before a part of one, and that before what is said', () => {
  expect(names('not', { what: 'any' })).toEqual(['logic.not']);
  expect(names('n', { what: 'any' })[0]).toBe('logic.not');
});

test('without words all that fits is there, in the order of the catalog', () => {
  expect(names('', { what: 'any' })).toEqual([...KINDS.keys()]);
  expect(names('', { what: 'port', type: 'series', side: 'input' })).toEqual([
    'indicator.wilder',
    'indicator.rsi'
  ]);
  expect(names('', { what: 'port', type: 'series', side: 'output' })).toContain('math.constant');
  expect(names('', { what: 'both', type: 'series' })).not.toContain('math.constant');
  expect(names('', { what: 'both', type: 'signal' })).toEqual([]);
});
