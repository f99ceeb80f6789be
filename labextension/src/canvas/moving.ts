// What moves with what is selected: frames take their nodes along, and the comments in them.

import type { IPosition } from '../messages';
import type { IArea } from './areas';
import { encloses } from './geometry';
import type { IScene } from './scene';
import type { ISelection } from './selection';

/** Corners of boxes, and of frames and comments. */
export interface IPlaces {
  boxes: ReadonlyMap<string, IPosition>;
  areas: ReadonlyMap<string, IPosition>;
}

/** The corners of all that moves when the selection is dragged. */
export function movedWith(
  scene: IScene,
  areas: ReadonlyMap<string, IArea>,
  selection: ISelection
): IPlaces {
  const nodes = new Set(selection.nodes);
  const moving = new Set(selection.areas);
  for (const id of selection.areas) {
    const frame = areas.get(id);
    if (frame?.kind === 'frame') {
      frame.nodes.forEach(node => nodes.add(node));
      for (const other of areas.values()) {
        if (other.kind === 'comment' && encloses(frame, other)) {
          moving.add(other.id);
        }
      }
    }
  }
  return { boxes: cornersOf(scene.boxes, nodes), areas: cornersOf(areas, moving) };
}

/** Corners moved by so much, in whole pixels. */
export function shifted({ boxes, areas }: IPlaces, dx: number, dy: number): IPlaces {
  const move = (corners: ReadonlyMap<string, IPosition>): Map<string, IPosition> =>
    new Map(
      [...corners].map(([id, { x, y }]) => [id, { x: Math.round(x + dx), y: Math.round(y + dy) }])
    );
  return { boxes: move(boxes), areas: move(areas) };
}

function cornersOf(
  items: ReadonlyMap<string, IPosition>,
  ids: Iterable<string>
): Map<string, IPosition> {
  const found = new Map<string, IPosition>();
  for (const id of ids) {
    const item = items.get(id);
    if (item) {
      found.set(id, { x: item.x, y: item.y });
    }
  }
  return found;
}
