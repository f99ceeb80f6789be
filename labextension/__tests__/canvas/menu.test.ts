// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';

import type { KeyCommand } from '../../src/canvas/keys';
import { Menu } from '../../src/canvas/menu';
import type { IMenuState } from '../../src/canvas/menuItems';
import { menuFor } from '../../src/canvas/menuItems';

const STATE: IMenuState = {
  ...{ nodes: 3, edges: 0, frames: 0, comments: 0 },
  ...{ port: null, isAnyEnabled: true, isReadOnly: false, isDark: false }
};
const end = { node: 'fast', port: 'value', side: 'output' } as const;
const run = vi.fn<(command: KeyCommand) => void>();

function open(state: Partial<IMenuState> = {}): void {
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  new Menu(root, { x: 0, y: 0 }, menuFor({ ...STATE, ...state }, 'Ctrl'), run, () => undefined);
}

function focused(): string {
  return document.activeElement?.firstChild?.textContent ?? '';
}

function press(...keys: string[]): void {
  for (const key of keys) {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  }
}

function row(label: string): HTMLElement {
  const rows = [...document.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const found = rows.find(item => item.firstChild?.textContent === label);
  if (!found) {
    throw new Error(`no ${label}`);
  }
  return found;
}

function flyout(label: string): Element | null {
  return document.querySelector(`[role=menu][aria-label="${label}"]:not([hidden])`);
}

function point(target: HTMLElement): void {
  const event = new MouseEvent('pointermove', { bubbles: true });
  Object.defineProperty(event, 'movementX', { value: 3 });
  target.dispatchEvent(event);
}

beforeEach(() => {
  Element.prototype.scrollIntoView = vi.fn();
  run.mockReset();
});

test('the right arrow opens what a row holds, the left one closes it', () => {
  open();
  row('Align').focus();
  press('ArrowRight');
  expect(flyout('Align')).not.toBeNull();
  expect(focused()).toBe('Left edges');
  press('ArrowDown');
  expect(focused()).toBe('Centres, in a column');
  press('ArrowLeft');
  expect(flyout('Align')).toBeNull();
  expect(focused()).toBe('Align');
  press('ArrowRight', 'ArrowUp');
  expect(focused()).toBe('Bottom edges');
  (document.activeElement as HTMLElement).click();
  expect(run).toHaveBeenCalledWith({ name: 'arrange', how: 'bottom' });
});

test('the pointer opens it by coming there, one at a time, and leaves it some time', () => {
  vi.useFakeTimers();
  open();
  point(row('Align'));
  expect(flyout('Align')).not.toBeNull();
  point(row('Distribute'));
  expect(flyout('Align')).toBeNull();
  expect(flyout('Distribute')).not.toBeNull();
  point(row('Cut'));
  expect(flyout('Distribute')).not.toBeNull();
  vi.advanceTimersByTime(400);
  expect(flyout('Distribute')).toBeNull();
  vi.useRealTimers();
});

test('on a port the menu begins with what a port is for', () => {
  open({ nodes: 1, port: { end, isConnected: true } });
  expect(focused()).toBe('Connect from here…');
  row('Disconnect').click();
  expect(run).toHaveBeenCalledWith({ name: 'disconnect', from: end });
  open({ nodes: 1, port: { end, isConnected: false } });
  expect(() => row('Disconnect')).toThrow();
  row('Connect from here…').click();
  expect(run).toHaveBeenCalledWith({ name: 'connect', from: end });
  open({ nodes: 1, port: null });
  expect(focused()).toBe('Cut');
});
