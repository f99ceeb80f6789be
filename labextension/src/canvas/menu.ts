// The context menu on the page, for pointer and keys.

import type { IPosition } from '../messages';
import { hasMoved, make } from './dom';
import { Flyout } from './flyout';
import type { KeyCommand } from './keys';
import type { IMenuItem, MenuPart } from './menuItems';
import { Popup } from './popups';

const ITEM = '.jp-StratCraft-Menu-item';

/** One open menu. */
export class Menu {
  constructor(
    root: HTMLElement,
    at: IPosition,
    parts: readonly MenuPart[],
    private readonly _run: (command: KeyCommand) => void,
    onClose: () => void
  ) {
    this._list = make('div', 'jp-StratCraft-Menu-list', {
      role: 'menu',
      'aria-label': 'Canvas menu'
    });
    const node = make('div', 'jp-StratCraft-Menu', {}, this._list);
    for (const [index, part] of parts.entries()) {
      if (index > 0 && (Array.isArray(part) || Array.isArray(parts[index - 1]))) {
        this._list.append(make('div', 'jp-StratCraft-Menu-line', { role: 'separator' }));
      }
      if (Array.isArray(part)) {
        this._list.append(...part.map(item => this._item(item)));
      } else {
        const flyout = this._group(part.label, part.items, part.isOff === true);
        this._list.append(flyout.row);
        node.append(flyout.node);
        this._flyouts.push(flyout);
      }
    }
    node.addEventListener('keydown', event => {
      this._press(event);
    });
    this._popup = new Popup(root, node, at, onClose);
    rowsOf(this._list)[0]?.focus({ preventScroll: true });
  }

  /** Takes it away. */
  close(): void {
    this._popup.close();
  }

  private _item({ label, command, keys, isOff }: IMenuItem): HTMLElement {
    const row = rowElement(label, keys ?? '');
    row.dataset.command = command.name;
    row.disabled = isOff === true;
    row.addEventListener('click', () => {
      this.close();
      this._run(command);
    });
    this._followPointer(row);
    return row;
  }

  /** A line with a menu of its own. */
  private _group(label: string, items: readonly IMenuItem[], isOff: boolean): Flyout {
    const row = rowElement(label, '▸');
    const node = make('div', 'jp-StratCraft-Menu-list jp-mod-flyout', {
      role: 'menu',
      'aria-label': label
    });
    node.append(...items.map(item => this._item(item)));
    const flyout = new Flyout(row, node);
    row.disabled = isOff;
    row.addEventListener('click', event => {
      this._show(flyout);
      if (event.detail === 0) {
        rowsOf(node)[0]?.focus({ preventScroll: true }); // pressed by a key
      }
    });
    this._followPointer(row);
    return flyout;
  }

  /** Gives a row the focus when the pointer moves onto it, not when it opens under a resting one. */
  private _followPointer(row: HTMLButtonElement): void {
    row.addEventListener('pointermove', event => {
      if (!hasMoved(event)) {
        return;
      }
      row.focus({ preventScroll: true });
      for (const flyout of this._flyouts) {
        if (flyout.row === row) {
          this._show(flyout);
        } else if (!flyout.node.contains(row)) {
          flyout.closeSoon();
        }
      }
    });
  }

  /** Opens one flyout in the place of another. */
  private _show(wanted: Flyout): void {
    for (const flyout of this._flyouts.filter(other => other !== wanted)) {
      flyout.close();
    }
    wanted.open();
  }

  private _press(event: KeyboardEvent): void {
    const active = document.activeElement;
    const inside = this._flyouts.find(({ node }) => node.contains(active));
    const beside = this._flyouts.find(({ row }) => row === active);
    const rows = rowsOf(inside?.node ?? this._list);
    const at = rows.findIndex(row => row === active);
    if (event.key === 'ArrowRight' && beside) {
      this._show(beside);
      rowsOf(beside.node)[0]?.focus({ preventScroll: true });
    } else if (event.key === 'ArrowLeft') {
      inside?.row.focus({ preventScroll: true });
      (inside ?? beside)?.close();
    } else if (event.key === 'Tab') {
      this.close();
    } else {
      const next = rowAfter(event.key, rows, at);
      if (next === null) {
        return;
      }
      beside?.close();
      next?.focus({ preventScroll: true });
      next?.scrollIntoView({ block: 'nearest' });
    }
    event.preventDefault();
  }

  private readonly _list: HTMLElement;
  private readonly _popup: Popup;
  private readonly _flyouts: Flyout[] = [];
}

function rowElement(label: string, keys: string): HTMLButtonElement {
  return make(
    'button',
    'jp-StratCraft-Menu-item',
    { type: 'button', role: 'menuitem', tabindex: '-1' },
    make('span', '', {}, label),
    make('kbd', '', {}, keys)
  );
}

function rowsOf(list: HTMLElement): HTMLButtonElement[] {
  return [...list.querySelectorAll<HTMLButtonElement>(ITEM)].filter(row => !row.disabled);
}

/** The row that a key leads to; null if the key leads nowhere. */
function rowAfter(
  key: string,
  rows: readonly HTMLButtonElement[],
  at: number
): HTMLButtonElement | undefined | null {
  switch (key) {
    case 'ArrowDown':
      return rows[(at + 1) % rows.length];
    case 'ArrowUp':
      return rows.at((at < 0 ? 0 : at) - 1);
    case 'Home':
      return rows[0];
    case 'End':
      return rows.at(-1);
  }
  if (key.length !== 1 || key === ' ') {
    return null;
  }
  const later = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
  return later.find(
    row => row.firstChild?.textContent?.toLowerCase().startsWith(key.toLowerCase()) === true
  );
}
