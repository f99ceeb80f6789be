// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Bubble } from '../../src/canvas/bubble';
import { composeScene } from '../../src/canvas/compose';
import type { Picture } from '../../src/canvas/picture';
import { Tips } from '../../src/canvas/tips';
import { exampleState } from './example';

const scene = composeScene(exampleState());
const [box] = scene.boxes.values();
let surface: HTMLElement;
let bubble: Bubble;
let tips: Tips;

function point(target: Element, x: number, type = 'pointermove'): void {
  const event = new MouseEvent(type, { clientX: x, clientY: 20, bubbles: true });
  target.dispatchEvent(event);
}

function node(): Element {
  const element = document.createElement('div');
  element.className = 'jp-StratCraft-Node';
  element.dataset.node = box?.id ?? '';
  surface.append(element);
  return element;
}

beforeEach(() => {
  vi.useFakeTimers();
  surface = document.createElement('div');
  surface.hasPointerCapture = () => false;
  document.body.replaceChildren(surface);
  bubble = new Bubble();
  const size = { width: 800, height: 600 };
  tips = new Tips({ surface, scene, bubble, size } as unknown as Picture);
});

afterEach(() => {
  tips.dispose();
  vi.useRealTimers();
});

test('a tip comes once the pointer has moved onto a box and rests', () => {
  const target = node();
  point(target, 10);
  vi.advanceTimersByTime(500);
  point(target, 12);
  vi.advanceTimersByTime(650);
  expect(bubble.node.hidden).toBe(true);
  vi.advanceTimersByTime(100);
  expect(bubble.node.textContent).toContain(box?.title);
  point(target, 14);
  expect(bubble.node.hidden).toBe(false); // still the same box
});

test('a box that came under a resting pointer says nothing until the pointer comes back', () => {
  point(surface, 10);
  const target = node();
  point(target, 10);
  point(target, 12);
  vi.advanceTimersByTime(2000);
  expect(bubble.node.hidden).toBe(true);
  point(surface, 100);
  point(target, 12);
  vi.advanceTimersByTime(750);
  expect(bubble.node.hidden).toBe(false);
});

test('any key or button takes the tip away', () => {
  for (const type of ['keydown', 'pointerdown', 'wheel']) {
    point(surface, 100);
    point(node(), 10);
    vi.advanceTimersByTime(750);
    expect(bubble.node.hidden).toBe(false);
    document.body.dispatchEvent(new Event(type, { bubbles: true }));
    expect(bubble.node.hidden).toBe(true);
  }
});
