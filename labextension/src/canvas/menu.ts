// The context menu on the page, for pointer and keys.

import type { IPosition } from '../messages';
import { make } from './dom';
import type { KeyCommand } from './keys';
import type { IMenuItem, MenuPart } from './menuItems';
import { Popup } from './popups';

/** Gives a row the focus when the pointer moves onto it, not when it opens under a resting one. */
function followPointer(row: HTMLElement): void {
  row.addEventListener('pointermove', event => {
    if (event.movementX !== 0 || event.movementY !== 0) {
      row.focus({ preventScroll: true });
    }
  });
}

/** One open menu. */
export class Menu {
  constructor(
    root: HTMLElement,
    at: IPosition,
    parts: readonly MenuPart[],
    private readonly _run: (command: KeyCommand) => void,
    onClose: () => void
  ) {
    const node = make('div', 'jp-StratCraft-Menu', { role: 'menu', 'aria-label': 'Canvas menu' });
    for (const [index, part] of parts.entries()) {
      if (index > 0 && (Array.isArray(part) || Array.isArray(parts[index - 1]))) {
        node.append(make('div', 'jp-StratCraft-Menu-line', { role: 'separator' }));
      }
      if (Array.isArray(part)) {
        node.append(...part.map(item => this._item(item)));
      } else {
        node.append(this._group(part.label, part.items, part.isOff === true));
      }
    }
    node.addEventListener('keydown', event => {
      this._press(event);
    });
    this._node = node;
    this._popup = new Popup(root, node, at, onClose);
    this._rows()[0]?.focus({ preventScroll: true });
  }

  /** Takes it away. */
  close(): void {
    this._popup.close();
  }

  private _item({ label, command, keys, isOff }: IMenuItem): HTMLElement {
    const row = make(
      'button',
      'jp-StratCraft-Menu-item',
      { type: 'button', role: 'menuitem', tabindex: '-1', 'data-command': command.name },
      make('span', '', {}, label),
      make('kbd', '', {}, keys ?? '')
    );
    row.disabled = isOff === true;
    row.addEventListener('click', () => {
      this.close();
      this._run(command);
    });
    followPointer(row);
    return row;
  }

  /** A line that unfolds the items below it. */
  private _group(label: string, items: readonly IMenuItem[], isOff: boolean): HTMLElement {
    const inner = make('div', 'jp-StratCraft-Menu-group', { role: 'group', 'aria-label': label });
    inner.hidden = true;
    inner.append(...items.map(item => this._item(item)));
    const row = make(
      'button',
      'jp-StratCraft-Menu-item',
      { type: 'button', role: 'menuitem', tabindex: '-1', 'aria-expanded': 'false' },
      make('span', '', {}, label),
      make('kbd', '', {}, '▸')
    );
    row.disabled = isOff;
    row.addEventListener('click', () => {
      inner.hidden = !inner.hidden;
      row.setAttribute('aria-expanded', String(!inner.hidden));
      row.querySelector('kbd')?.replaceChildren(inner.hidden ? '▸' : '▾');
      this._popup.stayInSight();
    });
    followPointer(row);
    const whole = make('div', '', { role: 'none' });
    whole.append(row, inner);
    return whole;
  }

  private _rows(): HTMLButtonElement[] {
    const rows = this._node.querySelectorAll<HTMLButtonElement>('.jp-StratCraft-Menu-item');
    return [...rows].filter(row => !row.disabled && row.closest('[hidden]') === null);
  }

  private _press(event: KeyboardEvent): void {
    const rows = this._rows();
    const at = rows.findIndex(row => row === document.activeElement);
    const current = rows[at];
    const folds = current?.hasAttribute('aria-expanded') ? current : null;
    const isOpen = folds?.getAttribute('aria-expanded') === 'true';
    const go = (index: number): void => {
      rows[(index + rows.length) % rows.length]?.focus({ preventScroll: true });
    };
    if (event.key === 'ArrowDown') {
      go(at + 1);
    } else if (event.key === 'ArrowUp') {
      go(at - 1);
    } else if (event.key === 'Home') {
      go(0);
    } else if (event.key === 'End') {
      go(rows.length - 1);
    } else if (folds && event.key === (isOpen ? 'ArrowLeft' : 'ArrowRight')) {
      folds.click();
    } else if (event.key === 'Tab') {
      this.close();
    } else if (event.key.length === 1 && event.key !== ' ') {
      const letter = event.key.toLowerCase();
      const later = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
      const isMeant = (row: Element): boolean =>
        row.firstChild?.textContent?.toLowerCase().startsWith(letter) === true;
      later.find(isMeant)?.focus({ preventScroll: true });
    } else {
      return;
    }
    event.preventDefault();
  }

  private readonly _node: HTMLElement;
  private readonly _popup: Popup;
}
