// What a resting pointer is told: a box, a port, a finding, an edge.

import type { IPosition } from '../messages';
import type { IBubbleLine } from './bubble';
import { findings } from './findings';
import type { Picture } from './picture';
import type { IBox, IBoxPort } from './scene';
import { findPort } from './scene';
import type { Spot } from './spot';
import type { IDiagnostic } from './state';

/** How long the pointer rests before it is told something: longer on what is large and often crossed. */
const REST = { small: 400, box: 900 } as const;

const SMALL = [
  '.jp-StratCraft-Port-grip',
  '.jp-StratCraft-Node-badge',
  '.jp-StratCraft-Edge-badge'
].join();

/** Shows tips in a bubble when the pointer rests. */
export class Tips {
  constructor(private readonly _picture: Picture) {
    const { surface } = _picture;
    surface.addEventListener(
      'pointerover',
      event => {
        if (surface.hasPointerCapture(event.pointerId)) {
          return; // a drag is under way
        }
        const { x, y } = surface.getBoundingClientRect();
        this._enter(event.target, { x: event.clientX - x, y: event.clientY - y });
      },
      { signal: this._abort.signal }
    );
    surface.addEventListener(
      'pointerleave',
      () => {
        this.drop();
      },
      { signal: this._abort.signal }
    );
  }

  /** Offers the tip of an edge; null takes it back. */
  offerEdge(id: string | null, at: IPosition): void {
    const edge = id === null ? undefined : this._picture.scene.edges.get(id);
    this._offer(edge ? findings(edge.problems) : [], at, REST.small);
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

  /** Takes the tip away; a refusal stays. */
  drop(): void {
    window.clearTimeout(this._timer);
    if (!this._picture.bubble.isRefusal) {
      this._picture.bubble.hide();
    }
  }

  /** Stops listening. */
  dispose(): void {
    window.clearTimeout(this._timer);
    this._abort.abort();
  }

  private _enter(target: EventTarget | null, at: IPosition): void {
    const element = target instanceof Element ? target : null;
    const node = element?.closest<HTMLElement>('.jp-StratCraft-Node')?.dataset.node ?? null;
    const isSmall = element?.closest(SMALL) != null;
    if (node !== this._silent) {
      this._silent = null;
    }
    if (element && this._silent === null) {
      this._offer(this._linesFor(element), at, isSmall ? REST.small : REST.box);
    } else {
      this.drop();
    }
  }

  private _offer(lines: readonly IBubbleLine[], at: IPosition, rest: number): void {
    this.drop();
    if (lines.length > 0) {
      this._timer = window.setTimeout(() => {
        this._picture.bubble.explain(lines, at, this._picture.size);
      }, rest);
    }
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
