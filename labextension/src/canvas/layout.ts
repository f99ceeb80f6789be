// Arranging boxes with the frames and comments among them: what is laid out together, and where it goes.

import type { IExtent, IPosition } from '../canvasEdits';
import type { IArea } from './areas';
import type { INamedRect } from './arranging';
import type { IRect } from './geometry';
import { boundsOf, encloses, overlaps } from './geometry';
import type { Pair } from './layering';
import { layered } from './layering';
import type { IScene } from './scene';

/** Room round what a frame holds; above it stands the title. */
export const ROOM = { side: 24, top: 38, bottom: 24 } as const;

/** How near a box a comment is taken to be about it. */
const ABOUT = 60;
const GAP = 28;

/** New corners of boxes and comments, and new places and sizes of frames. */
export interface ILayout {
  boxes: Map<string, IPosition>;
  areas: Map<string, IPosition | IExtent>;
}

/** Something laid out as one: a box or a frame, with the comments about it. */
interface IItem extends INamedRect {
  /** What is in it, relative to its corner. */
  boxes: Map<string, IPosition>;
  areas: Map<string, IPosition | IExtent>;
}

/** Arranges some boxes, or all; the upper left corner of them all stays where it is. */
export function arrangedLayout(
  scene: IScene,
  areas: ReadonlyMap<string, IArea>,
  chosen: ReadonlySet<string> | null
): ILayout {
  const boxes = [...scene.boxes.values()].filter(box => chosen?.has(box.id) ?? true);
  const before = boundsOf(boxes);
  if (!before) {
    return { boxes: new Map(), areas: new Map() };
  }
  const ids = new Set(boxes.map(box => box.id));
  const moving = new Map(
    [...areas].filter(
      ([, area]) =>
        chosen === null || (area.nodes.length > 0 && area.nodes.every(node => ids.has(node)))
    )
  );
  const whole = new Group(scene, ids, moving).laidOut();
  const outer = boundsOf([before, ...framesAt(moving)]) ?? before;
  const others = [...scene.boxes.values()].filter(box => !ids.has(box.id));
  const corner = freeCorner({ ...whole, x: outer.x, y: outer.y }, chosen === null ? [] : others);
  const result = shifted(whole, corner);
  grow(result, scene, areas, moving);
  return result;
}

/** The boxes and areas that are laid out together: all, or what one frame holds. */
class Group {
  constructor(
    private readonly _scene: IScene,
    private readonly _nodes: ReadonlySet<string>,
    private readonly _areas: ReadonlyMap<string, IArea>
  ) {}

  /** What it becomes, from its own corner on. */
  laidOut(): IItem {
    const items = this._items();
    const loose = this._attach(items);
    const owner = new Map(
      items.flatMap(item => [...item.boxes.keys()].map(node => [node, item.id] as const))
    );
    const pairs: Pair[] = [];
    for (const { sourceNode, targetNode } of this._scene.edges.values()) {
      const [source, target] = [owner.get(sourceNode), owner.get(targetNode)];
      if (source !== undefined && target !== undefined) {
        pairs.push([source, target]);
      }
    }
    const places = layered(items, pairs);
    const placed = items.map(item => ({ ...item, ...places.get(item.id) }));
    return joined([...placed, ...inRowAbove(loose)]);
  }

  /** Boxes that no frame of the group holds, and the outermost frames with what they hold. */
  private _items(): IItem[] {
    const frames = [...this._areas.values()].filter(({ kind }) => kind === 'frame');
    const outer = frames.filter(frame => !frames.some(other => isInside(frame, other)));
    const items: IItem[] = [];
    const held = new Set<string>();
    for (const frame of outer) {
      const inner = new Map([...this._areas].filter(([, area]) => isInside(area, frame)));
      const nodes = [frame, ...inner.values()].flatMap(area => area.nodes);
      const own = new Set(nodes.filter(node => this._nodes.has(node)));
      own.forEach(node => held.add(node));
      if (own.size > 0) {
        items.push(framed(frame, new Group(this._scene, own, inner).laidOut()));
      }
    }
    for (const node of this._nodes) {
      const box = this._scene.boxes.get(node);
      if (box && !held.has(node)) {
        const { id, x, y, width, height } = box;
        const boxes = new Map([[id, { x: 0, y: 0 }]]);
        items.push({ id: `node ${id}`, x, y, width, height, boxes, areas: new Map() });
      }
    }
    return items;
  }

