// How an edge is painted on a 2D canvas: its line, its arrow, and how both look.

import type { IPosition } from '../messages';
import type { ICurve } from './curve';
import { svgPath } from './curve';
import type { IRect } from './geometry';
import { boundsOf } from './geometry';
import type { ISceneEdge } from './scene';
import type { IEdgeColors } from './theme';

/** The usual line, and what is left of it where a node does not take part. */
export const EDGE_LINE = { width: 2, offDash: [2, 3], offAlpha: 0.45 } as const;
const ARROW = { length: 7.5, width: 7.5 } as const;
/** How far the line of an edge, its arrow and its halo reach beyond its course. */
const MARGIN = 8;

/** An edge with its shapes, which are made once for all frames in which it stays. */
export interface IPaintedEdge {
  edge: ISceneEdge;
  line: Path2D;
  arrow: Path2D;
  /** What it covers at most, in the document. */
  bounds: IRect;
}

/** What the user does with an edge at the moment. */
export interface IEdgeMarks {
  isSelected: boolean;
  isHovered: boolean;
  isAimed: boolean;
}

/** An edge along a course, ready to be painted. */
export function shapeEdge(edge: ISceneEdge, curve: ICurve): IPaintedEdge {
  const { line, arrow } = pathsOf(curve);
  const corners = [curve.start, ...curve.controls, curve.end];
  const bounds = boundsOf(corners.map(at => ({ ...at, width: 0, height: 0 })));
  const { x, y, width, height } = bounds ?? { ...curve.end, width: 0, height: 0 };
  return {
    edge,
    line: new Path2D(line),
    arrow: new Path2D(arrow),
    bounds: {
      x: x - MARGIN,
      y: y - MARGIN,
      width: width + 2 * MARGIN,
      height: height + 2 * MARGIN
    }
  };
}

/** The line of an edge and its arrow, as SVG paths. */
export function pathsOf(curve: ICurve): Record<'line' | 'arrow', string> {
  const { tip, back, left, right } = arrowOf(curve);
  return {
    // a line up to the tip would show beside it
    line: svgPath({ ...curve, end: back }),
    arrow: `M${tip.x} ${tip.y}L${left.x} ${left.y}L${right.x} ${right.y}Z`
  };
}

/** Paints an edge, in the document's units. */
export function paintEdge(
  context: CanvasRenderingContext2D,
  { edge, line, arrow }: IPaintedEdge,
  { isSelected, isHovered, isAimed }: IEdgeMarks,
  colors: IEdgeColors
): void {
  const alpha = context.globalAlpha;
  const width = EDGE_LINE.width * (isAimed ? 3 : isSelected || isHovered ? 1.5 : 1);
  if (isSelected) {
    context.globalAlpha = alpha * 0.3;
    context.strokeStyle = colors.selected;
    context.lineWidth = width + MARGIN;
    context.setLineDash([]);
    context.stroke(line);
  }
  const color = colorOf(edge, colors);
  context.globalAlpha = edge.enabled ? alpha : alpha * EDGE_LINE.offAlpha;
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = width;
  context.setLineDash(dashOf(edge));
  context.stroke(line);
  context.fill(arrow);
  context.globalAlpha = alpha;
}

/** The corners of the arrow's head, and where the line ends in it. */
export function arrowOf({
  controls,
  start,
  end
}: ICurve): Record<'tip' | 'back' | 'left' | 'right', IPosition> {
  const before = controls.at(-1) ?? start;
  const length = Math.hypot(end.x - before.x, end.y - before.y);
  // without a direction it comes from the left, as an edge does
  const [dx, dy] = length > 0 ? [(end.x - before.x) / length, (end.y - before.y) / length] : [1, 0];
  const half = ARROW.width / 2;
  const foot = { x: end.x - dx * ARROW.length, y: end.y - dy * ARROW.length };
  return {
    tip: end,
    back: { x: end.x - dx * (ARROW.length - 2), y: end.y - dy * (ARROW.length - 2) },
    left: { x: foot.x - dy * half, y: foot.y + dx * half },
    right: { x: foot.x + dy * half, y: foot.y - dx * half }
  };
}

function colorOf({ type, severity }: ISceneEdge, colors: IEdgeColors): string {
  return severity === 'error' || severity === 'warning' ? colors[severity] : colors.types[type];
}

function dashOf({ enabled, severity }: ISceneEdge): number[] {
  if (!enabled) {
    return [...EDGE_LINE.offDash];
  }
  return severity === 'error' || severity === 'warning' ? [6, 3] : [];
}
