// Dragging what is selected: boxes, frames, comments; and the corner that changes an area's size.

import type { IExtent } from '../canvasEdits';
import type { IPosition } from '../messages';
import { holds, toDocument, within } from './geometry';
import { shiftedOnGrid } from './grid';
import { edgeToEnter, fitsInto } from './insertion';
import type { IPlaces } from './moving';
import { movedWith, shifted } from './moving';
import type { ISelection } from './selection';
import { toggled } from './selection';
import type { IGesture, IStage } from './stage';
import { isDrag } from './stage';

/** Between the rim and what was let go beyond it. */
const RIM = 12;
const LEAST = { width: 60, height: 34 } as const;

/** What was pressed. */
export type Grabbed = { node: string } | { area: string };

/** Drags the selection; one edit at release. A press without a drag settles the selection. */
export class DragSelection implements IGesture {
  constructor(
    private readonly _stage: IStage,
    private readonly _start: IPosition,
    private readonly _grabbed: Grabbed,
    extend: boolean
  ) {
    this._origin = toDocument(_start, _stage.picture.view);
    const before = _stage.selection;
    if (!isSelected(before, _grabbed)) {
      this._choose(extend ? added(before, _grabbed) : only(_grabbed));
    } else {
      this._onClick = () => {
        this._choose(extend ? without(before, _grabbed) : only(_grabbed));
      };
    }
    const { scene, areas } = _stage.picture;
    this._from = movedWith(scene, areas.areas, _stage.selection);
    this._lead =
      'node' in _grabbed
        ? this._from.boxes.get(_grabbed.node)
        : this._from.areas.get(_grabbed.area);
  }

  readonly pansAtRim = true;

  get cursor(): string {
    return this._stage.isReadOnly ? 'default' : 'grabbing';
  }

  move(at: IPosition): void {
    this._moved ||= !this._stage.isReadOnly && isDrag(this._start, at);
    if (this._moved) {
      this._show(this._placesFor(at));
      this._into = this._edgeUnder(at);
      this._stage.picture.aimEdge(this._into);
    }
  }

  end(at: IPosition): void {
    this._stage.picture.aimEdge(null);
    if (!this._moved) {
      this._onClick?.();
      return;
    }
    const places = this._placesFor(this._droppedAt(at));
    this._show(places);
    this._stage.hold(null);
    this._stage.sendMove(places, this._into === null ? {} : { into: this._into });
  }

  cancel(): void {
    this._stage.picture.aimEdge(null);
    this._show(this._from);
    this._stage.picture.areas.settle();
    this._stage.hold(null);
  }

  private _show({ boxes, areas }: IPlaces): void {
    const { picture } = this._stage;
    this._stage.hold(boxes);
    picture.showAt(boxes);
    picture.areas.showAt(areas);
  }

  private _choose({ nodes, edges, areas }: ISelection): void {
    this._stage.select(nodes, edges, areas);
  }

  private _placesFor(at: IPosition): IPlaces {
    const { scene, areas, view, size } = this._stage.picture;
    // beyond the rim there is nothing to be seen of it
    const now = toDocument(within(at, { x: 0, y: 0, ...size }), view);
    const [dx, dy] = [now.x - this._origin.x, now.y - this._origin.y];
    const places =
      this._stage.isSnapping && this._lead
        ? shiftedOnGrid(this._from, this._lead, dx, dy)
        : shifted(this._from, dx, dy);
    return {
      boxes: new Map([...places.boxes].filter(([id]) => scene.boxes.has(id))),
      areas: new Map([...places.areas].filter(([id]) => areas.areas.has(id)))
    };
  }

