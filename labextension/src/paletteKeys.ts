// The palette by keys: arrows move, Escape leads back; what has the focus says what it means.

import { MARK, PaletteMark } from './paletteMark';

const PALETTE = '.jp-StratCraft-palette';
const BUILDER = '.jp-StratCraft-Builder';
const SURFACE = '.jp-StratCraft-Surface';
const HEADING = 'jp-StratCraft-shelf-heading';
const TIP = 'jp-StratCraft-Tip';
const STOPS = 'input, button';

/** Lets the palettes of a page be used by keys. Returns what ends it. */
export function guidePaletteKeys(page: Document): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const tip = new Tip(page);
  const mark = new PaletteMark();
  page.addEventListener(
    'keydown',
    event => {
      const { target } = event;
      const palette = target instanceof HTMLElement ? target.closest(PALETTE) : null;
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
      if (palette && target instanceof HTMLElement && isPlain && isOurs(event.key, target)) {
        const row = mark.press(event.key);
        tip.follow(event.key === 'Enter' ? null : row);
        if (row || press(palette, target, event.key)) {
          event.preventDefault();
          event.stopPropagation();
        }
      }
    },
    { capture: true, signal } // Jupyter's text fields keep their keys from all that is above them
  );
  page.addEventListener(
    'focusin',
    ({ target }) => {
      tip.follow(target);
      mark.follow(target);
    },
    { signal }
  );
  page.addEventListener(
    'focusout',
    () => {
      tip.hide();
      mark.leave();
    },
    { signal }
  );
  return () => {
    listening.abort();
    tip.hide();
    mark.leave();
  };
}

/** In the search the cursor moves with arrows too, except up and down. */
function isOurs(key: string, target: HTMLElement): boolean {
  return (
    !(target instanceof HTMLInputElement) ||
    ['ArrowDown', 'ArrowUp', 'Enter', 'Escape'].includes(key)
  );
}

/** Does what a key means; false if it means nothing here. */
function press(palette: Element, from: HTMLElement, key: string): boolean {
  const stops = stopsIn(palette);
  const at = stops.indexOf(from);
  switch (key) {
    case 'ArrowDown':
      return goTo(stops[at + 1]);
    case 'ArrowUp':
      return goTo(stops[at - 1]);
    case 'Home':
      return goTo(stops[0]);
    case 'End':
      return goTo(stops.at(-1));
    case 'ArrowRight':
      return turn(from, false);
    case 'ArrowLeft':
      return turn(from, true) || goTo(headingOf(from));
    case 'Escape':
      return leave(palette, from);
  }
  return false;
}

function stopsIn(palette: Element): HTMLElement[] {
  const all = [...palette.querySelectorAll<HTMLElement>(STOPS)];
  return all.filter(stop => stop.closest('.jp-StratCraft-hidden') === null);
}

function goTo(stop: HTMLElement | null | undefined): boolean {
  stop?.focus();
  stop?.scrollIntoView({ block: 'nearest' });
  return true;
}

/** Opens or closes the shelf below a heading; false if this is none, or it is so already. */
function turn(heading: HTMLElement, isOpen: boolean): boolean {
  if (!heading.classList.contains(HEADING) || heading.classList.contains('mod-active') !== isOpen) {
    return false;
  }
  heading.click();
  return true;
}

function headingOf(from: HTMLElement): HTMLElement | null {
  const shelf = from.closest('.jp-StratCraft-shelf');
  const isHeading = from.classList.contains(HEADING);
  const outer = isHeading ? shelf?.parentElement?.closest('.jp-StratCraft-shelf') : shelf;
  return outer?.querySelector<HTMLElement>(`.${HEADING}`) ?? null;
}

/** From the list to the search, from a filled search to an empty one, from there to the canvas. */
function leave(palette: Element, from: HTMLElement): boolean {
  const search = palette.querySelector('input');
  if (search && from !== search) {
    return goTo(search);
  }
  if (search && search.value !== '') {
    search.value = '';
    search.dispatchEvent(new Event('input', { bubbles: true }));
    return true;
  }
  return goTo(palette.closest(BUILDER)?.querySelector<HTMLElement>(SURFACE));
}

/** What a kind means, beside it while it has the focus; a mouse gets the title of the button. */
class Tip {
  constructor(private readonly _page: Document) {}

  follow(target: EventTarget | null): void {
    this.hide();
    if (!(target instanceof HTMLElement) || !target.matches(`${PALETTE} button`)) {
      return;
    }
    const palette = target.closest(PALETTE);
    const isMeant = target.matches(':focus-visible') || target.classList.contains(MARK);
    if (!target.title || !palette || !isMeant) {
      return;
    }
    const tip = this._page.createElement('div');
    tip.className = TIP;
    tip.setAttribute('aria-hidden', 'true'); // the title is read out already
    tip.textContent = target.title;
    tip.style.left = `${palette.getBoundingClientRect().right + 6}px`;
    tip.style.top = `${target.getBoundingClientRect().top}px`;
    this._page.body.append(tip);
    this._shown = tip;
  }

  hide(): void {
    this._shown?.remove();
    this._shown = null;
  }

  private _shown: HTMLElement | null = null;
}
