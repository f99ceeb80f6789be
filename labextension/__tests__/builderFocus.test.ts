// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it } from 'vitest';

import { keepBuilderFocus } from '../src/builderFocus';

let end: () => void;

function one(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) {
    throw new Error(`There is no ${selector}.`);
  }
  return found;
}

function press(key: string): void {
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
}

/** What watches a page is told after the present step. */
async function told(): Promise<void> {
  await new Promise(resolve => setTimeout(resolve));
}

beforeEach(() => {
  document.body.innerHTML = `
    <div class="jp-Cell" tabindex="-1">
      <div class="jp-StratCraft-Builder">
        <p></p><button></button><input>
        <div class="jp-StratCraft-Surface" tabindex="0"></div>
      </div>
    </div>`;
  end = keepBuilderFocus(document);
});

afterEach(() => {
  end();
});

it('lets a builder take the focus where it is pressed', () => {
  one('p').dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
  expect(one('.jp-StratCraft-Builder').tabIndex).toBe(-1);
  expect(one('.jp-StratCraft-Builder').hasAttribute('tabindex')).toBe(true);
});

it('leaves the rest of the page as it is', () => {
  one('.jp-Cell').dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
  expect(one('.jp-StratCraft-Builder').hasAttribute('tabindex')).toBe(false);
});

it.each([
  [
    'taken away',
    (button: HTMLButtonElement): void => {
      button.remove();
    }
  ],
  [
    'greyed',
    (button: HTMLButtonElement): void => {
      button.disabled = true;
    }
  ],
  [
    'hidden',
    (button: HTMLButtonElement): void => {
      button.className = 'jp-StratCraft-hidden';
      button.blur();
    }
  ]
])('goes to the canvas when what had the focus is %s', async (_, end_) => {
  const button = one('button') as HTMLButtonElement;
  button.focus();
  end_(button);
  await told();
  expect(document.activeElement).toBe(one('.jp-StratCraft-Surface'));
});

it('goes to the builder where no canvas is shown', async () => {
  one('.jp-StratCraft-Surface').classList.add('jp-StratCraft-hidden');
  one('button').focus();
  one('button').remove();
  await told();
  expect(document.activeElement).toBe(one('.jp-StratCraft-Builder'));
});

it('leaves a focus alone that was given away', async () => {
  one('button').focus();
  one('button').blur();
  one('p').append('more');
  await told();
  expect(document.activeElement).toBe(document.body);
});

it('gives the focus back with Escape, but not out of a text', () => {
  one('input').focus();
  press('Escape');
  expect(document.activeElement).toBe(one('input'));
  one('button').focus();
  press('Escape');
  expect(document.activeElement).toBe(one('.jp-Cell'));
});

it('can be ended', () => {
  end();
  one('button').focus();
  press('Escape');
  expect(document.activeElement).toBe(one('button'));
});
