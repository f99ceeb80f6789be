// The bar below the canvas: undo, redo, delete, arrange, the view, and what the canvas waits for.

import { make } from './dom';
import type { IViewport } from './geometry';
import type { IconName } from './icons';
import { icon } from './icons';
import type { KeyCommand } from './keys';

/** What the bar shows of the editor. */
export interface IBarState {
  undoName: string | null;
  redoName: string | null;
  canDelete: boolean;
  readOnly: boolean;
  isSnapping: boolean;
  isMapOn: boolean;
}

type ButtonCommand = Extract<
  KeyCommand['name'],
  | ('undo' | 'redo' | 'delete' | 'lay_out' | 'toggle_snapping' | 'toggle_map' | 'picture_menu')
  | ('zoom_in' | 'zoom_out' | 'zoom_reset' | 'fit' | 'shortcuts')
>;

/** The bar's element and what changes on it. */
export class Bar {
  constructor(run: (command: KeyCommand) => void) {
    const button = (
      name: ButtonCommand,
      label: string,
      content: Node | string
    ): HTMLButtonElement => {
      const element = make(
        'button',
        'jp-StratCraft-Bar-button',
        { type: 'button', title: label, 'aria-label': label, 'data-command': name },
        content
      );
      element.addEventListener('click', () => {
        run({ name });
      });
      return element;
    };
    const drawn = (name: ButtonCommand, label: string, drawing: IconName): HTMLButtonElement =>
      button(name, label, icon(drawing));
    this._undo = drawn('undo', 'Undo', 'undo');
    this._redo = drawn('redo', 'Redo', 'redo');
    this._delete = drawn('delete', 'Delete selection (Delete)', 'remove');
    this._arrange = drawn('lay_out', 'Arrange the selected nodes, or all (A)', 'arrange');
    this._snap = drawn('toggle_snapping', 'Snap to grid (G)', 'grid');
    this._map = drawn('toggle_map', 'Map (M)', 'map');
    this._zoom = button('zoom_reset', 'Zoom to 100 % (0)', '100 %');
    this._zoom.classList.add('jp-mod-text');
    this._status = make('div', 'jp-StratCraft-Bar-status', { role: 'status' });
    this.node = make(
      'div',
      'jp-StratCraft-Bar',
      { role: 'toolbar', 'aria-label': 'Canvas' },
      make(
        'div',
        'jp-StratCraft-Bar-group',
        {},
        this._undo,
        this._redo,
        this._delete,
        this._arrange,
        this._snap
      ),
      this._status,
      make(
        'div',
        'jp-StratCraft-Bar-group',
        {},
        drawn('zoom_out', 'Zoom out (-)', 'minus'),
        this._zoom,
        drawn('zoom_in', 'Zoom in (+)', 'plus'),
        drawn('fit', 'Show everything (F)', 'fit'),
        this._map,
        drawn('picture_menu', 'Save picture', 'save'),
        button('shortcuts', 'Keys (?)', '?')
      )
    );
  }

  readonly node: HTMLElement;

  /** Enables and names the buttons. */
  update({ undoName, redoName, canDelete, readOnly, isSnapping, isMapOn }: IBarState): void {
    rename(this._undo, undoName === null ? 'Nothing to undo' : `Undo: ${undoName}`);
    rename(this._redo, redoName === null ? 'Nothing to redo' : `Redo: ${redoName}`);
    this._undo.disabled = readOnly || undoName === null;
    this._redo.disabled = readOnly || redoName === null;
    this._delete.disabled = readOnly || !canDelete;
    this._arrange.disabled = readOnly;
    this._snap.setAttribute('aria-pressed', String(isSnapping));
    this._map.setAttribute('aria-pressed', String(isMapOn));
  }

  /** Shows the zoom. */
  looked({ zoom }: IViewport): void {
    this._zoom.textContent = `${Math.round(zoom * 100)} %`;
  }

  /** Says what the canvas waits for; empty if nothing. */
  setStatus(text: string): void {
    if (this._status.textContent !== text) {
      this._status.textContent = text;
    }
  }

  private readonly _undo: HTMLButtonElement;
  private readonly _redo: HTMLButtonElement;
  private readonly _delete: HTMLButtonElement;
  private readonly _arrange: HTMLButtonElement;
  private readonly _snap: HTMLButtonElement;
  private readonly _map: HTMLButtonElement;
  private readonly _zoom: HTMLButtonElement;
  private readonly _status: HTMLElement;
}

function rename(button: HTMLButtonElement, label: string): void {
  button.title = label;
  button.setAttribute('aria-label', label);
}
