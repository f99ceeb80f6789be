// The picture on the screen: the surface with its layers, the scene they show, and where one looks.

import type { IPosition } from '../messages';
import { AreaLayer } from './areaLayer';
import { BoxLayer } from './boxLayer';
import { Bubble } from './bubble';
import { make } from './dom';
import { Drawers } from './drawers';
import { EdgeLayer } from './edgeLayer';
import { EdgeMarks, middleOf } from './edgeMarks';
import type { IEnd } from './fit';
import type { IRect, ISize, IViewport } from './geometry';
import { boundsOf, visibleRect } from './geometry';
import { GRID } from './grid';
import { Overlay } from './overlay';
import { PictureFocus } from './pictureFocus';
import type { IBox, IScene } from './scene';
import { EMPTY_SCENE } from './scene';
import type { ISceneChange } from './sceneDiff';
import { diffScenes, isNoChange } from './sceneDiff';
import type { ISelection } from './selection';
import { Sight } from './sight';
import { Theme } from './theme';

/** Below these zooms small text is left out, then all text. */
const FAR_ZOOM = 0.45;
const OVERVIEW_ZOOM = 0.22;
const NO_NODES =
  'No nodes yet. Begin with Bars: find it under Data on the left, or double-click here and type.';

/** Who follows what a picture shows. */
export interface IPictureWatch {
  /** One looks elsewhere. */
  looked(view: IViewport): void;
  /** Something was drawn anew. */
  drawn?(): void;
  /** Boxes are being moved. */
  moved?(): void;
}

/** What is drawn, and how it is looked at. */
export class Picture {
  constructor(root: HTMLElement) {
    this._sight = new Sight(
      () => [...this._scene.boxes.values(), ...this.areas.areas.values()],
      () => this._legend?.offsetHeight ?? 0,
      view => {
        this._edges.setViewport(view);
        this._isViewLate = true;
        this._tell(watch => {
          watch.looked(view);
        });
      }
    );
    this._empty = make('div', 'jp-StratCraft-Empty', {}, NO_NODES);
    this.surface = make('div', 'jp-StratCraft-Surface', {
      tabindex: '0',
      role: 'application',
      'aria-roledescription': 'graph editor'
    });
    root.append(this.surface);
    this._theme = new Theme(root, colors => {
      this._edges.setColors(colors);
    });
    this._edges = new EdgeLayer(this._theme.colors(), () => {
      this._catchUp();
    });
    const layers = [this.areas, this._edges, this._boxes, this._marks, this.overlay];
    this.surface.append(...layers.map(layer => layer.node), this._empty, this.bubble.node);
    this._drawers = new Drawers(this.surface, this._boxes);
    this.focus = new PictureFocus(
      this.surface,
      this._boxes,
      this.areas,
      this._marks,
      () => this._scene
    );
    this._observer = new ResizeObserver(() => {
      this._resize();
    });
    this._observer.observe(this.surface);
  }

  readonly surface: HTMLElement;
  readonly overlay = new Overlay();
  readonly bubble = new Bubble();
  readonly areas = new AreaLayer();
  readonly focus: PictureFocus;

  /** The boxes where they are shown now, and the edges. */
  get scene(): IScene {
    return this._scene;
  }

  /** The same with the boxes as large as they are now: some ports are in sight for a moment only. */
  get shown(): IScene {
    return this._drawers.shown(this._scene);
  }

  /** Puts the legend on; what is shown whole stays clear of it. */
  setLegend(legend: HTMLElement): void {
    this._legend = legend;
    this.surface.append(legend);
  }

  /** Tells somebody from now on. */
  follow(watch: IPictureWatch): void {
    this._watches.push(watch);
  }

  /** Where one looks. */
  get view(): IViewport {
    return this._sight.view;
  }

  /** Size of the surface; zero while it is hidden. */
  get size(): ISize {
    return this._sight.size;
  }

  /** What of the document is in sight, with nothing over it. */
  get sight(): IRect {
    return visibleRect(this.view, this._sight.room);
  }

  /** Shows another scene; tells what changed, or null if nothing did. */
  draw(scene: IScene): ISceneChange | null {
    const change = diffScenes(this._scene, scene);
    this._scene = scene;
    this._empty.hidden = scene.boxes.size > 0;
    this.surface.setAttribute(
      'aria-label',
      `Strategy canvas, ${scene.boxes.size} nodes, ${scene.edges.size} connections. Press ? for its keys.`
    );
    this._marks.draw(scene);
    this._tell(watch => {
      watch.drawn?.();
    });
    if (isNoChange(change)) {
      return null;
    }
    this._boxes.apply(change);
    this._drawers.draw(scene, change);
    this._edges.apply(change, scene);
    return change;
  }

  /** Shows some boxes elsewhere. */
  showAt(places: ReadonlyMap<string, IPosition>): void {
    const boxes = new Map(this._scene.boxes);
    const moved: IBox[] = [];
    for (const [id, { x, y }] of places) {
      const box = boxes.get(id);
      if (box && (box.x !== x || box.y !== y)) {
        const there = { ...box, x, y };
        boxes.set(id, there);
        moved.push(there);
      }
    }
    this._scene = { boxes, edges: this._scene.edges };
    this._edges.place(moved, this._scene);
    this._marks.place(this._scene);
    this._late.push(...moved);
    this._tell(watch => {
      watch.moved?.();
    });
  }

