// The bubble at the pointer: why an edit was refused, or what lies under the pointer.

import type { IPosition } from '../messages';
import { make } from './dom';
import type { IRect, ISize } from './geometry';
import { clamp } from './geometry';

const GAP = 14;
const RIM = 4;
/** From what it is about. */
const CLEAR = 10;
const REFUSAL_SHOWN = 6000;
const NOTICE_SHOWN = 4000;

/** One paragraph of a bubble. */
export interface IBubbleLine {
  text: string;
  look?: 'title' | 'muted' | 'error' | 'warning' | 'info';
}

type Look = 'tip' | 'notice' | 'refusal';

/** A small text box over the canvas. */
export class Bubble {
  constructor() {
    this.node = make('div', 'jp-StratCraft-Bubble', { role: 'tooltip', hidden: '' });
  }

  readonly node: HTMLElement;

  /** Whether what is on show answers the user, and stays when the pointer moves on. */
  get isAnswer(): boolean {
    return !this.node.hidden && this._look !== 'tip';
  }

  /** Says why something cannot be, for some seconds. */
  refuse(reason: string, at: IPosition, room: ISize): void {
    this._answer(reason, at, room, 'refusal', REFUSAL_SHOWN);
  }

  /** Says what else an edit does, for some seconds. */
  notice(text: string, at: IPosition, room: ISize): void {
    this._answer(text, at, room, 'notice', NOTICE_SHOWN);
  }

  /** Says what is under the pointer, beside it where it is given; an answer on show stays. */
  explain(
    lines: readonly IBubbleLine[],
    at: IPosition,
    room: ISize,
    clearOf: IRect | null = null
  ): void {
    if (!this.isAnswer) {
      this._show(lines, at, room, 'tip', clearOf);
    }
  }

  /** Takes the bubble away. */
  hide(): void {
    window.clearTimeout(this._timer);
    this.node.hidden = true;
  }

  private _answer(text: string, at: IPosition, room: ISize, look: Look, shown: number): void {
    this._show([{ text }], at, room, look);
    this._timer = window.setTimeout(() => {
      this.hide();
    }, shown);
  }

  private _show(
    lines: readonly IBubbleLine[],
    at: IPosition,
    room: ISize,
    look: Look,
    clearOf: IRect | null = null
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
    this._look = look;
    this.node.classList.toggle('jp-mod-refusal', look === 'refusal');
    this.node.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.node;
    const size = { width, height };
    const { x, y } = (clearOf && placeBeside(clearOf, size, room)) ?? placeAt(at, size, room);
    this.node.style.transform = `translate(${x}px, ${y}px)`;
  }

  private _look: Look = 'tip';
  private _timer = 0;
}

/** Below a point, or above it. */
function placeAt(at: IPosition, { width, height }: ISize, room: ISize): IPosition {
  const x = clamp(at.x + GAP, RIM, Math.max(RIM, room.width - width - RIM));
  const fitsBelow = at.y + GAP + height + RIM <= room.height;
  return { x, y: fitsBelow ? at.y + GAP : Math.max(RIM, at.y - GAP - height) };
}

/** Below, above or beside a rectangle, not on it; null if there is no room. */
export function placeBeside(rect: IRect, { width, height }: ISize, room: ISize): IPosition | null {
  const x = clamp(rect.x, RIM, Math.max(RIM, room.width - width - RIM));
  const y = clamp(rect.y, RIM, Math.max(RIM, room.height - height - RIM));
  const places = [
    { x, y: rect.y + rect.height + CLEAR },
    { x, y: rect.y - CLEAR - height },
    { x: rect.x + rect.width + CLEAR, y },
    { x: rect.x - CLEAR - width, y }
  ];
  const fits = (at: IPosition): boolean =>
    at.x >= RIM &&
    at.y >= RIM &&
    at.x + width + RIM <= room.width &&
    at.y + height + RIM <= room.height;
  return places.find(fits) ?? null;
}
