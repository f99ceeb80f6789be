// A menu beside a row of another menu.

import { clamp } from './geometry';

const MARGIN = 4;
/** A pointer on its way to the flyout crosses other rows. */
const LINGER = 300;

/** The rows that belong to one row; out of sight until they are asked for. */
export class Flyout {
  constructor(
    readonly row: HTMLButtonElement,
    readonly node: HTMLElement
  ) {
    node.hidden = true;
    row.setAttribute('aria-haspopup', 'menu');
    row.setAttribute('aria-expanded', 'false');
    node.addEventListener('pointerenter', () => {
      window.clearTimeout(this._timer);
    });
  }

  /** Shows it to the right of its row, or where there is room for it. */
  open(): void {
    window.clearTimeout(this._timer);
    const { row, node } = this;
    const menu = node.parentElement;
    const root = menu?.parentElement;
    if (!node.hidden || !menu || !root) {
      return;
    }
    node.hidden = false;
    row.setAttribute('aria-expanded', 'true');
    const { clientWidth: width, clientHeight: height } = root;
    const own = row.getBoundingClientRect();
    const { left, top } = root.getBoundingClientRect();
    const right = menu.offsetLeft + menu.offsetWidth - MARGIN;
    const before = menu.offsetLeft + MARGIN - node.offsetWidth;
    const isRight = right + node.offsetWidth + MARGIN <= width;
    const isBeside = isRight || before >= MARGIN;
    const x = isRight ? right : isBeside ? before : own.left - left + 2 * MARGIN;
    // where it has to lie on the menu its row stays in sight
    const y = (isBeside ? own.top - MARGIN : own.bottom) - top;
    const most = (room: number): number => Math.max(MARGIN, room - MARGIN);
    node.style.left = `${clamp(x, MARGIN, most(width - node.offsetWidth)) - menu.offsetLeft}px`;
    node.style.top = `${clamp(y, MARGIN, most(height - node.offsetHeight)) - menu.offsetTop}px`;
  }

  /** Takes it out of sight. */
  close(): void {
    window.clearTimeout(this._timer);
    this.node.hidden = true;
    this.row.setAttribute('aria-expanded', 'false');
  }

  /** Takes it out of sight, unless the pointer comes to it. */
  closeSoon(): void {
    window.clearTimeout(this._timer);
    this._timer = window.setTimeout(() => {
      this.close();
    }, LINGER);
  }

  private _timer = 0;
}