  /** Marks what is selected. */
  mark({ nodes, edges, areas }: ISelection): void {
    this.areas.select(areas);
    this._boxes.select(nodes);
    this._drawers.select(nodes);
    this._edges.select(edges);
  }

  /** Marks the edge under the pointer. */
  hover(edge: string | null): void {
    this._edges.hover(edge);
  }

  /** Marks the edge that a box would be dropped into. */
  aimEdge(edge: string | null): void {
    this._edges.aim(edge);
  }

  /** Lights up where an edge from this end could go; null ends that. */
  showFitting(from: IEnd | null, ends: readonly IEnd[]): void {
    this._drawers.offer(from, ends);
    this._boxes.showFitting(from, ends);
    this._edges.fade(from !== null);
  }

  /** Marks the port that a drop would go to. */
  aim(end: IEnd | null): void {
    this._boxes.aim(end);
  }

  /** Looks where the user says. */
  look(view: IViewport): void {
    this._sight.look(view);
  }

  /** Stays where it is while the size of the surface changes. */
  settle(): void {
    this._sight.settle();
  }

  /** Looks at everything, and keeps doing so while the size changes. */
  fit(how: 'at once' | 'gliding'): void {
    this._sight.fit(how);
  }

  /** Looks at these boxes, frames and comments only. */
  fitTo(boxes: Iterable<string>, areas: Iterable<string>): void {
    const wanted = [...boxes].flatMap(id => this._scene.boxes.get(id) ?? []);
    this._sight.fitTo([...wanted, ...[...areas].flatMap(id => this.areas.areas.get(id) ?? [])]);
  }

  /** Moves no more than it takes to see these boxes. */
  reveal(ids: Iterable<string>): void {
    this._sight.reveal([...ids].flatMap(id => this._scene.boxes.get(id) ?? []));
  }

  /** The same for frames and comments. */
  revealAreas(ids: Iterable<string>): void {
    this._sight.reveal([...ids].flatMap(id => this.areas.areas.get(id) ?? []));
  }

  /** The same for a place in the document. */
  revealPlace(place: IRect): void {
    this._sight.reveal([place]);
  }

  /** The same for an edge: both its nodes if they fit, else its middle. */
  revealEdge(id: string): void {
    const edge = this._scene.edges.get(id);
    const middle = edge && middleOf(this._scene, edge);
    if (!edge || !middle) {
      return;
    }
    const ends = [edge.sourceNode, edge.targetNode].flatMap(id => this._scene.boxes.get(id) ?? []);
    const bounds = boundsOf(ends);
    const room = visibleRect(this.view, this.size);
    const isSmall = bounds && bounds.width <= room.width && bounds.height <= room.height;
    this._sight.reveal(isSmall ? ends : [{ ...middle, width: 1, height: 1 }]);
  }

  /** Draws the eye to a box for a moment. */
  flash(id: string): void {
    this._boxes.flash(id);
  }

  /** Frees everything. */
  dispose(): void {
    this._observer.disconnect();
    this._theme.dispose();
    this._sight.dispose();
    this._drawers.dispose();
    this.bubble.hide();
    this._edges.dispose();
    this.surface.remove();
  }

  /** Moves the other layers when the edges have been painted: all in one frame, or they drift apart. */
  private _catchUp(): void {
    this._boxes.place(this._late.splice(0));
    if (!this._isViewLate) {
      return;
    }
    this._isViewLate = false;
    const { panX, panY, zoom } = this.view;
    const spacing = GRID * zoom * (zoom < FAR_ZOOM ? 4 : 1);
    this.overlay.setViewport(this.view);
    this.areas.setViewport(this.view);
    this._marks.setViewport(this.view);
    this._boxes.node.style.transform = `translate(${panX}px, ${panY}px) scale(${zoom})`;
    this.surface.style.backgroundSize = `${spacing}px ${spacing}px`;
    this.surface.style.backgroundPosition = `${panX}px ${panY}px`;
    this.surface.classList.toggle('jp-mod-far', zoom < FAR_ZOOM);
    this.surface.classList.toggle('jp-mod-overview', zoom < OVERVIEW_ZOOM);
  }

  private _tell(tell: (watch: IPictureWatch) => void): void {
    this._watches.forEach(tell);
  }

  private _resize(): void {
    const wasVisible = this._sight.isVisible;
    const { clientWidth: width, clientHeight: height } = this.surface;
    const isVisible = width > 0 && height > 0;
    if (isVisible) {
      this._edges.resize({ width, height });
      if (!wasVisible) {
        this._edges.setColors(this._theme.colors()); // a hidden canvas misses changes of theme
      }
    }
    this._sight.resize({ width, height });
    this._tell(watch => {
      watch.looked(this.view);
    });
  }

  private readonly _watches: IPictureWatch[] = [];
  private readonly _boxes = new BoxLayer();
  private readonly _marks = new EdgeMarks();
  private readonly _drawers: Drawers;
  private readonly _edges: EdgeLayer;
  private readonly _empty: HTMLElement;
  private readonly _sight: Sight;
  private readonly _theme: Theme;
  private readonly _observer: ResizeObserver;
  private _legend: HTMLElement | null = null;
  private _scene: IScene = EMPTY_SCENE;
  private _late: IBox[] = [];
  private _isViewLate = false;
}
