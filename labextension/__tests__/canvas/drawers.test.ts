// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { BoxLayer } from '../../src/canvas/boxLayer';
import { composeScene } from '../../src/canvas/compose';
import { Drawers } from '../../src/canvas/drawers';
import { fittingEnds } from '../../src/canvas/fit';
import type { IScene } from '../../src/canvas/scene';
import { boxHeight, EMPTY_SCENE } from '../../src/canvas/scene';
import { diffScenes } from '../../src/canvas/sceneDiff';
import { exampleState } from './example';

let layer: BoxLayer;
let drawers: Drawers;
let scene: IScene;

function draw(next: IScene): void {
  const change = diffScenes(scene, next);
  scene = next;
  layer.apply(change);
  drawers.draw(next, change);
}

function element(id: string): HTMLElement {
  const found = layer.node.querySelector<HTMLElement>(`[data-node="${id}"]`);
  if (!found) {
    throw new Error(`no box ${id}`);
  }
  return found;
}

function portsIn(id: string): (string | undefined)[] {
  const ports = element(id).querySelectorAll<HTMLElement>('.jp-StratCraft-Port');
  return [...ports].map(port => port.dataset.port);
}

beforeEach(() => {
  vi.useFakeTimers();
  // jsdom has no CSS.escape
  vi.stubGlobal('CSS', { escape: (text: string) => text });
  layer = new BoxLayer();
  document.body.replaceChildren(layer.node);
  drawers = new Drawers(document.body, layer);
  scene = EMPTY_SCENE;
  draw(composeScene(exampleState()));
});

afterEach(() => {
  drawers.dispose();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('a box opens when it alone is selected, and closes when it is not', () => {
  expect(portsIn('enter')).toEqual(['when', 'order']);
  drawers.select(new Set(['enter']));
  expect(portsIn('enter')).toEqual(['when', 'size', 'order']);
  expect(element('enter').classList).toContain('jp-mod-open');
  drawers.select(new Set(['enter', 'bars']));
  expect(portsIn('enter')).toEqual(['when', 'order']);
  expect(element('enter').classList).not.toContain('jp-mod-open');
});

test('a box opens under a pointer that rests, not under one that passes', () => {
  element('enter').dispatchEvent(new Event('pointerover', { bubbles: true }));
  expect(portsIn('enter')).not.toContain('size');
  document.body.dispatchEvent(new Event('pointerover', { bubbles: true }));
  vi.runAllTimers();
  expect(portsIn('enter')).not.toContain('size');
  element('enter').dispatchEvent(new Event('pointerover', { bubbles: true }));
  vi.runAllTimers();
  expect(portsIn('enter')).toContain('size');
  document.body.dispatchEvent(new Event('pointerover', { bubbles: true }));
  expect(portsIn('enter')).not.toContain('size');
});

test('a box with the keyboard focus is open', () => {
  element('enter').focus();
  expect(portsIn('enter')).toContain('size');
  element('enter').blur();
  expect(portsIn('enter')).not.toContain('size');
});

test('while an edge is drawn, the folded ports that fit come into sight', () => {
  const from = { node: 'shares', port: 'size', side: 'output' } as const;
  drawers.offer(from, fittingEnds(scene, from));
  expect(portsIn('enter')).toContain('size');
  expect(portsIn('cross')).not.toContain('right');
  expect(drawers.shown(scene).boxes.get('enter')?.height).toBe(boxHeight(2));
  drawers.offer(null, []);
  expect(portsIn('enter')).not.toContain('size');
  expect(drawers.shown(scene).boxes.get('enter')?.height).toBe(boxHeight(1));
});

test('an open box stays open when the document changes', () => {
  drawers.select(new Set(['enter']));
  const captions = { enter: { title: 'Buy', detail: '' } };
  draw(composeScene(exampleState({ captions })));
  expect(element('enter').textContent).toContain('Buy');
  expect(portsIn('enter')).toContain('size');
});
