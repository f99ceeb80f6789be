// Where the keyboard is on a picture: on a box, a frame or comment, a port, or a connection.

import type { AreaLayer } from './areaLayer';
import type { BoxLayer } from './boxLayer';
import type { EdgeMarks } from './edgeMarks';
import type { IEnd } from './fit';
import type { IScene } from './scene';

/** Moves and marks the keyboard focus. */
export class PictureFocus {
  constructor(
    private readonly _surface: HTMLElement,
    private readonly _boxes: BoxLayer,
    private readonly _areas: AreaLayer,
    private readonly _marks: EdgeMarks,
    private readonly _scene: () => IScene
  ) {}

  /** The box that has it. */
  get node(): string | null {
    return this._active()?.dataset.node ?? null;
  }

  /** The frame or comment that has it. */
  get area(): string | null {
    return this._active()?.dataset.area ?? null;
  }

  /** Gives it to a box, or to the surface. */
  goTo(node: string | null): void {
    if (node === null) {
      this._surface.focus({ preventScroll: true });
    } else {
      this._boxes.focus(node);
    }
  }

  /** Gives it to a frame or comment. */
  goToArea(id: string): void {
    this._areas.focus(id);
  }

  /** Marks the port that the keyboard is at. */
  pointAtPort(end: IEnd | null): void {
    this._boxes.point(end);
  }

  /** Marks the edge that the keyboard is at. */
  pointAtEdge(id: string | null): void {
    const ring = this._marks.point(this._scene(), id);
    if (ring) {
      this._surface.setAttribute('aria-activedescendant', ring.id);
    } else {
      this._surface.removeAttribute('aria-activedescendant');
    }
  }

  private _active(): HTMLElement | null {
    const active = document.activeElement;
    return active instanceof HTMLElement && this._surface.contains(active) ? active : null;
  }
}
