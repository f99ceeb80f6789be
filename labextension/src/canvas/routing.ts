// The course of an edge round the boxes between its ends: along a lane above or below them.

import type { IPosition } from '../messages';
import type { ICurve } from './curve';
import { curveBetween, pointsOf } from './curve';
import type { IRect } from './geometry';
import { clamp, holds } from './geometry';

/** How near a box an edge may pass, and how far from it the lanes run. */
const CLEARANCE = 3;
const LANE_GAP = 10;
/** Half the length of a turn. */
const TURN = 12;
/** Boxes this far above or below both ends are in nobody's way. */
const BAND = 240;
/** In a thicker crowd the straight way is as good as any, and costs no time. */
const CROWD = 24;

/** The course from an output to an input, round what lies between where that is possible. */
export function courseBetween(start: IPosition, end: IPosition, boxes: Iterable<IRect>): ICurve {
  const direct = curveBetween(start, end);
  const obstacles = between(start, end, boxes);
  if (obstacles.length === 0 || obstacles.length > CROWD || hits(direct, obstacles) === 0) {
    return direct;
  }
  let best = direct;
  let least = cost(direct, obstacles);
  for (const lane of lanes(start, end, obstacles)) {
    const curve = alongLane(start, end, lane, obstacles);
    const price = cost(curve, obstacles);
    if (price < least) {
      [best, least] = [curve, price];
    }
  }
  return best;
}

/** The boxes that may be in the way of an edge that runs to the right. */
function between(start: IPosition, end: IPosition, boxes: Iterable<IRect>): IRect[] {
  const top = Math.min(start.y, end.y) - BAND;
  const bottom = Math.max(start.y, end.y) + BAND;
  const found: IRect[] = [];
  for (const box of boxes) {
    const isBeside = box.x + box.width <= start.x || box.x >= end.x;
    if (!isBeside && box.y <= bottom && box.y + box.height >= top) {
      found.push(box);
    }
  }
  return found;
}

function lanes(start: IPosition, end: IPosition, obstacles: readonly IRect[]): Set<number> {
  const edges = obstacles.flatMap(({ y, height }) => [y - LANE_GAP, y + height + LANE_GAP]);
  return new Set([start.y, end.y, ...edges]);
}

/** Out, into the lane before the first box, along it, and out of it behind the last one. */
function alongLane(
  start: IPosition,
  end: IPosition,
  lane: number,
  obstacles: readonly IRect[]
): ICurve {
  const first = Math.min(...obstacles.map(box => box.x));
  const last = Math.max(...obstacles.map(box => box.x + box.width));
  const left = start.x + clamp((first - start.x) / 2, 6, 2 * TURN);
  const right = end.x - clamp((end.x - last) / 2, 6, 2 * TURN);
  const turn = Math.min(TURN, Math.max(0, right - left) / 4);
  return {
    start,
    controls: [
      { x: left, y: start.y },
      { x: left, y: lane },
      { x: left + 2 * turn, y: lane },
      { x: right - 2 * turn, y: lane },
      { x: right, y: lane },
      { x: right, y: end.y }
    ],
    end
  };
}

/** Above all no box on the way; then a short way. */
function cost(curve: ICurve, obstacles: readonly IRect[]): number {
  let length = 0;
  let before = curve.start;
  for (const point of pointsOf(curve)) {
    length += Math.hypot(point.x - before.x, point.y - before.y);
    before = point;
  }
  return hits(curve, obstacles) * 1000 + length;
}

/** How much of a course lies in or at boxes. */
function hits(curve: ICurve, obstacles: readonly IRect[]): number {
  const areas = obstacles.map(({ x, y, width, height }) => ({
    x: x - CLEARANCE,
    y: y - CLEARANCE,
    width: width + 2 * CLEARANCE,
    height: height + 2 * CLEARANCE
  }));
  return pointsOf(curve).filter(point => areas.some(area => holds(area, point))).length;
}
