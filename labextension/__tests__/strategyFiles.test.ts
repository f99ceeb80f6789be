import { expect, test } from 'vitest';

import {
  builderSource,
  firstFitting,
  isStrategyPath,
  notebookContent,
  placeOfBuilder,
  pythonKernel,
  splitPath
} from '../src/strategyFiles';

test('strategy files are known by the end of their name', () => {
  expect(isStrategyPath('a/b.strategy.json')).toBe(true);
  expect(isStrategyPath('a/b.json')).toBe(false);
});

test('a path is a folder and a name', () => {
  expect(splitPath('a/b/c.strategy.json')).toEqual({ folder: 'a/b/', name: 'c.strategy.json' });
  expect(splitPath('c.strategy.json')).toEqual({ folder: '', name: 'c.strategy.json' });
});

test.each(['plain', 'with "quotes"', 'with \\ and \n', "it's"])('%j stays one text', name => {
  const source = builderSource(name);
  expect(source.split('\n')).toHaveLength(4);
  expect(source).toContain(`StrategyBuilder(${JSON.stringify(name)})`);
});

test('without a file the builder asks', () => {
  expect(builderSource(null)).toContain('sc.StrategyBuilder()');
});

const spec = (
  name: string,
  language: string
): { name: string; display_name: string; language: string } => ({
  name,
  display_name: name.toUpperCase(),
  language
});

test('the kernel is Python: the default one if it is', () => {
  const kernelspecs = {
    r: spec('r', 'R'),
    old: spec('old', 'python'),
    mine: spec('mine', 'Python')
  };
  expect(pythonKernel({ default: 'mine', kernelspecs }).name).toBe('mine');
  expect(pythonKernel({ default: 'r', kernelspecs }).name).toBe('old');
  expect(pythonKernel({ default: 'r', kernelspecs: {} }).name).toBe('python3');
  expect(pythonKernel(null).name).toBe('python3');
});

test('a builder is found on its file alone', () => {
  const kernel = { name: 'python3', display_name: 'Python 3' };
  const { cells } = notebookContent(builderSource('a.strategy.json'), kernel, 'id') as {
    cells: unknown[];
  };
  expect(placeOfBuilder(cells, 'a.strategy.json')).toBe(0);
  expect(placeOfBuilder(cells, 'b.strategy.json')).toBe(-1);
  const split = [{ cell_type: 'code', source: ['x\n', 'sc.StrategyBuilder("a.strategy.json")'] }];
  expect(placeOfBuilder(split, 'a.strategy.json')).toBe(0);
  const text = [{ cell_type: 'markdown', source: 'StrategyBuilder("a.strategy.json")' }];
  expect(placeOfBuilder(text, 'a.strategy.json')).toBe(-1);
});

test('names are counted on until one fits', async () => {
  const tried: string[] = [];
  const name = await firstFitting('mine', name => {
    tried.push(name);
    return Promise.resolve(tried.length === 3);
  });
  expect(tried).toEqual(['mine.ipynb', 'mine-1.ipynb', 'mine-2.ipynb']);
  expect(name).toBe('mine-2.ipynb');
});
