// The outermost element: keeps the notebook's shortcuts and menus away, has a height that can be changed.

import { makeResizeHandle } from './resizeHandle';

/** What a canvas keeps when it is shown anew. */
export interface IMemory {
  height: number | null;
  isLegendOpen: boolean;
}

/** Makes an element the frame of a canvas. */
export class Frame {
  constructor(
    private readonly _root: HTMLElement,
    private readonly _memory: IMemory
  ) {
    _root.classList.add('jp-StratCraft-Canvas');
    // no shortcut and no menu of the notebook while the canvas has the focus
    _root.dataset.lmSuppressShortcuts = 'true';
    _root.dataset.jpSuppressContextMenu = 'true';
    _root.addEventListener('contextmenu', suppressMenu);
    if (_memory.height !== null) {
      this._setHeight(_memory.height);
    }
    this.handle = makeResizeHandle(
      () => _root.offsetHeight,
      height => {
        this._setHeight(height);
      }
    );
  }

  readonly handle: HTMLElement;

  /** Shows whether the strategy can be changed, and whether a kernel is there. */
  update(isReadOnly: boolean, isConnected: boolean): void {
    this._root.classList.toggle('jp-mod-readOnly', isReadOnly);
    this._root.classList.toggle('jp-mod-disconnected', !isConnected);
  }

  /** Leaves the element empty. */
  dispose(): void {
    this._root.removeEventListener('contextmenu', suppressMenu);
    this._root.replaceChildren();
  }

  private _setHeight(height: number): void {
    this._memory.height = height;
    this._root.style.height = `${height}px`;
  }
}

/** Shift keeps the browser's own menu within reach. */
function suppressMenu(event: MouseEvent): void {
  if (!event.shiftKey) {
    event.preventDefault();
  }
}
