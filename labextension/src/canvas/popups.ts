// What opens over the canvas at a point: kept in sight, closed by Escape or a press elsewhere.

import type { IPosition } from '../messages';
import { clamp } from './geometry';

const MARGIN = 4;

/** Something that is open over the canvas. */
export class Popup {
  constructor(
    private readonly _root: HTMLElement,
    readonly node: HTMLElement,
    at: IPosition,
    private readonly _onClose: () => void
  ) {
    const { signal } = this._abort;
    node.addEventListener(
      'keydown',
      event => {
        event.stopPropagation(); // nothing for the canvas, nothing for the notebook
        if (event.key === 'Escape') {
          event.preventDefault();
          this.close();
        }
      },
      { signal }
    );
    for (const type of ['pointerdown', 'mousedown', 'dblclick', 'wheel', 'keyup'] as const) {
      node.addEventListener(
        type,
        event => {
          event.stopPropagation();
        },
        { signal, passive: true }
      );
    }
    document.addEventListener(
      'pointerdown',
      event => {
        if (!(event.target instanceof Node && node.contains(event.target))) {
          this.close();
        }
      },
      { signal, capture: true }
    );
    this._before = document.activeElement;
    _root.append(node);
    this._at = at;
    this.stayInSight();
  }

  /** Moves it as far as it takes to be seen whole. */
  stayInSight(): void {
    const { node, _root: root } = this;
    const fit = (at: number, room: number): number => clamp(at, MARGIN, Math.max(MARGIN, room));
    node.style.left = `${fit(this._at.x, root.clientWidth - node.offsetWidth - MARGIN)}px`;
    node.style.top = `${fit(this._at.y, root.clientHeight - node.offsetHeight - MARGIN)}px`;
  }

  /** Takes it away; the focus goes back to the canvas if it was in here. */
  close(): void {
    if (this._abort.signal.aborted) {
      return;
    }
    this._abort.abort();
    const hadFocus = this.node.contains(document.activeElement);
    this.node.remove();
    if (hadFocus) {
      this._giveBack();
    }
    this._onClose();
  }

  /** To what had the focus before, if it is a part of the canvas still. */
  private _giveBack(): void {
    const surface = this._root.querySelector<HTMLElement>('.jp-StratCraft-Surface');
    const before = this._before;
    const isOurs = before instanceof HTMLElement && this._root.contains(before);
    (isOurs ? before : surface)?.focus({ preventScroll: true });
  }

  private readonly _abort = new AbortController();
  private readonly _at: IPosition;
  private readonly _before: Element | null;
}
