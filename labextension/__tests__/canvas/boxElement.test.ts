// @vitest-environment jsdom
import { expect, test } from 'vitest';

import { fillBox } from '../../src/canvas/boxElement';
import { composeScene } from '../../src/canvas/compose';
import { unfolded } from '../../src/canvas/folding';
import type { JSONRecord } from '../../src/reading';
import { exampleState } from './example';

function show(id: string, traits: JSONRecord = {}): HTMLElement {
  const box = composeScene(exampleState(traits)).boxes.get(id);
  if (!box) {
    throw new Error(`no box ${id}`);
  }
  const element = document.createElement('div');
  fillBox(element, box);
  return element;
}

test('text from the document stays text', () => {
  const hostile = '<img src=x onerror="alert(1)">';
  const element = show('fast', { captions: { fast: { title: hostile, detail: hostile } } });
  expect(element.querySelector('img')).toBeNull();
  expect(element.querySelector('.jp-StratCraft-Node-title')?.textContent).toBe(hostile);
});

test('every port has a shape to see, a grip to hold and words to hear', () => {
  const element = show('cross');
  for (const port of ['left', 'signal']) {
    expect(element.querySelector(`path[data-port="${port}"]`)).not.toBeNull();
    expect(
      element.querySelector(`div[data-port="${port}"] .jp-StratCraft-Port-grip`)
    ).not.toBeNull();
  }
  const spoken = [...element.querySelectorAll('[role=listitem]')].map(item =>
    item.getAttribute('aria-label')
  );
  expect(spoken).toEqual([
    'input Left, series, connected',
    'output Signal, signal, connected',
    '1 more input: Right'
  ]);
});

test('folded ports are counted, and drawn once the box is unfolded', () => {
  const box = composeScene(exampleState()).boxes.get('bars');
  if (!box) {
    throw new Error('no box');
  }
  const element = document.createElement('div');
  fillBox(element, box);
  expect(element.querySelector('[data-fold=output]')?.textContent).toBe('+5');
  expect(element.querySelector('[data-port=open]')).toBeNull();
  fillBox(
    element,
    unfolded(box, () => true)
  );
  expect(element.querySelector('[data-fold]')).toBeNull();
  expect(element.querySelectorAll('path[data-port]')).toHaveLength(6);
});

test('a finding shows as a badge and is read out', () => {
  const problem = {
    severity: 'error',
    message: 'It never trades.',
    node_id: 'fast',
    port: 'source'
  };
  const element = show('fast', { diagnostics: [problem] });
  expect(element.querySelector('.jp-StratCraft-Node-badge')).not.toBeNull();
  expect(element.dataset.spoken).toContain('error: It never trades.');
  expect(element.querySelector('path[data-port=source]')?.classList).toContain('jp-mod-problem');
  expect(show('fast').querySelector('.jp-StratCraft-Node-badge')).toBeNull();
});
