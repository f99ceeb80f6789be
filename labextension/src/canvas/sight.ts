// Where one looks: the viewport on a surface, and the ways it is moved.

import { Camera } from './camera';
import type { IRect, ISize, IViewport } from './geometry';
import { boundsOf, encloses, fitViewport, revealViewport, visibleRect } from './geometry';

const PADDING = 14;
/** Where the first node of an empty strategy lies: the rest goes to the right. */
const ORIGIN = { across: 0.2, down: 0.35 } as const;

/** Moves the viewport of one surface. */
export class Sight {
  constructor(
    /** What there is to see. */
    private readonly _everything: () => Iterable<IRect>,
    /** How much of the lower edge something else lies over. */
    private readonly _covered: () => number,
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

  /** The part of it that nothing lies over. */
  get room(): ISize {
    const { width, height } = this._size;
    return { width, height: Math.max(1, height - this._covered()) };
  }

  /** Whether the surface can be seen. */
  get isVisible(): boolean {
    return this._size.width > 0 && this._size.height > 0;
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

  /** Stays where it is while the size changes, as after a look of the user. */
  settle(): void {
    this._isFitted &&= !this.isVisible;
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
    if (bounds && this.isVisible && !encloses(visibleRect(this.view, this.room), bounds)) {
      this._isFitted = false;
      this._camera.glide(revealViewport(this.view, bounds, this.room, PADDING));
    }
  }

  /** Stops where it is. */
  dispose(): void {
    this._camera.dispose();
  }

  private _fit(wanted: Iterable<IRect>, how: 'at once' | 'gliding'): void {
    const bounds = boundsOf(wanted);
    if (this.isVisible) {
      const { width, height } = this.room;
      const view = bounds
        ? fitViewport(bounds, this.room, PADDING)
        : { zoom: 1, panX: width * ORIGIN.across, panY: height * ORIGIN.down };
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
