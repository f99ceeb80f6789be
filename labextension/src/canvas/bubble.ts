// The bubble at the pointer: why an edit was refused, or what lies under the pointer.

import type { IPosition } from '../messages';
import { make } from './dom';
import type { ISize } from './geometry';
import { clamp } from './geometry';

const GAP = 14;
const REFUSAL_SHOWN = 6000;

/** One paragraph of a bubble. */
export interface IBubbleLine {
  text: string;
  look?: 'title' | 'muted' | 'error' | 'warning' | 'info';
}

/** A small text box over the canvas. */
export class Bubble {
  constructor() {
    this.node = make('div', 'jp-StratCraft-Bubble', { role: 'tooltip', hidden: '' });
  }

  readonly node: HTMLElement;

  /** Whether a reason is on show. */
  get isRefusal(): boolean {
    return !this.node.hidden && this.node.classList.contains('jp-mod-refusal');
  }

  /** Says why something cannot be, for some seconds. */
  refuse(reason: string, at: IPosition, room: ISize): void {
    this._show([{ text: reason }], at, room, true);
    this._timer = window.setTimeout(() => {
      this.hide();
    }, REFUSAL_SHOWN);
  }

  /** Says what is under the pointer; a reason on show stays. */
  explain(lines: readonly IBubbleLine[], at: IPosition, room: ISize): void {
    if (!this.isRefusal) {
      this._show(lines, at, room, false);
    }
  }

  /** Takes the bubble away. */
  hide(): void {
    window.clearTimeout(this._timer);
    this.node.hidden = true;
  }

  private _show(
    lines: readonly IBubbleLine[],
    at: IPosition,
    room: ISize,
    isRefusal: boolean
  ): void {
    window.clearTimeout(this._timer);
    this.node.replaceChildren(
      ...lines.map(({ text, look }) =>
        make(
          'div',
          look ? `jp-StratCraft-Bubble-line jp-mod-${look}` : 'jp-StratCraft-Bubble-line',
          {},
          text
        )
      )
    );
    this.node.classList.toggle('jp-mod-refusal', isRefusal);
    this.node.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.node;
    const x = clamp(at.x + GAP, 4, Math.max(4, room.width - width - 4));
    const fitsBelow = at.y + GAP + height + 4 <= room.height;
    const y = fitsBelow ? at.y + GAP : Math.max(4, at.y - GAP - height);
    this.node.style.transform = `translate(${x}px, ${y}px)`;
  }

  private _timer = 0;
}
