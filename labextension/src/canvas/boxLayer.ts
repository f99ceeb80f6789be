// The layer of boxes: one element a node. Adds, moves and marks them; decides nothing.

import { fillBox, placeBox, portSelector } from './boxElement';
import { make } from './dom';
import type { IEnd } from './fit';
import type { IBox } from './scene';
import { HEADER_HEIGHT, ROW_HEIGHT } from './scene';
import type { ISceneChange } from './sceneDiff';

/** The layer of boxes. */
export class BoxLayer {
  constructor() {
    this.node = make('div', 'jp-StratCraft-Boxes');
    this.node.style.setProperty('--jp-StratCraft-header-height', `${HEADER_HEIGHT}px`);
    this.node.style.setProperty('--jp-StratCraft-row-height', `${ROW_HEIGHT}px`);
  }

  readonly node: HTMLElement;

  /** Brings the elements from one scene to the next. */
  apply(change: ISceneChange): void {
    for (const id of change.removed) {
      this._elements.get(id)?.remove();
      this._elements.delete(id);
    }
    const fresh = document.createDocumentFragment();
    for (const box of change.added) {
      const element = make('div', 'jp-StratCraft-Node', {
        tabindex: '-1',
        role: 'group',
        'aria-roledescription': 'node'
      });
      fillBox(element, box);
      label(element);
      placeBox(element, box);
      this._elements.set(box.id, element);
      fresh.append(element);
    }
    this.node.append(fresh);
    for (const box of change.changed) {
      this.fill(box, false);
    }
    this.place(change.moved);
  }

  /** Draws a box anew, with its drawer open or closed. */
  fill(box: IBox, isOpen: boolean): void {
    const element = this._elements.get(box.id);
    if (element) {
      fillBox(element, box);
      label(element);
      element.classList.toggle('jp-mod-open', isOpen);
      this._pointAgain(box.id);
    }
  }

  /** Puts boxes where they are now. */
  place(boxes: Iterable<IBox>): void {
    for (const box of boxes) {
      const element = this._elements.get(box.id);
      if (element) {
        placeBox(element, box);
      }
    }
  }

  /** Marks the selected boxes. */
  select(ids: ReadonlySet<string>): void {
    for (const id of new Set([...this._selected, ...ids])) {
      const element = this._elements.get(id);
      if (element) {
        element.classList.toggle('jp-mod-selected', ids.has(id));
        label(element);
      }
    }
    this._selected = new Set(ids);
  }

  /** Lights up the ports that fit and fades the boxes without any; null ends that. */
  showFitting(from: IEnd | null, ends: readonly IEnd[]): void {
    this.node.classList.toggle('jp-mod-connecting', from !== null);
    for (const marked of this.node.querySelectorAll(
      '.jp-mod-fits, .jp-mod-faded, .jp-mod-origin'
    )) {
      marked.classList.remove('jp-mod-fits', 'jp-mod-faded', 'jp-mod-origin');
    }
    if (!from) {
      return;
    }
    const fitting = new Set([from.node, ...ends.map(end => end.node)]);
    for (const [id, element] of this._elements) {
      element.classList.toggle('jp-mod-faded', !fitting.has(id));
    }
    for (const end of ends) {
      this._mark(end, 'jp-mod-fits');
    }
    this._mark(from, 'jp-mod-origin');
  }

  /** Marks the port that a drop would go to; null marks none. */
  aim(end: IEnd | null): void {
    for (const marked of this.node.querySelectorAll('.jp-mod-aimed')) {
      marked.classList.remove('jp-mod-aimed');
    }
    if (end) {
      this._mark(end, 'jp-mod-aimed');
    }
  }

  /** Marks the port that the keyboard is at, and names it to screen readers; null marks none. */
  point(end: IEnd | null): void {
    const before = this._pointed && this._elements.get(this._pointed.node);
    before?.removeAttribute('aria-activedescendant');
    for (const marked of this.node.querySelectorAll('.jp-mod-current')) {
      marked.classList.remove('jp-mod-current');
    }
    this._pointed = end;
    if (end) {
      this._pointAgain(end.node);
    }
  }

  /** Gives the keyboard focus to a box. */
  focus(id: string): void {
    this._elements.get(id)?.focus({ preventScroll: true });
  }

  /** Draws the eye to a box for a moment. */
  flash(id: string): void {
    const element = this._elements.get(id);
    if (element) {
      element.classList.add('jp-mod-flash');
      element.addEventListener(
        'animationend',
        () => {
          element.classList.remove('jp-mod-flash');
        },
        { once: true }
      );
    }
  }

  private _mark({ node, port, side }: IEnd, mark: string): void {
    const element = this._elements.get(node);
    for (const part of element?.querySelectorAll(portSelector(side, port)) ?? []) {
      part.classList.add(mark);
    }
  }

  /** A box drawn anew has new ports. */
  private _pointAgain(node: string): void {
    const end = this._pointed;
    const element = this._elements.get(node);
    if (end?.node !== node || !element) {
      return;
    }
    this._mark(end, 'jp-mod-current');
    const port = element.querySelector(`.jp-StratCraft-Port${portSelector(end.side, end.port)}`);
    if (port) {
      port.id ||= `jp-StratCraft-port-${ports++}`;
      element.setAttribute('aria-activedescendant', port.id);
    }
  }

  private _pointed: IEnd | null = null;
  private readonly _elements = new Map<string, HTMLElement>();
  private _selected: ReadonlySet<string> = new Set();
}

let ports = 0;

function label(element: HTMLElement): void {
  const state = element.classList.contains('jp-mod-selected') ? ', selected' : '';
  element.setAttribute('aria-label', `${element.dataset.spoken ?? ''}${state}`);
}
