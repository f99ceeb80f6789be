// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from 'vitest';

import { PaletteDrag } from '../../src/canvas/paletteDrag';

let added: unknown[];
let hovered: unknown[];
let isReadOnly: boolean;
let drag: PaletteDrag;

function point(type: string, selector: string, x: number, y: number): void {
  const init = { bubbles: true, button: 0, clientX: x, clientY: y };
  // jsdom knows no pointer events
  document.querySelector(selector)?.dispatchEvent(new MouseEvent(type, init));
}

/** Presses on one element, moves over another, lets go there. */
function pull(from: string, to: string): void {
  point('pointerdown', from, 10, 10);
  point('pointermove', to, 200, 100);
  point('pointerup', to, 200, 100);
}

function builder(id: string): string {
  return (
    `<div id="${id}" class="jp-StratCraft-Builder"><div class="jp-StratCraft-palette">` +
    `<div class="jp-StratCraft-choices"><button>MACD<i></i></button></div></div>` +
    `<div class="surface"><b></b></div><p></p></div>`
  );
}

beforeEach(() => {
  document.body.innerHTML = builder('one') + builder('two');
  [added, hovered, isReadOnly] = [[], [], false];
  const surface = document.querySelector<HTMLElement>('#one .surface');
  if (!surface) {
    throw new Error('no surface');
  }
  drag = new PaletteDrag({
    surface,
    get isReadOnly() {
      return isReadOnly;
    },
    kindOf: title => (title === 'MACD' ? 'indicator.macd' : null),
    hover: (kind, at) => hovered.push([kind, at]),
    add: (kind, at) => added.push([kind, at])
  });
});

afterEach(() => {
  drag.dispose();
});

test('a kind dropped on the canvas is added there', () => {
  pull('#one button', '#one .surface b');
  expect(added).toEqual([['indicator.macd', { x: 200, y: 100 }]]);
  expect(document.querySelector('.jp-StratCraft-Ghost')).toBeNull();
});

test('while it is dragged, its name follows the pointer', () => {
  point('pointerdown', '#one button', 10, 10);
  point('pointermove', '#one p', 12, 11);
  expect(document.querySelector('.jp-StratCraft-Ghost')).toBeNull();
  point('pointermove', '#one .surface', 90, 80);
  const ghost = document.querySelector<HTMLElement>('.jp-StratCraft-Ghost');
  expect(ghost?.textContent).toBe('MACD');
  expect(ghost?.style.left).toBe('90px');
});

test('what a drop would do is shown over the canvas alone, and no longer than the drag', () => {
  point('pointerdown', '#one button', 10, 10);
  point('pointermove', '#one p', 90, 80);
  point('pointermove', '#one .surface b', 200, 100);
  point('pointerup', '#one .surface b', 200, 100);
  expect(hovered).toEqual([
    ['indicator.macd', null],
    ['indicator.macd', { x: 200, y: 100 }],
    ['indicator.macd', null]
  ]);
});

test.each([
  ['elsewhere', '#one button', '#one p'],
  ['on the canvas of another builder', '#one button', '#two .surface'],
  ['from the palette of another builder', '#two button', '#one .surface']
])('a kind dropped %s is not added', (_where, from, to) => {
  pull(from, to);
  expect(added).toEqual([]);
});

test('a press without a drag is left to the button', () => {
  point('pointerdown', '#one button', 10, 10);
  point('pointerup', '#one button', 11, 10);
  expect(added).toEqual([]);
});

test('Escape gives up', () => {
  point('pointerdown', '#one button', 10, 10);
  point('pointermove', '#one .surface', 200, 100);
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
  point('pointerup', '#one .surface', 200, 100);
  expect(added).toEqual([]);
});

test('nothing can be dropped on a canvas that is only to be looked at', () => {
  isReadOnly = true;
  pull('#one button', '#one .surface');
  expect(added).toEqual([]);
});
