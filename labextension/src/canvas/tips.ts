// What a resting pointer is told: a box, a port, a finding, an edge.

import type { IPosition } from '../messages';
import type { IBubbleLine } from './bubble';
import { findings } from './findings';
import type { IRect } from './geometry';
import type { Picture } from './picture';
import type { IBox, IBoxPort } from './scene';
import { findPort } from './scene';
import type { Spot } from './spot';
import type { IDiagnostic } from './state';

/** How long the pointer rests before it is told something: what it only crosses says nothing. */
const REST = 700;

/** What has a tip of its own. */
const TARGETS = [
  '.jp-StratCraft-Port-grip',
  '.jp-StratCraft-Node-badge',
  '.jp-StratCraft-Edge-badge',
  '.jp-StratCraft-Node'
].join();

/** Shows tips in a bubble when the pointer has moved and rests. */
export class Tips {
  constructor(private readonly _picture: Picture) {
    const { surface } = _picture;
    const { signal } = this._abort;
    surface.addEventListener(
      'pointermove',
      event => {
        this._move(event);
      },
      { signal }
    );
    surface.addEventListener(
      'pointerleave',
      () => {
        this.drop();
      },
      { signal }
    );
    for (const type of ['keydown', 'pointerdown', 'wheel'] as const) {
      document.addEventListener(
        type,
        () => {
          this.drop();
        },
        { signal, capture: true, passive: true }
      );
    }
  }

  /** Offers the tip of an edge that the pointer has come to; null where there is none. */
  offerEdge(id: string | null, at: IPosition): void {
    const edge = id === null ? undefined : this._picture.scene.edges.get(id);
    this._edge = edge ? findings(edge.problems) : [];
    if (this._edge.length > 0) {
      this._offer(this._edge, at);
    }
  }

  /** Says at once what is wrong with what the keyboard is at; nothing else is in the way. */
  tellFocus(spot: Spot | null, at: IPosition): void {
    const lines = spot ? findings(this._problemsAt(spot)) : [];
    if (lines.length > 0) {
      window.clearTimeout(this._timer);
      this._picture.bubble.explain(lines, at, this._picture.size);
    } else {
      this.drop();
    }
  }

  /** The user is doing something with this box, and knows it: no tip until the pointer comes back. */
  silence(node: string | null): void {
    this._silent = node;
    this.drop();
  }

  /** Takes the tip away; an answer stays. */
  drop(): void {
    window.clearTimeout(this._timer);
    this._told = null;
    if (!this._picture.bubble.isAnswer) {
      this._picture.bubble.hide();
    }
  }

  /** Stops listening. */
  dispose(): void {
    window.clearTimeout(this._timer);
    this._abort.abort();
  }

  private _move(event: PointerEvent): void {
    const { surface } = this._picture;
    const { clientX: x, clientY: y } = event;
    const { left, top } = surface.getBoundingClientRect();
    const hasMoved = x !== this._last.x || y !== this._last.y;
    this._last = { x, y };
    const element = event.target instanceof Element ? event.target : null;
    const node = element?.closest<HTMLElement>('.jp-StratCraft-Node') ?? null;
    const id = node?.dataset.node ?? null;
    if (!hasMoved) {
      this._silent = id; // it came under a pointer that rests: the user has just put it there
      return;
    }
    if (id !== this._silent) {
      this._silent = null;
    }
    const target = element?.closest(TARGETS) ?? null;
    if (target !== null && target === this._told) {
      return; // its tip is on show, and stays while the pointer does
    }
    this.drop();
    const isDrag = surface.hasPointerCapture(event.pointerId);
    if (element && this._silent === null && !isDrag) {
      const lines = node || target ? this._linesFor(element) : this._edge;
      this._offer(lines, { x: x - left, y: y - top }, node, target);
    }
  }

  private _offer(
    lines: readonly IBubbleLine[],
    at: IPosition,
    node: Element | null = null,
    target: Element | null = null
  ): void {
    this.drop();
    if (lines.length > 0) {
      this._timer = window.setTimeout(() => {
        this._told = target;
        const { bubble, size } = this._picture;
        bubble.explain(lines, at, size, node ? this._extent(node) : null);
      }, REST);
    }
  }

  private _extent(node: Element): IRect {
    const { left, top } = this._picture.surface.getBoundingClientRect();
    const { x, y, width, height } = node.getBoundingClientRect();
    return { x: x - left, y: y - top, width, height };
  }

  private _problemsAt(spot: Spot): readonly IDiagnostic[] {
    const { boxes, edges } = this._picture.scene;
    switch (spot.kind) {
      case 'node':
        return boxes.get(spot.id)?.problems ?? [];
      case 'edge':
        return edges.get(spot.id)?.problems ?? [];
      case 'port': {
        const { node, port } = spot.end;
        return (boxes.get(node)?.problems ?? []).filter(item => item.port === port);
      }
      case 'area':
        return [];
    }
  }

  private _linesFor(target: Element): IBubbleLine[] {
    const edge = target.closest<HTMLElement>('.jp-StratCraft-Edge-badge')?.dataset.edge;
    if (edge !== undefined) {
      return findings(this._picture.scene.edges.get(edge)?.problems ?? []);
    }
    const id = target.closest<HTMLElement>('.jp-StratCraft-Node')?.dataset.node;
    const box = id === undefined ? undefined : this._picture.scene.boxes.get(id);
    if (!box) {
      return [];
    }
    if (target.closest('.jp-StratCraft-Node-badge')) {
      return findings(box.problems);
    }
    const grip = target.closest('.jp-StratCraft-Port-grip');
    const { port, side } = grip?.closest<HTMLElement>('.jp-StratCraft-Port')?.dataset ?? {};
    const found =
      port !== undefined && (side === 'input' || side === 'output')
        ? findPort(box, side, port)
        : undefined;
    return found ? portLines(found, box) : boxLines(box);
  }

  private readonly _abort = new AbortController();
  private _silent: string | null = null;
  /** What the bubble is about. */
  private _told: Element | null = null;
  private _edge: readonly IBubbleLine[] = [];
  private _last: IPosition = { x: 0, y: 0 };
  private _timer = 0;
}

function boxLines(box: IBox): IBubbleLine[] {
  const lines: IBubbleLine[] = [{ text: box.title, look: 'title' }];
  if (box.detail) {
    lines.push({ text: box.detail });
  }
  if (box.help) {
    lines.push({ text: box.help.replaceAll('`', ''), look: 'muted' });
  }
  if (box.note) {
    lines.push({ text: box.note });
  }
  return [...lines, ...findings(box.problems)];
}

function portLines(port: IBoxPort, box: IBox): IBubbleLine[] {
  const lines: IBubbleLine[] = [{ text: `${port.title}: ${port.type}`, look: 'title' }];
  if (port.help) {
    lines.push({ text: port.help, look: 'muted' });
  }
  return [...lines, ...findings(box.problems.filter(item => item.port === port.name))];
}
