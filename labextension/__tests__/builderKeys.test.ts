// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { keepBuilderKeys } from '../src/builderKeys';

let suppressed: boolean | undefined;
let end: () => void;
const save = vi.fn();

/** Looks where JupyterLab looks first: at the target, in the capture phase of the document. */
function lookForMark(event: Event): void {
  suppressed = (event.target as Element).hasAttribute('data-lm-suppress-shortcuts');
}

function press(selector: string, init: KeyboardEventInit): boolean | undefined {
  suppressed = undefined;
  const event = new KeyboardEvent('keydown', { bubbles: true, ...init });
  document.querySelector(selector)?.dispatchEvent(event);
  return suppressed;
}

beforeEach(() => {
  document.body.innerHTML =
    '<button id="outside"></button>' +
    '<div class="jp-StratCraft-Builder"><button id="inside"></button><input id="field">' +
    '<div class="jp-StratCraft-adder"><input id="search">' +
    '<button class="jp-StratCraft-closes"></button></div>' +
    '<div class="jp-StratCraft-Canvas"><button id="canvas"></button></div></div>';
  document.addEventListener('keydown', lookForMark, true);
  end = keepBuilderKeys(window, save);
});

afterEach(() => {
  save.mockClear();
  document.removeEventListener('keydown', lookForMark, true);
  end();
});

it('keeps plain keys from the notebook', () => {
  expect(press('#inside', { key: 'x' })).toBe(true);
  expect(press('#inside', { key: 'Enter', shiftKey: true })).toBe(true);
});

it.each(['ctrlKey', 'metaKey', 'altKey'] as const)('lets shortcuts with %s through', modifier => {
  press('#inside', { key: 'x' });
  expect(press('#inside', { key: 'b', [modifier]: true })).toBe(false);
});

it('leaves every key on the canvas to the canvas', () => {
  expect(press('#canvas', { key: 's', ctrlKey: true })).toBe(true);
  expect(save).not.toHaveBeenCalled();
});

it.each(['ctrlKey', 'metaKey'] as const)('saves from a field, after what was typed', modifier => {
  const told: string[] = [];
  save.mockImplementationOnce(() => told.push('saved'));
  document.querySelector('#field')?.addEventListener('change', () => told.push('typed'));
  press('#field', { key: 's', [modifier]: true });
  expect(told).toEqual(['typed', 'saved']);
  press('#field', { key: 's' });
  press('#field', { key: 'S', [modifier]: true, shiftKey: true });
  press('#outside', { key: 's', [modifier]: true });
  expect(save).toHaveBeenCalledOnce();
});

it('closes a list with Escape', () => {
  const closed = vi.fn();
  document.querySelector('.jp-StratCraft-closes')?.addEventListener('click', closed);
  press('#search', { key: 'Enter' });
  press('#field', { key: 'Escape' });
  expect(closed).not.toHaveBeenCalled();
  press('#search', { key: 'Escape' });
  expect(closed).toHaveBeenCalledOnce();
});

it('leaves the rest of the page alone', () => {
  expect(press('#outside', { key: 'x' })).toBe(false);
});

it('can be ended', () => {
  end();
  expect(press('#inside', { key: 'x' })).toBe(false);
});
