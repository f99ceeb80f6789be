// The list of kinds that opens at the pointer: type to search, arrows to choose, Enter to add.

import type { IPosition } from '../messages';
import { hasMoved, make } from './dom';
import { icon } from './icons';
import type { IFoundKind, IKindChoice, IKindShelf } from './kindSearch';
import { shelvesOf } from './kindSearch';
import { Popup } from './popups';

let lists = 0;

/** What is offered, and what is done with the choice. */
export interface IPickerOptions extends IKindChoice {
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
      placeholder: 'Search nodes, Enter adds',
      spellcheck: 'false',
      autocomplete: 'off'
    });
    this._list = make('div', 'jp-StratCraft-Picker-list', {
      role: 'listbox',
      id: `jp-StratCraft-Picker-${lists++}`,
      'aria-label': _options.title
    });
    this._input.setAttribute('aria-controls', this._list.id);
    this._meaning = make('div', 'jp-StratCraft-Picker-meaning', { role: 'status' });
    const title = make('div', 'jp-StratCraft-Picker-title', {}, _options.title);
    const node = make(
      'div',
      'jp-StratCraft-Picker',
      {},
      title,
      this._input,
      this._list,
      this._meaning
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
    const shelves = shelvesOf(this._options, this._input.value);
    this._found = shelves.flatMap(shelf => shelf.found);
    this._rows = this._found.map((found, index) => this._row(found, index));
    let first = 0;
    const parts = shelves.map((shelf, place) => {
      const rows = this._rows.slice(first, first + shelf.found.length);
      first += rows.length;
      return this._shelf(shelf, place, rows);
    });
    this._list.replaceChildren(...parts.flat());
    this._list.scrollTop = 0;
    this._at = 0;
    this._mark(0);
  }

  /** The rows of a shelf, below its heading if it has one. */
  private _shelf({ title }: IKindShelf, place: number, rows: HTMLElement[]): HTMLElement[] {
    if (title === '') {
      return rows;
    }
    const id = `${this._list.id}-shelf-${place}`;
    const heading = make('div', 'jp-StratCraft-Picker-heading', { id }, title);
    heading.setAttribute('role', 'presentation');
    const group = make(
      'div',
      'jp-StratCraft-Picker-shelf',
      { role: 'group', 'aria-labelledby': id },
      heading,
      ...rows
    );
    return [group];
  }

  private _row({ kind }: IFoundKind, index: number): HTMLElement {
    const row = make(
      'div',
      'jp-StratCraft-Picker-row',
      {
        role: 'option',
        id: `${this._list.id}-${index}`,
        'aria-selected': 'false',
        'data-family': kind.family
      },
      icon(kind.family),
      make('span', '', {}, kind.title)
    );
    row.addEventListener('pointermove', event => {
      if (hasMoved(event)) {
        this._mark(index);
      }
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
      this._rows[this._at]?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this._choose(this._at);
    } else if (event.key === 'Tab') {
      event.preventDefault();
      this.close();
    }
  }

  /** Marks the row that Enter adds, and says what its kind means. */
  private _mark(index: number): void {
    this._rows[this._at]?.setAttribute('aria-selected', 'false');
    this._at = index;
    const row = this._rows[index];
    const found = this._found[index];
    if (!row || !found) {
      this._input.removeAttribute('aria-activedescendant');
      this._meaning.replaceChildren('Nothing fits. Try another word.');
      return;
    }
    row.setAttribute('aria-selected', 'true');
    this._input.setAttribute('aria-activedescendant', row.id);
    const lines = (found.kind.meaning || found.kind.help).split('\n');
    this._meaning.replaceChildren(...lines.map(line => make('div', '', {}, line)));
    this._meaning.scrollTop = 0;
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
  private readonly _meaning: HTMLElement;
  private readonly _popup: Popup;
  private _found: IFoundKind[] = [];
  private _rows: HTMLElement[] = [];
  private _at = 0;
}
