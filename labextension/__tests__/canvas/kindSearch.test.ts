import { expect, test } from 'vitest';

import { findKinds, shelvesOf } from '../../src/canvas/kindSearch';
import { readKinds } from '../../src/canvas/state';

const series = { name: 'source', type: 'series' };
const KINDS = readKinds({
  'indicator.wilder': {
    title: 'Wilder average',
    shelf: 'Indicators',
    aliases: [],
    inputs: [series],
    outputs: [series]
  },
  'indicator.rsi': {
    title: 'Relative strength index',
    shelf: 'Indicators',
    aliases: ['RSI'],
    help: 'strength of rises, overbought above 70',
    inputs: [series],
    outputs: [series]
  },
  'math.constant': { title: 'Constant', shelf: 'Math', help: 'one number', outputs: [series] },
  'logic.not': {
    title: 'Not',
    shelf: 'Logic',
    inputs: [{ name: 'signal', type: 'signal' }],
    outputs: []
  }
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

test('one wrong letter still finds, where nothing else does', () => {
  for (const typed of ['wildr', 'wilber', 'wiilder', 'widler', 'avrage']) {
    expect(names(typed, { what: 'any' })).toEqual(['indicator.wilder']);
  }
  expect(names('rsj', { what: 'any' })).toEqual([]);
  expect(names('wldre', { what: 'any' })).toEqual([]);
  expect(names('strength', { what: 'any' })).toEqual(['indicator.rsi']);
});

test('without words favourites and recent kinds that fit come first, then the families', () => {
  const choice = {
    kinds: KINDS,
    favourites: ['logic.not', 'logic.gone'],
    recent: ['math.constant', 'logic.not', 'indicator.rsi'],
    wanted: { what: 'any' }
  } as const;
  const shelves = (words: string, wanted: Parameters<typeof findKinds>[2]): string[][] =>
    shelvesOf({ ...choice, wanted }, words).map(({ title, found }) => [
      title,
      ...found.map(({ name }) => name)
    ]);
  expect(shelves('', choice.wanted)).toEqual([
    ['Favourites', 'logic.not'],
    ['Recent', 'math.constant', 'indicator.rsi'],
    ['Indicators', 'indicator.wilder', 'indicator.rsi'],
    ['Math', 'math.constant'],
    ['Logic', 'logic.not']
  ]);
  expect(shelves('', { what: 'port', type: 'series', side: 'input' })).toEqual([
    ['Recent', 'indicator.rsi'],
    ['Indicators', 'indicator.wilder', 'indicator.rsi']
  ]);
  expect(shelves('not', choice.wanted)).toEqual([['', 'logic.not']]);
});
