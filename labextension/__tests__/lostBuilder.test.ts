// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';

import { markLost } from '../src/lostBuilder';

let builder: HTMLElement;
let runs: number;
let strategy: unknown;

function lose(reason = 'The kernel was restarted.'): void {
  markLost(builder, reason, { run: () => (runs += 1), document: () => strategy });
}

function press(text: string): void {
  [...builder.querySelectorAll('button')].find(item => item.textContent === text)?.click();
}

function copying(writeText: (text: string) => Promise<void>): void {
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
}

beforeEach(() => {
  document.body.innerHTML = '<div id="builder"><button>Run</button><div>graph</div></div>';
  const found = document.querySelector<HTMLElement>('#builder');
  if (!found) {
    throw new Error('no builder');
  }
  [builder, runs, strategy] = [found, 0, { name: 'SMA cross' }];
});

test('the panel says why and what to do, and its button does it', () => {
  lose();
  expect(builder.querySelector('[role=alert]')?.textContent).toContain(
    'The kernel was restarted. Run this cell again to go on.'
  );
  press('Run this cell');
  expect(runs).toBe(1);
});

test('nothing but the panel can be used', () => {
  lose();
  const [panel, ...rest] = builder.children;
  expect(panel?.hasAttribute('inert')).toBe(false);
  expect(rest.map(part => part.hasAttribute('inert'))).toEqual([true, true]);
});

test('the first reason stays', () => {
  lose();
  lose('The kernel was shut down.');
  expect(builder.querySelectorAll('[role=alert]')).toHaveLength(1);
  expect(builder.textContent).not.toContain('shut down');
});

test('the strategy goes to the clipboard', async () => {
  const copied: string[] = [];
  copying(text => {
    copied.push(text);
    return Promise.resolve();
  });
  lose();
  press('Copy strategy as JSON');
  await vi.waitFor(() => {
    expect(builder.textContent).toContain('Copied.');
  });
  expect(JSON.parse(copied[0] ?? '')).toEqual(strategy);
});

test('where copying is not allowed, the strategy is shown', async () => {
  copying(() => Promise.reject(new Error('not allowed')));
  lose();
  press('Copy strategy as JSON');
  await vi.waitFor(() => {
    expect(builder.querySelector('textarea')?.value).toContain('SMA cross');
  });
});

test('without a strategy at hand there is nothing to copy', () => {
  strategy = null;
  lose();
  expect(builder.textContent).not.toContain('Copy');
});
