// Which edge a box could be put into: its ports fit, and are not in use.

import { reachableFrom } from './fit';
import type { IBox, IBoxPort, IScene, ISceneEdge } from './scene';

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
