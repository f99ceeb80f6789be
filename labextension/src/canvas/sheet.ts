// The shortcut sheet: the table of keys, as people read it.

import { make } from './dom';
import type { IKeyRow, Scope } from './keyTable';
import { KEY_TABLE, keyText, SCOPE_TITLES } from './keyTable';
import { MOUSE_TABLE } from './mouseTable';
import { Popup } from './popups';

/** One open sheet. */
export class Sheet {
  constructor(root: HTMLElement, ctrl: string, onClose: () => void) {
    const close = make(
      'button',
      'jp-StratCraft-Sheet-close',
      { type: 'button', title: 'Close (Esc)', 'aria-label': 'Close' },
      '×'
    );
    close.addEventListener('click', () => {
      this.close();
    });
    const head = make(
      'div',
      'jp-StratCraft-Sheet-head',
      {},
      make('h3', '', {}, 'Keys and mouse'),
      close
    );
    const body = make(
      'div',
      'jp-StratCraft-Sheet-body',
      { tabindex: '0', role: 'region', 'aria-label': 'All keys of the canvas' },
      section('With the mouse', mouseRows(ctrl)),
      ...sections().map(([scope, rows]) => section(SCOPE_TITLES[scope], keyRows(rows, ctrl)))
    );
    const node = make(
      'div',
      'jp-StratCraft-Sheet',
      { role: 'dialog', 'aria-label': 'Keys of the canvas' },
      head,
      body
    );
    node.addEventListener('keydown', event => {
      if (event.key === 'Tab') {
        event.preventDefault(); // the sheet has two stops
        (document.activeElement === body ? close : body).focus({ preventScroll: true });
      }
    });
    this._popup = new Popup(root, node, { x: 0, y: 0 }, onClose);
    body.focus({ preventScroll: true });
  }

  /** Takes it away. */
  close(): void {
    this._popup.close();
  }

  private readonly _popup: Popup;
}

function sections(): [Scope, IKeyRow[]][] {
  const found = new Map<Scope, IKeyRow[]>();
  for (const row of KEY_TABLE) {
    found.set(row.scope, [...(found.get(row.scope) ?? []), row]);
  }
  return [...found];
}

/** What is pressed or done with the mouse, and what that does. */
type Line = readonly [how: readonly string[], does: string];

function keyRows(rows: readonly IKeyRow[], ctrl: string): Line[] {
  return rows.map(({ does, keys }) => [keys.map(([chord]) => keyText(chord, ctrl)), does]);
}

function mouseRows(ctrl: string): Line[] {
  return MOUSE_TABLE.map(([how, does]) => [[how.replace('Ctrl', ctrl)], does]);
}

function section(title: string, lines: readonly Line[]): HTMLElement {
  const list = make('dl', 'jp-StratCraft-Sheet-list');
  for (const [how, does] of lines) {
    const shown = how.map(text => make('kbd', '', {}, text));
    list.append(
      make(
        'div',
        'jp-StratCraft-Sheet-row',
        {},
        make('dt', '', {}, ...shown),
        make('dd', '', {}, does)
      )
    );
  }
  return make('section', '', {}, make('h4', '', {}, title), list);
}
