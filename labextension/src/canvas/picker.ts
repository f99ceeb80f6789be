// The list of kinds that opens at the pointer: type to search, arrows to choose, Enter to add.

import type { IPosition } from '../messages';
import { make } from './dom';
import { icon } from './icons';
import type { IFoundKind, Wanted } from './kindSearch';
import { findKinds } from './kindSearch';
import { Popup } from './popups';
import type { IKind } from './state';

const MOST = 60;

let lists = 0;

/** What is offered, and what is done with the choice. */
export interface IPickerOptions {
  kinds: ReadonlyMap<string, IKind>;
  wanted: Wanted;
  title: string;
  onChoose: (kind: string) => void;
  onClose: () => void;
}

/** One list of kinds on the page. */
export class Picker {
  constructor(
    root: HTMLElement,
    at: IPosition,
    private readonly _options: IPickerOptions
  ) {
    this._input = make('input', 'jp-StratCraft-Picker-search', {
      type: 'text',
      role: 'combobox',
      'aria-label': _options.title,
      'aria-expanded': 'true',
      'aria-autocomplete': 'list',
      placeholder: 'Search nodes',
      spellcheck: 'false',
      autocomplete: 'off'
    });
    this._list = make('div', 'jp-StratCraft-Picker-list', {
      role: 'listbox',
      id: `jp-StratCraft-Picker-${lists++}`,
      'aria-label': _options.title
    });
    this._input.setAttribute('aria-controls', this._list.id);
    this._hint = make('div', 'jp-StratCraft-Picker-hint', { role: 'status' });
    const title = make('div', 'jp-StratCraft-Picker-title', {}, _options.title);
    const node = make(
      'div',
      'jp-StratCraft-Picker',
      {},
      title,
      this._input,
      this._list,
      this._hint
    );
    this._input.addEventListener('input', () => {
      this._search();
    });
    this._input.addEventListener('keydown', event => {
      this._press(event);
    });
    this._search();
    this._popup = new Popup(root, node, at, _options.onClose);
    this._input.focus({ preventScroll: true });
  }

  /** Takes it away. */
  close(): void {
    this._popup.close();
  }

  private _search(): void {
    const { kinds, wanted } = this._options;
    this._found = findKinds(kinds, this._input.value, wanted).slice(0, MOST);
    this._list.replaceChildren(...this._found.map((found, index) => this._row(found, index)));
    this._hint.textContent = this._found.length === 0 ? 'Nothing fits. Try another word.' : '';
    this._mark(0);
  }

  private _row({ kind }: IFoundKind, index: number): HTMLElement {
    const drawing = icon(kind.family);
    const row = make(
      'div',
      'jp-StratCraft-Picker-row',
      { role: 'option', 'data-family': kind.family, title: kind.help },
      drawing,
      make('span', '', {}, kind.title)
    );
    row.addEventListener('pointermove', () => {
      this._mark(index);
    });
    row.addEventListener('click', () => {
      this._choose(index);
    });
    return row;
  }

  private _press(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      this._mark(Math.min(this._found.length - 1, Math.max(0, this._at + step)));
      this._list.children[this._at]?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this._choose(this._at);
    } else if (event.key === 'Tab') {
      event.preventDefault();
      this.close();
    }
  }

  private _mark(index: number): void {
    this._at = index;
    for (const [place, row] of [...this._list.children].entries()) {
      row.setAttribute('aria-selected', String(place === index));
      row.id = `${this._list.id}-${place}`;
    }
    if (this._found[index]) {
      this._input.setAttribute('aria-activedescendant', `${this._list.id}-${index}`);
    } else {
      this._input.removeAttribute('aria-activedescendant');
    }
    const kind = this._found[index]?.kind;
    if (kind) {
      this._hint.textContent = kind.help.replaceAll('`', '');
    }
  }

  private _choose(index: number): void {
    const found = this._found[index];
    if (found) {
      this.close();
      this._options.onChoose(found.name);
    }
  }

  private readonly _input: HTMLInputElement;
  private readonly _list: HTMLElement;
  private readonly _hint: HTMLElement;
  private readonly _popup: Popup;
  private _found: IFoundKind[] = [];
  private _at = 0;
}
