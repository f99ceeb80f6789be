// The course of an edge between two ports: out to the right, a smooth turn, in from the left.
// Two quadratic curves that meet in the middle, which is what cytoscape draws.

import type { IPosition } from '../messages';
import { clamp } from './geometry';

/** An edge's course. */
export interface ICurve {
  start: IPosition;
  /** Control point of the first half. */
  out: IPosition;
  /** Control point of the second half. */
  into: IPosition;
  end: IPosition;
}

/** Control points in cytoscape's terms, relative to the line from start to end. */
export interface IRelativeControls {
  weights: [number, number];
  distances: [number, number];
}

const SAMPLES = 12;

/** The course from an output to an input. */
export function curveBetween(start: IPosition, end: IPosition): ICurve {
  const [dx, dy] = [end.x - start.x, Math.abs(end.y - start.y)];
  // beyond half the way the turn would bulge out; without any, the edge would not leave its port sideways
  const least = Math.max(Math.min(dx / 2, 24), Math.min(14, dx / 2 + dy * 0.1));
  const reach = dx >= 0 ? clamp(dx * 0.3, least, 90) : clamp(24 - dx * 0.25 + dy * 0.1, 24, 110);
  return {
    start,
    out: { x: start.x + reach, y: start.y },
    into: { x: end.x - reach, y: end.y },
    end
  };
}

/** The point half-way along. */
export function middleOf({ out, into }: ICurve): IPosition {
  return { x: (out.x + into.x) / 2, y: (out.y + into.y) / 2 };
}

/** The course as an SVG path. */
export function svgPath(curve: ICurve): string {
  const { start, out, into, end } = curve;
  const middle = middleOf(curve);
  return (
    `M${start.x} ${start.y}Q${out.x} ${out.y} ${middle.x} ${middle.y}` +
    `Q${into.x} ${into.y} ${end.x} ${end.y}`
  );
}

/** The control points relative to the line from start to end, as cytoscape wants them. */
export function relativeControls({ start, out, into, end }: ICurve): IRelativeControls {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const squared = Math.max(dx * dx + dy * dy, 1e-6);
  const length = Math.sqrt(squared);
  const along = (point: IPosition): number =>
    ((point.x - start.x) * dx + (point.y - start.y) * dy) / squared;
  const aside = (point: IPosition): number =>
    ((point.y - start.y) * dx - (point.x - start.x) * dy) / length;
  return { weights: [along(out), along(into)], distances: [aside(out), aside(into)] };
}

/** How far a point is from the course. */
export function distanceTo(curve: ICurve, point: IPosition): number {
  const middle = middleOf(curve);
  return Math.min(
    distanceToHalf(curve.start, curve.out, middle, point),
    distanceToHalf(middle, curve.into, curve.end, point)
  );
}

function distanceToHalf(a: IPosition, control: IPosition, b: IPosition, point: IPosition): number {
  let nearest = Infinity;
  let previous = a;
  for (let step = 1; step <= SAMPLES; step++) {
    const next = quadraticAt(a, control, b, step / SAMPLES);
    nearest = Math.min(nearest, distanceToSegment(previous, next, point));
    previous = next;
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
