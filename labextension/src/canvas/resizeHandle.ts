// The grip at the lower edge that makes the canvas taller or shorter, by mouse or arrow keys.

import { make } from './dom';
import { clamp } from './geometry';

const MIN_HEIGHT = 260;
const MAX_HEIGHT = 1400;
/** As in the style sheet. */
const USUAL_HEIGHT = 440;
const KEY_STEP = 20;

/** The grip for an element's height. */
export function makeResizeHandle(
  height: () => number,
  setHeight: (height: number) => void
): HTMLElement {
  const handle = make('div', 'jp-StratCraft-ResizeHandle', {
    role: 'separator',
    tabindex: '0',
    'aria-orientation': 'horizontal',
    'aria-label': 'Height of the canvas',
    'aria-valuemin': String(MIN_HEIGHT),
    'aria-valuemax': String(MAX_HEIGHT),
    'aria-valuenow': String(height() || USUAL_HEIGHT),
    title: 'Drag to change the height'
  });
  const change = (wanted: number): void => {
    const next = Math.round(clamp(wanted, MIN_HEIGHT, MAX_HEIGHT));
    handle.setAttribute('aria-valuenow', String(next));
    setHeight(next);
  };
  handle.addEventListener('pointerdown', event => {
    if (event.button !== 0) {
      return;
    }
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    const offset = height() - event.clientY;
    const follow = (move: PointerEvent): void => {
      change(move.clientY + offset);
    };
    handle.addEventListener('pointermove', follow);
    handle.addEventListener(
      'lostpointercapture',
      () => {
        handle.removeEventListener('pointermove', follow);
      },
      { once: true }
    );
  });
  handle.addEventListener('keydown', event => {
    const step = event.key === 'ArrowDown' ? KEY_STEP : event.key === 'ArrowUp' ? -KEY_STEP : 0;
    if (step !== 0) {
      event.preventDefault();
      change(height() + step);
    }
  });
  return handle;
}
