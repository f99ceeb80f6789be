// What lies at a point of the document: a box, a port, an edge.

import type { IPosition } from '../messages';
import { distanceTo } from './curve';
import type { IEnd } from './fit';
import type { IRect } from './geometry';
import { boundsOf, holds, overlaps } from './geometry';
import type { PortSide } from './ports';
import type { IBox, IScene, ISceneEdge } from './scene';
import { edgeCurve, portPlace, portsOf } from './scene';

const SIDES: readonly PortSide[] = ['input', 'output'];

/** The topmost box at a point. */
export function boxAt(scene: IScene, point: IPosition): IBox | null {
  let found: IBox | null = null;
  for (const box of scene.boxes.values()) {
    if (holds(box, point)) {
      found = box;
    }
  }
  return found;
}

/** The ids of all boxes that a rectangle touches. */
export function boxesIn(scene: IScene, rect: IRect): string[] {
  return [...scene.boxes.values()].filter(box => overlaps(box, rect)).map(box => box.id);
}

/** The port nearest to a point, if one is within reach. */
export function portNear(scene: IScene, point: IPosition, reach: number): IEnd | null {
  let best: IEnd | null = null;
  let nearest = reach;
  for (const box of scene.boxes.values()) {
    if (!holds(grown(box, reach), point)) {
      continue;
    }
    for (const side of SIDES) {
      for (const port of portsOf(box, side).filter(item => item.row !== null)) {
        const place = portPlace(box, side, port.name);
        const distance = Math.hypot(place.x - point.x, place.y - point.y);
        if (distance <= nearest) {
          nearest = distance;
          best = { node: box.id, port: port.name, side };
        }
      }
    }
  }
  return best;
}

/** The edge nearest to a point, if one is within reach. */
export function edgeAt(scene: IScene, point: IPosition, reach: number): ISceneEdge | null {
  let best: ISceneEdge | null = null;
  let nearest = reach;
  for (const edge of scene.edges.values()) {
    const curve = edgeCurve(scene, edge);
    if (!curve) {
      continue;
    }
    const corners = [curve.start, ...curve.controls, curve.end];
    const bounds = boundsOf(corners.map(at => ({ ...at, width: 0, height: 0 })));
    if (bounds && holds(grown(bounds, reach), point)) {
      const distance = distanceTo(curve, point);
      if (distance <= nearest) {
        nearest = distance;
        best = edge;
      }
    }
  }
  return best;
}

function grown(rect: IRect, by: number): IRect {
  return {
    x: rect.x - by,
    y: rect.y - by,
    width: rect.width + 2 * by,
    height: rect.height + 2 * by
  };
}
