// The keyboard's place on the canvas: a box or an area has the focus itself; a port and an edge are
// named to screen readers by the element that has it, because both are drawn anew at any time.

import type { Picture } from './picture';
import type { IEnd } from './fit';
import type { Spot } from './spot';
import { isThere } from './spot';

/** Keeps the place. */
export class Cursor {
  constructor(private readonly _picture: Picture) {
    const { surface } = _picture;
    const { signal } = this._abort;
    const clear = (): void => {
      this._point(null);
    };
    surface.addEventListener('pointerdown', clear, { signal, capture: true });
    surface.addEventListener(
      'focusout',
      event => {
        const next = event.relatedTarget;
        if (!(next instanceof Node && surface.contains(next))) {
          clear();
        }
      },
      { signal }
    );
  }

  /** Where the keyboard is; null on the surface itself, and outside. */
  get spot(): Spot | null {
    const { _picture: picture, _inner: inner } = this;
    const node = picture.focus.node;
    if (node !== null) {
      const isPort = inner?.kind === 'port' && inner.end.node === node;
      return this._known(isPort ? inner : { kind: 'node', id: node });
    }
    const area = picture.focus.area;
    if (area !== null) {
      return this._known({ kind: 'area', id: area });
    }
    const isOnSurface = document.activeElement === picture.surface;
    return isOnSurface && inner?.kind === 'edge' ? this._known(inner) : null;
  }

  /** Goes somewhere, and brings it into sight. */
  go(spot: Spot | null): void {
    const { _picture: picture } = this;
    this._point(null);
    switch (spot?.kind) {
      case undefined:
        picture.focus.goTo(null);
        break;
      case 'node':
        picture.focus.goTo(spot.id);
        picture.reveal([spot.id]);
        break;
      case 'area':
        picture.focus.goToArea(spot.id);
        picture.revealAreas([spot.id]);
        break;
      case 'port':
        picture.focus.goTo(spot.end.node);
        picture.reveal([spot.end.node]);
        this._point(spot);
        break;
      case 'edge':
        picture.focus.goTo(null);
        picture.revealEdge(spot.id);
        this._point(spot);
        break;
    }
  }

  /** Goes to a new box; the view has its own way to follow what is new. */
  arrive(node: string): void {
    this._point(null);
    this._picture.focus.goTo(node);
  }

  /** The port that has the focus. */
  get port(): IEnd | null {
    const { spot } = this;
    return spot?.kind === 'port' ? spot.end : null;
  }

  /** Stops listening. */
  dispose(): void {
    this._abort.abort();
  }

  private _known(spot: Spot): Spot | null {
    const { scene, areas } = this._picture;
    return isThere(scene, areas.areas, spot) ? spot : null;
  }

  private _point(spot: Extract<Spot, { kind: 'port' | 'edge' }> | null): void {
    if (this._inner === null && spot === null) {
      return;
    }
    this._inner = spot;
    this._picture.focus.pointAtPort(spot?.kind === 'port' ? spot.end : null);
    this._picture.focus.pointAtEdge(spot?.kind === 'edge' ? spot.id : null);
  }

  private readonly _abort = new AbortController();
  private _inner: Extract<Spot, { kind: 'port' | 'edge' }> | null = null;
}
