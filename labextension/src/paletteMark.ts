// The row of what a search found that Enter adds: the first, until the arrows move it.

const RESULTS = '.jp-StratCraft-results:not(.jp-StratCraft-hidden)';
const PALETTE = '.jp-StratCraft-palette';

/** The class of that row. */
export const MARK = 'jp-StratCraft-marked';

/** Keeps the mark while a search has the focus; the rows are made anew with each letter. */
export class PaletteMark {
  /** The focus is somewhere else now. */
  follow(target: EventTarget | null): void {
    this.leave();
    const palette = target instanceof HTMLInputElement ? target.closest(PALETTE) : null;
    if (target instanceof HTMLInputElement && palette) {
      this._search = target;
      this._palette = palette;
      this._at = 0;
      target.addEventListener('input', this._restart);
      this._watching.observe(palette, {
        childList: true,
        subtree: true,
        attributeFilter: ['class']
      });
      this._show();
    }
  }

  /** The focus has left the search. */
  leave(): void {
    this._watching.disconnect();
    this._search?.removeEventListener('input', this._restart);
    this._search?.removeAttribute('aria-activedescendant');
    this._clear();
    this._search = null;
    this._palette = null;
  }

  /** Moves the mark, or adds what is marked; null if the key means nothing here. */
  press(key: string): HTMLElement | null {
    const rows = this._rows();
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (rows.length === 0) {
      return null;
    }
    if (step !== undefined) {
      this._at = Math.min(rows.length - 1, Math.max(0, this._at + step));
      this._show();
      rows[this._at]?.scrollIntoView({ block: 'nearest' });
      return rows[this._at] ?? null;
    }
    // the best match is up to the kernel: what was typed last may not be on the page yet
    const row = key === 'Enter' && this._at > 0 ? rows[this._at] : undefined;
    if (row && this._search) {
      row.click();
      this._search.value = '';
      this._search.dispatchEvent(new Event('input', { bubbles: true }));
    }
    return row ?? null;
  }

  private _rows(): HTMLElement[] {
    const isEmpty = this._search === null || this._search.value.trim() === '';
    return isEmpty
      ? []
      : [...(this._palette?.querySelectorAll<HTMLElement>(`${RESULTS} button`) ?? [])];
  }

  private _show(): void {
    const rows = this._rows();
    this._at = Math.min(this._at, Math.max(0, rows.length - 1));
    const row = rows[this._at];
    if (row?.classList.contains(MARK)) {
      return;
    }
    this._clear();
    if (row) {
      row.classList.add(MARK);
      row.id ||= `${MARK}-${count++}`;
      this._search?.setAttribute('aria-activedescendant', row.id);
    } else {
      this._search?.removeAttribute('aria-activedescendant');
    }
  }

  private _clear(): void {
    this._palette?.querySelector(`.${MARK}`)?.classList.remove(MARK);
  }

  private readonly _restart = (): void => {
    this._at = 0;
    this._show();
  };

  private readonly _watching = new MutationObserver(() => {
    this._show();
  });
  private _search: HTMLInputElement | null = null;
  private _palette: Element | null = null;
  private _at = 0;
}

let count = 0;
