// What lies on edges: badges of those with findings, and the ring of the one that has the focus.

import type { IPosition } from '../messages';
import { pointsOf } from './curve';
import { make } from './dom';
import type { IViewport } from './geometry';
import type { IScene, ISceneEdge } from './scene';
import { edgeCurve } from './scene';
import { spokenEdge } from './spoken';

/** The middle of an edge in the document; null if an end is gone. */
export function middleOf(scene: IScene, edge: ISceneEdge): IPosition | null {
  const curve = edgeCurve(scene, edge);
  const points = curve ? pointsOf(curve) : [];
  return points[Math.floor(points.length / 2)] ?? null;
}

/** The layer of marks on edges. */
export class EdgeMarks {
  constructor() {
    // two, so that each edge that gets the focus is another element to a screen reader
    this._rings = [makeRing(), makeRing()];
    this.node.append(...this._rings);
  }

  readonly node = make('div', 'jp-StratCraft-EdgeMarks');

  /** Shows what a scene has. */
  draw(scene: IScene): void {
    const troubled = [...scene.edges.values()].filter(edge => edge.severity !== null);
    const gone = new Set(this._badges.keys());
    for (const edge of troubled) {
      gone.delete(edge.id);
      const badge = this._badges.get(edge.id) ?? this._add(edge.id);
      badge.dataset.severity = edge.severity ?? '';
      badge.setAttribute('aria-label', spokenEdge(scene, edge));
    }
    for (const id of gone) {
      this._badges.get(id)?.remove();
      this._badges.delete(id);
    }
    this.place(scene);
  }

  /** Follows edges that move. */
  place(scene: IScene): void {
    for (const [id, badge] of this._badges) {
      put(badge, scene, id);
    }
    const ring = this._rings[this._at];
    if (this._current !== null && ring) {
      ring.setAttribute('aria-label', spokenOf(scene, this._current));
      put(ring, scene, this._current);
    }
  }

  /** Puts the ring on an edge; the result is its element. */
  point(scene: IScene, id: string | null): HTMLElement | null {
    for (const ring of this._rings) {
      ring.hidden = true;
    }
    this._current = id;
    if (id === null) {
      return null;
    }
    this._at = 1 - this._at;
    const ring = this._rings[this._at];
    if (!ring) {
      return null;
    }
    ring.hidden = false;
    this.place(scene);
    return ring;
  }

  /** Shows another part of the document. */
  setViewport({ panX, panY, zoom }: IViewport): void {
    this.node.style.transform = `translate(${panX}px, ${panY}px) scale(${zoom})`;
  }

  private _add(id: string): HTMLElement {
    const badge = make('div', 'jp-StratCraft-Edge-badge', { role: 'img', 'data-edge': id }, '!');
    this._badges.set(id, badge);
    this.node.append(badge);
    return badge;
  }

  private readonly _badges = new Map<string, HTMLElement>();
  private readonly _rings: HTMLElement[];
  private _at = 0;
  private _current: string | null = null;
}

let rings = 0;

function makeRing(): HTMLElement {
  return make('div', 'jp-StratCraft-Edge-ring', {
    id: `jp-StratCraft-ring-${rings++}`,
    role: 'img',
    'aria-roledescription': 'connection',
    hidden: ''
  });
}

function spokenOf(scene: IScene, id: string): string {
  const edge = scene.edges.get(id);
  return edge ? spokenEdge(scene, edge) : '';
}

function put(element: HTMLElement, scene: IScene, id: string): void {
  const edge = scene.edges.get(id);
  const at = edge && middleOf(scene, edge);
  if (at) {
    element.style.left = `${at.x}px`;
    element.style.top = `${at.y}px`;
  }
}
