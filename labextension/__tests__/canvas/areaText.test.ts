// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';

import { AreaLayer } from '../../src/canvas/areaLayer';

const place = { x: 10, y: 20, width: 220, height: 84 };
let layer: AreaLayer;
let told: unknown[];

function field(): HTMLTextAreaElement {
  const found = layer.node.querySelector('textarea');
  if (!found) {
    throw new Error('nothing is being written');
  }
  return found;
}

function write(text: string, key: string): void {
  field().value = text;
  field().dispatchEvent(new KeyboardEvent('keydown', { key }));
}

beforeEach(() => {
  layer = new AreaLayer();
  document.body.replaceChildren(layer.node);
  told = [];
});

function begin(): void {
  layer.writeNew(place, (text, isByKeys) => told.push([text, isByKeys]));
}

test('Escape keeps what was typed into a new comment, until the document has it', () => {
  begin();
  write('Why these? ', 'Escape');
  expect(told).toEqual([['Why these?', true]]);
  expect(layer.node.textContent).toBe('Why these?');
  layer.settle();
  expect(layer.node.childElementCount).toBe(0);
});

test('a new comment left empty is gone', () => {
  begin();
  write('  ', 'Escape');
  expect(told).toEqual([[null, true]]);
  expect(layer.node.childElementCount).toBe(0);
});

test('an answer to another edit does not take the field away', () => {
  begin();
  layer.settle();
  expect(field().isConnected).toBe(true);
});

test('Escape keeps the new text of a comment that is there, and a click elsewhere too', () => {
  const area = { ...place, id: 'c', kind: 'comment', text: 'Old', nodes: [] } as const;
  layer.draw(new Map([['c', area]]));
  const done = (text: string | null, isByKeys: boolean): void => {
    told.push([text, isByKeys]);
  };
  layer.write('c', done);
  write('New', 'Escape');
  layer.write('c', done);
  field().value = 'Newer';
  field().dispatchEvent(new FocusEvent('blur'));
  layer.write('c', done);
  write('Old', 'Escape');
  expect(told).toEqual([
    ['New', true],
    ['Newer', false],
    [null, true]
  ]);
});