  /** Where the pointer has to be for what was grabbed to lie whole in sight, if it was let go outside. */
  private _droppedAt(at: IPosition): IPosition {
    const { scene, areas, view, size } = this._stage.picture;
    const surface = { x: 0, y: 0, ...size };
    const id = 'node' in this._grabbed ? this._grabbed.node : this._grabbed.area;
    const rect = scene.boxes.get(id) ?? areas.areas.get(id);
    if (holds(surface, at) || !rect || !this._lead) {
      return at;
    }
    const grip = {
      x: (this._origin.x - this._lead.x) * view.zoom,
      y: (this._origin.y - this._lead.y) * view.zoom
    };
    return within(at, {
      x: grip.x + RIM,
      y: grip.y + RIM,
      width: size.width - rect.width * view.zoom - 2 * RIM,
      height: size.height - rect.height * view.zoom - 2 * RIM
    });
  }

  /** The edge that the one dragged box would be put into. */
  private _edgeUnder(at: IPosition): string | null {
    const { picture } = this._stage;
    const { scene } = picture;
    const [id, ...others] = this._from.boxes.keys();
    const box = id === undefined ? undefined : scene.boxes.get(id);
    if (!box || others.length > 0 || this._from.areas.size > 0) {
      return null;
    }
    return edgeToEnter(picture, at, edge => fitsInto(scene, box, edge));
  }

  private readonly _origin: IPosition;
  private readonly _from: IPlaces;
  /** The corner of what was grabbed: the one that keeps to the grid. */
  private readonly _lead: IPosition | undefined;
  private _onClick?: () => void;
  private _moved = false;
  private _into: string | null = null;
}

/** Drags the lower right corner of a frame or comment. */
export class ResizeArea implements IGesture {
  constructor(
    private readonly _stage: IStage,
    start: IPosition,
    private readonly _id: string
  ) {
    this._origin = toDocument(start, _stage.picture.view);
    this._from = _stage.picture.areas.areas.get(_id);
  }

  readonly pansAtRim = true;
  readonly cursor = 'nwse-resize';

  move(at: IPosition): void {
    const area = this._areaFor(at);
    if (area) {
      this._stage.picture.areas.showAt(new Map([[this._id, area]]));
    }
  }

  end(at: IPosition): void {
    const area = this._areaFor(at);
    if (area && (area.width !== this._from?.width || area.height !== this._from.height)) {
      this._stage.send({ op: 'resize', id: this._id, area });
    } else {
      this._stage.select([], [], [this._id]);
    }
  }

  cancel(): void {
    if (this._from) {
      const { x, y, width, height } = this._from;
      this._stage.picture.areas.showAt(new Map([[this._id, { x, y, width, height }]]));
    }
    this._stage.picture.areas.settle();
  }

  private _areaFor(at: IPosition): IExtent | null {
    if (!this._from || this._stage.isReadOnly) {
      return null;
    }
    const now = toDocument(at, this._stage.picture.view);
    const { x, y, width, height } = this._from;
    return {
      x,
      y,
      width: Math.max(LEAST.width, Math.round(width + now.x - this._origin.x)),
      height: Math.max(LEAST.height, Math.round(height + now.y - this._origin.y))
    };
  }

  private readonly _origin: IPosition;
  private readonly _from;
}

function isSelected({ nodes, areas }: ISelection, grabbed: Grabbed): boolean {
  return 'node' in grabbed ? nodes.has(grabbed.node) : areas.has(grabbed.area);
}

function only(grabbed: Grabbed): ISelection {
  const nodes = new Set('node' in grabbed ? [grabbed.node] : []);
  const areas = new Set('area' in grabbed ? [grabbed.area] : []);
  return { nodes, edges: new Set(), areas };
}

function added(selection: ISelection, grabbed: Grabbed): ISelection {
  const { nodes, edges, areas } = only(grabbed);
  return {
    nodes: new Set([...selection.nodes, ...nodes]),
    edges: new Set([...selection.edges, ...edges]),
    areas: new Set([...selection.areas, ...areas])
  };
}

function without(selection: ISelection, grabbed: Grabbed): ISelection {
  return 'node' in grabbed
    ? { ...selection, nodes: new Set(toggled(selection.nodes, grabbed.node)) }
    : { ...selection, areas: new Set(toggled(selection.areas, grabbed.area)) };
}
