// @vitest-environment jsdom
import { beforeEach, expect, it } from 'vitest';

import { pressedBy } from '../src/pressed';

beforeEach(() => {
  document.body.innerHTML = `
    <div class="jp-StratCraft-choices jp-StratCraft-chooses-ab12 jp-StratCraft-fill-7">
      <button>SMA</button><button><i id="icon"></i>EMA</button>
    </div>
    <div class="jp-StratCraft-chooses-cd34"><button id="unnumbered"></button></div>
    <button id="other"></button>`;
});

function click(id: string): ReturnType<typeof pressedBy> {
  let found: ReturnType<typeof pressedBy> = null;
  document.addEventListener('click', event => (found = pressedBy(event)), { once: true });
  document
    .getElementById(id)
    ?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 2 }));
  return found;
}

it('knows which entry of which list was pressed, as it was shown', () => {
  expect(click('icon')).toEqual({ modelId: 'ab12', fill: 7, index: 1, clicks: 2 });
});

it('leaves other buttons alone', () => {
  expect(click('other')).toBeNull();
  expect(click('unnumbered')).toBeNull();
});

it('is told by one bridge alone', () => {
  document.addEventListener(
    'click',
    event => {
      event.preventDefault();
    },
    { once: true, capture: true }
  );
  expect(click('icon')).toBeNull();
});
