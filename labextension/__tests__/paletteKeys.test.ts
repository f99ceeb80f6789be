// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { guidePaletteKeys } from '../src/paletteKeys';

let end: () => void;

function focused(): string {
  return document.activeElement?.id ?? '';
}

function press(key: string): boolean {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  document.activeElement?.dispatchEvent(event);
  return event.defaultPrevented;
}

function put(id: string): void {
  document.getElementById(id)?.focus();
}

beforeEach(() => {
  Element.prototype.scrollIntoView = vi.fn();
  document.body.innerHTML = `<div class="jp-StratCraft-Builder">
    <div class="jp-StratCraft-palette">
      <input id="search">
      <div id="results" class="jp-StratCraft-results jp-StratCraft-hidden">
        <button id="found-1"></button><button id="found-2" title="Two"></button>
      </div>
      <div class="jp-StratCraft-hidden"><button id="unseen"></button></div>
      <div class="jp-StratCraft-shelf">
        <button id="shelf" class="jp-StratCraft-shelf-heading mod-active"></button>
        <button id="rsi" title="Relative strength"></button>
        <button id="sma"></button>
      </div>
    </div>
    <div class="jp-StratCraft-Surface" id="surface" tabindex="0"></div>
    <input id="elsewhere">
  </div>`;
  end = guidePaletteKeys(document);
});

afterEach(() => {
  end();
});

it('moves with the arrows over what is in sight', () => {
  put('search');
  expect(press('ArrowDown')).toBe(true);
  expect(focused()).toBe('shelf');
  press('ArrowDown');
  press('ArrowDown');
  expect(focused()).toBe('sma');
  press('ArrowDown');
  expect(focused()).toBe('sma');
  press('ArrowUp');
  expect(focused()).toBe('rsi');
  press('Home');
  expect(focused()).toBe('search');
});

it('opens and closes a shelf, and goes from an entry to its shelf', () => {
  const clicked = vi.fn();
  document.getElementById('shelf')?.addEventListener('click', clicked);
  put('sma');
  press('ArrowLeft');
  expect(focused()).toBe('shelf');
  expect(clicked).not.toHaveBeenCalled();
  expect(press('ArrowRight')).toBe(false);
  press('ArrowLeft');
  expect(clicked).toHaveBeenCalledOnce();
});

it('leaves step by step with Escape', () => {
  const search = document.getElementById('search') as HTMLInputElement;
  search.value = 'rsi';
  put('rsi');
  press('Escape');
  expect(focused()).toBe('search');
  press('Escape');
  expect(search.value).toBe('');
  press('Escape');
  expect(focused()).toBe('surface');
});

it('leaves other keys and other places alone', () => {
  put('search');
  expect(press('ArrowLeft')).toBe(false);
  expect(press('x')).toBe(false);
  put('elsewhere');
  expect(press('ArrowDown')).toBe(false);
});

it('marks what Enter adds, and the arrows move the mark while the search has the focus', async () => {
  const search = document.getElementById('search') as HTMLInputElement;
  const marked = (): string => document.querySelector('.jp-StratCraft-marked')?.id ?? '';
  const clicked = vi.fn();
  put('search');
  search.value = 'aver';
  search.dispatchEvent(new Event('input', { bubbles: true }));
  expect(marked()).toBe('');
  document.getElementById('results')?.classList.remove('jp-StratCraft-hidden');
  await vi.waitFor(() => {
    expect(marked()).toBe('found-1');
  });
  expect(press('Enter')).toBe(false); // the kernel knows what was typed last
  press('ArrowUp');
  expect(marked()).toBe('found-1');
  press('ArrowDown');
  press('ArrowDown');
  expect(marked()).toBe('found-2');
  expect(focused()).toBe('search');
  expect(search.getAttribute('aria-activedescendant')).toBe('found-2');
  expect(document.querySelector('.jp-StratCraft-Tip')?.textContent).toBe('Two');
  document.getElementById('found-2')?.addEventListener('click', clicked);
  expect(press('Enter')).toBe(true);
  expect(clicked).toHaveBeenCalledOnce();
  expect(search.value).toBe('');
  put('rsi');
  expect(marked()).toBe('');
});
