// The layer of edges: a canvas under the boxes, painted anew in each frame in which something changed.

import { make } from './dom';
import type { IPaintedEdge } from './edgePaint';
import { paintEdge, shapeEdge } from './edgePaint';
import type { ISize, IViewport } from './geometry';
import { overlaps, visibleRect } from './geometry';
import type { IBox, IScene, ISceneEdge } from './scene';
import { edgeCurve } from './scene';
import type { ISceneChange } from './sceneDiff';
import type { IEdgeColors } from './theme';

/** How much of an edge is left while another one is drawn. */
const FADED = 0.25;

/** The layer of edges. */
export class EdgeLayer {
  /**
   * @param colors what to paint with
   * @param onPainted called in each frame in which edges were painted, when they have been
   */
  constructor(
    private _colors: IEdgeColors,
    private readonly _onPainted: () => void
  ) {
    this.node = make('canvas', 'jp-StratCraft-Edges', { 'aria-hidden': 'true' });
    this._context = this.node.getContext('2d');
  }

  readonly node: HTMLCanvasElement;

  /** Brings the edges from one scene to the next. */
  apply(change: ISceneChange, scene: IScene): void {
    // a box that comes, goes or moves may be in the way of any edge, or out of it
    const isShifted = [change.added, change.removed, change.changed, change.moved].some(
      list => list.length > 0
    );
    const isTouched = new Set([...change.edgesAdded, ...change.edgesChanged].map(edge => edge.id));
    const before = this._edges;
    this._edges = new Map();
    for (const edge of scene.edges.values()) {
      const old = before.get(edge.id);
      if (old && !isShifted && !isTouched.has(edge.id)) {
        this._edges.set(edge.id, old);
      } else {
        this._shape(edge, scene);
      }
    }
    this._ask();
  }

  /** Follows boxes that move. */
  place(boxes: readonly IBox[], scene: IScene): void {
    const moving = new Set(boxes.map(box => box.id));
    for (const edge of scene.edges.values()) {
      if (moving.has(edge.sourceNode) || moving.has(edge.targetNode)) {
        this._shape(edge, scene);
      }
    }
    this._ask();
  }

  /** Marks the selected edges. */
  select(ids: ReadonlySet<string>): void {
    this._selected = ids;
    this._ask();
  }

  /** Marks the edge under the pointer. */
  hover(id: string | null): void {
    this._hovered = id;
    this._ask();
  }

  /** Marks the edge that a box would be dropped into; null marks none. */
  aim(id: string | null): void {
    if (id !== this._aimed) {
      this._aimed = id;
      this._ask();
    }
  }

  /** Fades all edges, while a new one is drawn. */
  fade(isFaded: boolean): void {
    this._isFaded = isFaded;
    this._ask();
  }

  /** Shows another part of the document. */
  setViewport(view: IViewport): void {
    this._view = view;
    this._ask();
  }

  /** Paints with other colours. */
  setColors(colors: IEdgeColors): void {
    this._colors = colors;
    this._ask();
  }

  /** Takes on a size; a canvas is empty then, so it is painted at once. */
  resize(size: ISize): void {
    this._size = size;
    this._paint();
  }

  /** Stops painting. */
  dispose(): void {
    cancelAnimationFrame(this._frame);
  }

  private _shape(edge: ISceneEdge, scene: IScene): void {
    const curve = edgeCurve(scene, edge);
    if (curve) {
      this._edges.set(edge.id, shapeEdge(edge, curve));
    }
  }

  /** Paints before the next frame, however much changes until then. */
  private _ask(): void {
    if (this._frame === 0) {
      this._frame = requestAnimationFrame(() => {
        this._frame = 0;
        this._paint();
        this._onPainted();
      });
    }
  }

  private _paint(): void {
    const { width, height } = this._size;
    const context = this._context;
    if (!context || width === 0 || height === 0) {
      return;
    }
    const ratio = window.devicePixelRatio;
    this._fit(Math.round(width * ratio), Math.round(height * ratio));
    const { panX, panY, zoom } = this._view;
    context.resetTransform();
    context.clearRect(0, 0, this.node.width, this.node.height);
    context.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * panX, ratio * panY);
    context.globalAlpha = this._isFaded ? FADED : 1;
    const seen = visibleRect(this._view, this._size);
    for (const [id, painted] of this._edges) {
      if (overlaps(painted.bounds, seen)) {
        const marks = {
          isSelected: this._selected.has(id),
          isHovered: id === this._hovered,
          isAimed: id === this._aimed
        };
        paintEdge(context, painted, marks, this._colors);
      }
    }
    this.node.dataset.edges = String(this._edges.size);
  }

  /** Gives the canvas as many pixels as the screen has; to set them empties it and takes time. */
  private _fit(width: number, height: number): void {
    if (this.node.width !== width || this.node.height !== height) {
      this.node.width = width;
      this.node.height = height;
    }
  }

  private readonly _context: CanvasRenderingContext2D | null;
  private _edges = new Map<string, IPaintedEdge>();
  private _view: IViewport = { panX: 0, panY: 0, zoom: 1 };
  private _size: ISize = { width: 0, height: 0 };
  private _selected: ReadonlySet<string> = new Set();
  private _hovered: string | null = null;
  private _aimed: string | null = null;
  private _isFaded = false;
  private _frame = 0;
}
