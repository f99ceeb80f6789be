// Where something new finds room: as near as can be to where it is wanted, over nothing else.

import type { IRect } from './geometry';
import { encloses, overlaps } from './geometry';

const STEP = 20;
const FARTHEST = 40; // steps
const MARGIN = 8;

/** A rectangle of this size that covers none of the others; in sight if there is such a place. */
export function freePlace(wanted: IRect, taken: readonly IRect[], sight: IRect): IRect {
  const around = taken.map(({ x, y, width, height }) => ({
    x: x - MARGIN,
    y: y - MARGIN,
    width: width + 2 * MARGIN,
    height: height + 2 * MARGIN
  }));
  const isFree = (place: IRect): boolean => !around.some(other => overlaps(place, other));
  const free = nearby()
    .map(([right, down]) => ({ ...wanted, x: wanted.x + right, y: wanted.y + down }))
    .filter(isFree);
  return free.find(place => encloses(sight, place)) ?? free[0] ?? wanted;
}

/** Steps away, the nearest first. */
function nearby(): [right: number, down: number][] {
  const steps = Array.from({ length: 2 * FARTHEST + 1 }, (_, at) => (at - FARTHEST) * STEP);
  return steps
    .flatMap(right => steps.map((down): [number, number] => [right, down]))
    .sort((one, other) => Math.hypot(...one) - Math.hypot(...other));
}
