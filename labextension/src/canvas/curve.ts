// The course of an edge between two ports: out to the right, a smooth turn, in from the left.
// Quadratic curves that meet half-way between their control points.

import type { IPosition } from '../messages';
import { clamp } from './geometry';

/** An edge's course. */
export interface ICurve {
  start: IPosition;
  /** Control points of its pieces, in order; at least two. */
  controls: readonly IPosition[];
  end: IPosition;
}

/** One quadratic piece of a course. */
type Piece = readonly [from: IPosition, control: IPosition, to: IPosition];

const SAMPLES = 12;

/** The course from an output to an input. */
export function curveBetween(start: IPosition, end: IPosition): ICurve {
  const [dx, dy] = [end.x - start.x, Math.abs(end.y - start.y)];
  // beyond half the way the turn would bulge out; without any, the edge would not leave its port sideways
  const least = Math.max(Math.min(dx / 2, 24), Math.min(14, dx / 2 + dy * 0.1));
  const reach = dx >= 0 ? clamp(dx * 0.3, least, 90) : clamp(24 - dx * 0.25 + dy * 0.1, 24, 110);
  return {
    start,
    controls: [
      { x: start.x + reach, y: start.y },
      { x: end.x - reach, y: end.y }
    ],
    end
  };
}

/** The pieces of a course, from start to end. */
function piecesOf({ start, controls, end }: ICurve): Piece[] {
  let from = start;
  return controls.map((control, index) => {
    const next = controls[index + 1];
    const to = next ? { x: (control.x + next.x) / 2, y: (control.y + next.y) / 2 } : end;
    const piece: Piece = [from, control, to];
    from = to;
    return piece;
  });
}

/** Points along a course, close enough together to stand for it. */
export function pointsOf(curve: ICurve): IPosition[] {
  const points = [curve.start];
  for (const [from, control, to] of piecesOf(curve)) {
    for (let step = 1; step <= SAMPLES; step++) {
      points.push(quadraticAt(from, control, to, step / SAMPLES));
    }
  }
  return points;
}

/** The course as an SVG path. */
export function svgPath(curve: ICurve): string {
  const pieces = piecesOf(curve).map(
    ([, control, to]) => `Q${control.x} ${control.y} ${to.x} ${to.y}`
  );
  return `M${curve.start.x} ${curve.start.y}${pieces.join('')}`;
}

/** How far a point is from the course. */
export function distanceTo(curve: ICurve, point: IPosition): number {
  const points = pointsOf(curve);
  let nearest = Infinity;
  for (let index = 1; index < points.length; index++) {
    const [from, to] = [points[index - 1], points[index]];
    if (from && to) {
      nearest = Math.min(nearest, distanceToSegment(from, to, point));
    }
  }
  return nearest;
}

function quadraticAt(a: IPosition, control: IPosition, b: IPosition, t: number): IPosition {
  const [p, q, r] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
  return { x: p * a.x + q * control.x + r * b.x, y: p * a.y + q * control.y + r * b.y };
}

function distanceToSegment(a: IPosition, b: IPosition, point: IPosition): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const squared = dx * dx + dy * dy;
  const t =
    squared === 0 ? 0 : clamp(((point.x - a.x) * dx + (point.y - a.y) * dy) / squared, 0, 1);
  return Math.hypot(point.x - a.x - t * dx, point.y - a.y - t * dy);
}
