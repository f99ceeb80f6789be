// @vitest-environment jsdom
import { beforeEach, expect, it } from 'vitest';

import { enteredBy } from '../src/entered';

beforeEach(() => {
  document.body.innerHTML = `
    <div class="jp-StratCraft-search jp-StratCraft-enters-ab12"><input id="search"></div>
    <div class="jp-StratCraft-search"><input id="unmarked"></div>
    <div class="jp-StratCraft-input"><input id="other"></div>
    <div class="jp-StratCraft-Builder">
      <div class="jp-StratCraft-enters-cd34"><input id="path" value="a.json"></div>
      <button class="jp-StratCraft-confirms-cd34"><i id="icon"></i></button>
      <button id="close"></button>
    </div>
    <div class="jp-StratCraft-Builder">
      <button class="jp-StratCraft-confirms-cd34"><i id="elsewhere"></i></button>
    </div>`;
});

function press(id: string, init: KeyboardEventInit): ReturnType<typeof enteredBy> {
  const field = document.getElementById(id) as HTMLInputElement;
  field.value = 'rsi';
  let found: ReturnType<typeof enteredBy> = null;
  document.addEventListener('keydown', event => (found = enteredBy(event)), { once: true });
  field.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }));
  return found;
}

it('knows the text that Enter was pressed on, and whose it is', () => {
  const field = document.getElementById('search');
  expect(press('search', { key: 'Enter' })).toEqual({
    field,
    modelId: 'ab12',
    text: 'rsi',
    by: 'enter',
    beginsAnew: true
  });
  expect(press('path', { key: 'Enter' })).toMatchObject({ by: 'enter', beginsAnew: false });
});

function click(id: string): ReturnType<typeof enteredBy> {
  let found: ReturnType<typeof enteredBy> = null;
  document.addEventListener('click', event => (found = enteredBy(event)), { once: true });
  document.getElementById(id)?.click();
  return found;
}

it('knows what the field of a button holds when that is clicked', () => {
  const field = document.getElementById('path');
  expect(click('icon')).toEqual({
    field,
    modelId: 'cd34',
    text: 'a.json',
    by: 'button',
    beginsAnew: false
  });
  expect(click('close')).toBeNull();
  expect(click('elsewhere')).toBeNull();
});

it.each([
  ['search', { key: 'a' }],
  ['search', { key: 'Enter', isComposing: true }],
  ['search', { key: 'Enter', ctrlKey: true }],
  ['unmarked', { key: 'Enter' }],
  ['other', { key: 'Enter' }]
])('leaves other presses alone: %s %o', (id, init) => {
  expect(press(id, init)).toBeNull();
});

it('is entered once, however many listen', () => {
  const field = document.getElementById('search');
  const found: unknown[] = [];
  const listen = (event: Event): void => {
    const entered = enteredBy(event);
    if (entered) {
      found.push(entered);
      event.preventDefault();
    }
  };
  const other = listen.bind(null);
  document.addEventListener('keydown', listen);
  document.addEventListener('keydown', other);
  field?.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })
  );
  document.removeEventListener('keydown', listen);
  document.removeEventListener('keydown', other);
  expect(found).toHaveLength(1);
});
