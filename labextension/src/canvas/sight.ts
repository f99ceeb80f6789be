// Where one looks: the viewport on a surface, and the ways it is moved.

import { Camera } from './camera';
import type { IRect, ISize, IViewport } from './geometry';
import { boundsOf, encloses, fitViewport, revealViewport, visibleRect } from './geometry';

const PADDING = 14;
/** The legend lies over the lower edge. */
const LEGEND_ROOM = 26;

/** Moves the viewport of one surface. */
export class Sight {
  constructor(
    /** What there is to see. */
    private readonly _everything: () => Iterable<IRect>,
    onMove: (view: IViewport) => void
  ) {
    this._camera = new Camera(onMove);
  }

  /** Where it stands. */
  get view(): IViewport {
    return this._camera.view;
  }

  /** Size of the surface; zero while it is hidden. */
  get size(): ISize {
    return this._size;
  }

  /** Whether the surface can be seen. */
  get isVisible(): boolean {
    return this._size.width > 0 && this._size.height > 0;
  }

  /** Whether one still looks at everything, because nobody has looked closer. */
  get isFitted(): boolean {
    return this._isFitted;
  }

  /** The surface has this size now. */
  resize(size: ISize): void {
    this._size = size;
    if (this._isFitted) {
      this.fit('at once');
    }
  }

  /** Looks where the user says. */
  look(view: IViewport): void {
    this._isFitted = false;
    this._camera.jump(view);
  }

  /** Looks at everything, and keeps doing so while the size changes. */
  fit(how: 'at once' | 'gliding'): void {
    this._isFitted = true;
    this._fit(this._everything(), how);
  }

  /** Looks at these only. */
  fitTo(wanted: Iterable<IRect>): void {
    this._isFitted = false;
    this._fit(wanted, 'gliding');
  }

  /** Moves no more than it takes to see these. */
  reveal(wanted: Iterable<IRect>): void {
    const bounds = boundsOf(wanted);
    if (bounds && this.isVisible && !encloses(visibleRect(this.view, this._size), bounds)) {
      this._isFitted = false;
      this._camera.glide(revealViewport(this.view, bounds, this._size, PADDING));
    }
  }

  /** Stops where it is. */
  dispose(): void {
    this._camera.dispose();
  }

  private _fit(wanted: Iterable<IRect>, how: 'at once' | 'gliding'): void {
    const bounds = boundsOf(wanted);
    if (bounds && this.isVisible) {
      const { width, height } = this._size;
      const above = { width, height: Math.max(1, height - LEGEND_ROOM) };
      const view = fitViewport(bounds, above, PADDING);
      if (how === 'gliding') {
        this._camera.glide(view);
      } else {
        this._camera.jump(view);
      }
    }
  }

  private readonly _camera: Camera;
  private _size: ISize = { width: 0, height: 0 };
  private _isFitted = true;
}
