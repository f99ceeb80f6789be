// The ends of an edge: where they are grabbed to be drawn to another port.

import type { IPosition } from '../messages';
import { pointsOf } from './curve';
import type { IEnd } from './fit';
import { endpointOf, fittingEnds, isSameEnd } from './fit';
import type { IScene, ISceneEdge } from './scene';
import { edgeCurve } from './scene';

/** How far from its port an end is grabbed, on the screen; nearer the port itself is. */
const AT = 18;
const REACH = 17;

/** An end of an edge within reach. */
export interface IGrab {
  edge: ISceneEdge;
  /** The end that stays. */
  fixed: IEnd;
  /** Where the handle is. */
  at: IPosition;
}

/** The edge that an input has: its end can be dragged to another input. */
export interface IHeld {
  edge: string;
  source: IEnd;
  /** The inputs it could go to instead. */
  ends: IEnd[];
}

/** The one edge at an input; null for an output, and where there are none or several. */
export function edgeHeldAt(scene: IScene, input: IEnd): IHeld | null {
  if (input.side === 'output') {
    return null;
  }
  const endpoint = endpointOf(input);
  const [edge, ...others] = [...scene.edges.values()].filter(item => item.target === endpoint);
  if (!edge || others.length > 0) {
    return null;
  }
  const source: IEnd = { node: edge.sourceNode, port: edge.sourcePort, side: 'output' };
  const fitting = fittingEnds(withoutEdge(scene, edge.id), source);
  return { edge: edge.id, source, ends: fitting.filter(end => !isSameEnd(end, input)) };
}

/** A scene as if an edge were not there. */
export function withoutEdge(scene: IScene, id: string): IScene {
  return { boxes: scene.boxes, edges: new Map([...scene.edges].filter(([other]) => other !== id)) };
}

/** The end of an edge at a point; null if the point is nearer its middle. */
export function grabAt(
  scene: IScene,
  edge: ISceneEdge,
  point: IPosition,
  zoom: number
): IGrab | null {
  const curve = edgeCurve(scene, edge);
  if (!curve) {
    return null;
  }
  const points = pointsOf(curve);
  const length = Math.hypot(curve.end.x - curve.start.x, curve.end.y - curve.start.y);
  const distance = Math.min(AT / zoom, length / 4);
  const first = along(points, distance);
  const last = along([...points].reverse(), distance);
  const isNear = (at: IPosition): boolean =>
    Math.hypot(at.x - point.x, at.y - point.y) <= Math.min(REACH / zoom, length / 4);
  if (isNear(last)) {
    const fixed: IEnd = { node: edge.sourceNode, port: edge.sourcePort, side: 'output' };
    return { edge, fixed, at: last };
  }
  if (isNear(first)) {
    const fixed: IEnd = { node: edge.targetNode, port: edge.targetPort, side: 'input' };
    return { edge, fixed, at: first };
  }
  return null;
}

/** The point so far along a line. */
function along(points: readonly IPosition[], distance: number): IPosition {
  let left = distance;
  let from = points[0] ?? { x: 0, y: 0 };
  for (const to of points.slice(1)) {
    const step = Math.hypot(to.x - from.x, to.y - from.y);
    if (step >= left && step > 0) {
      const part = left / step;
      return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
    }
    left -= step;
    from = to;
  }
  return from;
}
