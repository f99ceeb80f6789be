// The viewport over time: jumps, glides, and tells who draws.

import type { IViewport } from './geometry';

const GLIDE = 180;

/** Holds the viewport and moves it. */
export class Camera {
  constructor(private readonly _onMove: (view: IViewport) => void) {}

  /** Where it stands now. */
  get view(): IViewport {
    return this._view;
  }

  /** Goes there at once. */
  jump(view: IViewport): void {
    cancelAnimationFrame(this._frame);
    this._set(view);
  }

  /** Goes there smoothly, unless the user asked for less motion. */
  glide(to: IViewport): void {
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.jump(to);
      return;
    }
    cancelAnimationFrame(this._frame);
    const from = this._view;
    const begin = performance.now();
    const step = (now: number): void => {
      const part = Math.min(1, Math.max(0, (now - begin) / GLIDE));
      this._set(between(from, to, 1 - (1 - part) ** 3));
      if (part < 1) {
        this._frame = requestAnimationFrame(step);
      }
    };
    this._frame = requestAnimationFrame(step);
  }

  /** Stops where it is. */
  dispose(): void {
    cancelAnimationFrame(this._frame);
  }

  private _set(view: IViewport): void {
    this._view = view;
    this._onMove(view);
  }

  private _view: IViewport = { panX: 0, panY: 0, zoom: 1 };
  private _frame = 0;
}

function between(from: IViewport, to: IViewport, part: number): IViewport {
  const mix = (one: number, other: number): number => one + (other - one) * part;
  return {
    panX: mix(from.panX, to.panX),
    panY: mix(from.panY, to.panY),
    zoom: mix(from.zoom, to.zoom)
  };
}
