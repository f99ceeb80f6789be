// Which edge a box could be put into: its ports fit, and are not in use.

import type { IPosition } from '../messages';
import { reachableFrom } from './fit';
import { toDocument } from './geometry';
import { edgeAt } from './hit';
import type { Picture } from './picture';
import type { IBox, IBoxPort, IScene, ISceneEdge } from './scene';

/** How near an edge, on the screen, a box is dropped into it. */
const EDGE_REACH = 16;

/** The edge at a place on the screen into which what is dragged can be put; null if there is none. */
export function edgeToEnter(
  { scene, view }: Picture,
  at: IPosition,
  fits: (edge: ISceneEdge) => boolean
): string | null {
  const fitting = [...scene.edges].filter(([, edge]) => fits(edge));
  const among = { boxes: scene.boxes, edges: new Map(fitting) };
  return edgeAt(among, toDocument(at, view), EDGE_REACH / view.zoom)?.id ?? null;
}

/** Whether a box can be put into an edge. Python decides; this says the same, sooner. */
export function fitsInto(scene: IScene, box: IBox, edge: ISceneEdge): boolean {
  if (edge.sourceNode === box.id || edge.targetNode === box.id) {
    return false;
  }
  const isFree = (port: IBoxPort): boolean => port.type === edge.type && !port.connected;
  if (!box.inputs.some(isFree) || !box.outputs.some(isFree)) {
    return false;
  }
  const after = reachableFrom(scene, box.id, 'downstream');
  const before = reachableFrom(scene, box.id, 'upstream');
  return !after.has(edge.sourceNode) && !before.has(edge.targetNode);
}
