// Aligning and distributing boxes: geometry only.

import type { Arrangement, IPosition } from '../canvasEdits';
import type { IRect } from './geometry';
import { boundsOf } from './geometry';

/** A rectangle with a name. */
export interface INamedRect extends IRect {
  id: string;
}

/** Where boxes are put by an arrangement, by their corners; only those that move. */
export function arranged(
  boxes: readonly INamedRect[],
  how: Exclude<Arrangement, 'layout'>
): Map<string, IPosition> {
  const bounds = boundsOf(boxes);
  const places = new Map<string, IPosition>();
  if (!bounds) {
    return places;
  }
  const found =
    how === 'across' || how === 'down'
      ? spread(boxes, how)
      : boxes.map(box => aligned(box, how, bounds));
  for (const [index, place] of found.entries()) {
    const box = boxes[index];
    const rounded = { x: Math.round(place.x), y: Math.round(place.y) };
    if (box && (box.x !== rounded.x || box.y !== rounded.y)) {
      places.set(box.id, rounded);
    }
  }
  return places;
}

function aligned(box: IRect, how: Arrangement, bounds: IRect): IPosition {
  switch (how) {
    case 'left':
      return { x: bounds.x, y: box.y };
    case 'right':
      return { x: bounds.x + bounds.width - box.width, y: box.y };
    case 'top':
      return { x: box.x, y: bounds.y };
    case 'bottom':
      return { x: box.x, y: bounds.y + bounds.height - box.height };
    case 'centre':
      return { x: bounds.x + (bounds.width - box.width) / 2, y: box.y };
    default:
      return { x: box.x, y: bounds.y + (bounds.height - box.height) / 2 };
  }
}

/** The same gap between neighbours; the first and the last stay. */
function spread(boxes: readonly INamedRect[], how: 'across' | 'down'): IPosition[] {
  const [start, size] = how === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const order = [...boxes].sort((a, b) => a[start] - b[start]);
  const [first, last] = [order[0], order.at(-1)];
  if (!first || !last || order.length < 3) {
    return boxes.map(({ x, y }) => ({ x, y }));
  }
  const taken = order.reduce((sum, box) => sum + box[size], 0);
  const gap = (last[start] + last[size] - first[start] - taken) / (order.length - 1);
  const places = new Map<string, number>();
  let at = first[start];
  for (const box of order) {
    places.set(box.id, at);
    at += box[size] + gap;
  }
  return boxes.map(box => ({ x: box.x, y: box.y, [start]: places.get(box.id) ?? box[start] }));
}
