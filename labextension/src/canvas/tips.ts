// What a resting pointer is told: a box, a port, a finding, an edge.

import type { IPosition } from '../messages';
import type { IBubbleLine } from './bubble';
import type { Picture } from './picture';
import type { IBox, IBoxPort } from './scene';
import { findPort } from './scene';
import type { IDiagnostic } from './state';

const REST = 550;

/** Shows tips in a bubble when the pointer rests. */
export class Tips {
  constructor(private readonly _picture: Picture) {
    const { surface } = _picture;
    surface.addEventListener(
      'pointerover',
      event => {
        const lines = event.target instanceof Element ? this._linesFor(event.target) : [];
        const rect = surface.getBoundingClientRect();
        this._offer(lines, { x: event.clientX - rect.left, y: event.clientY - rect.top });
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
    this._offer(edge ? findings(edge.problems) : [], at);
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

  private _offer(lines: readonly IBubbleLine[], at: IPosition): void {
    this.drop();
    if (lines.length > 0) {
      this._timer = window.setTimeout(() => {
        this._picture.bubble.explain(lines, at, this._picture.size);
      }, REST);
    }
  }

  private _linesFor(target: Element): IBubbleLine[] {
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
  private _timer = 0;
}

function boxLines(box: IBox): IBubbleLine[] {
  const lines: IBubbleLine[] = [{ text: box.title, look: 'title' }];
  if (box.detail) {
    lines.push({ text: box.detail });
  }
  if (box.help) {
    lines.push({ text: box.help, look: 'muted' });
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

function findings(problems: readonly IDiagnostic[]): IBubbleLine[] {
  return problems.map(({ message, hint, severity }) => ({
    text: `${message} ${hint}`.trim(),
    look: severity
  }));
}