  /** Lets comments go with the item they are about; those about none are left over. */
  private _attach(items: IItem[]): IItem[] {
    const taken = new Set(items.flatMap(item => [...item.areas.keys()]));
    const loose: IItem[] = [];
    const about = new Map<number, IArea[]>();
    for (const area of [...this._areas.values()].filter(({ id }) => !taken.has(id))) {
      const distances = items.map(item => distance(area, item));
      const nearest = Math.min(...distances);
      if (area.kind === 'comment' && nearest <= ABOUT) {
        const index = distances.indexOf(nearest);
        about.set(index, [...(about.get(index) ?? []), area]);
      } else {
        loose.push(alone(area));
      }
    }
    for (const [index, comments] of about) {
      const item = items[index];
      if (item) {
        items[index] = { ...joined([item, ...comments.map(alone)]), id: item.id };
      }
    }
    return loose;
  }
}

function alone({ id, x, y, width, height }: IArea): IItem {
  const areas = new Map([[id, { x: 0, y: 0 }]]);
  return { id: `area ${id}`, x, y, width, height, boxes: new Map(), areas };
}

/** A frame round what it holds. */
function framed({ id, x, y }: IArea, inner: IItem): IItem {
  const width = Math.round(inner.width + 2 * ROOM.side);
  const height = Math.round(inner.height + ROOM.top + ROOM.bottom);
  const { boxes, areas } = shifted(inner, { x: ROOM.side, y: ROOM.top });
  areas.set(id, { x: 0, y: 0, width, height });
  return { id: `area ${id}`, x, y, width, height, boxes, areas };
}

/** Several items as they stand, as one. */
function joined(items: readonly IItem[]): IItem {
  const bounds = boundsOf(items) ?? { x: 0, y: 0, width: 0, height: 0 };
  const whole: IItem = { id: '', ...bounds, boxes: new Map(), areas: new Map() };
  for (const item of items) {
    const { boxes, areas } = shifted(item, { x: item.x - bounds.x, y: item.y - bounds.y });
    boxes.forEach((corner, id) => whole.boxes.set(id, corner));
    areas.forEach((corner, id) => whole.areas.set(id, corner));
  }
  return whole;
}

/** Comments about nothing, and frames round nothing, side by side above the rest. */
function inRowAbove(loose: readonly IItem[]): IItem[] {
  let x = 0;
  return [...loose]
    .sort((a, b) => a.x - b.x)
    .map(item => {
      const there = { ...item, x, y: -item.height - GAP };
      x += item.width + GAP;
      return there;
    });
}

function shifted({ boxes, areas }: ILayout, by: IPosition): ILayout {
  const move = <T extends IPosition>(place: T): T => ({
    ...place,
    x: Math.round(place.x + by.x),
    y: Math.round(place.y + by.y)
  });
  return {
    boxes: new Map([...boxes].map(([id, corner]) => [id, move(corner)])),
    areas: new Map([...areas].map(([id, corner]) => [id, move(corner)]))
  };
}

/** The corner itself, or one further down, where the rectangle covers none of the others. */
function freeCorner(rect: IRect, others: readonly IRect[]): IPosition {
  let { y } = rect;
  for (;;) {
    const there = { ...rect, y };
    const inTheWay = others.filter(other => overlaps(there, other));
    if (inTheWay.length === 0) {
      return { x: rect.x, y };
    }
    y = Math.max(...inTheWay.map(other => other.y + other.height)) + GAP;
  }
}

/** Frames that keep a part of their boxes only reach as far as the others have gone. */
function grow(
  result: ILayout,
  scene: IScene,
  areas: ReadonlyMap<string, IArea>,
  moving: ReadonlyMap<string, IArea>
): void {
  for (const frame of areas.values()) {
    const moved = frame.nodes.flatMap(node => {
      const box = scene.boxes.get(node);
      const corner = result.boxes.get(node);
      return box && corner ? [{ ...box, ...corner }] : [];
    });
    const bounds = moving.has(frame.id) ? null : boundsOf(moved.map(withRoom));
    if (bounds && !encloses(frame, bounds)) {
      const { x, y, width, height } = boundsOf([frame, bounds]) ?? frame;
      result.areas.set(frame.id, { x, y, width, height });
    }
  }
}

function withRoom({ x, y, width, height }: IRect): IRect {
  return {
    x: x - ROOM.side,
    y: y - ROOM.top,
    width: width + 2 * ROOM.side,
    height: height + ROOM.top + ROOM.bottom
  };
}

function framesAt(areas: ReadonlyMap<string, IArea>): IArea[] {
  return [...areas.values()].filter(({ kind, nodes }) => kind === 'frame' && nodes.length > 0);
}

/** Two frames of one size lie inside each other; only the later one counts as inside. */
function isInside(inner: IArea, outer: IArea): boolean {
  return (
    inner.id !== outer.id &&
    encloses(outer, inner) &&
    (!encloses(inner, outer) || inner.id > outer.id)
  );
}

function distance(one: IRect, other: IRect): number {
  const dx = Math.max(one.x - other.x - other.width, other.x - one.x - one.width, 0);
  const dy = Math.max(one.y - other.y - other.height, other.y - one.y - one.height, 0);
  return Math.hypot(dx, dy);
}
