// Places for nodes that the document gives none: in columns, data first, below what is placed already.

import type { IPosition } from '../messages';
import type { IRect } from './geometry';
import { boundsOf } from './geometry';
import type { IEdge } from './state';
import { splitEndpoint } from './state';

const COLUMN_GAP = 44;
const ROW_GAP = 28;

interface IPlaceable extends IRect {
  id: string;
}

/** The position of every node: the document's own, or one found for it. */
export function placeUnplaced(
  boxes: readonly IPlaceable[],
  edges: readonly IEdge[],
  layout: ReadonlyMap<string, IPosition>
): Map<string, IPosition> {
  const places = new Map(layout);
  const loose = boxes.filter(box => !layout.has(box.id));
  if (loose.length === 0) {
    return places;
  }
  const placed = boxes.flatMap(box => {
    const place = layout.get(box.id);
    return place ? [{ ...box, ...place }] : [];
  });
  const taken = boundsOf(placed);
  const origin = { x: taken?.x ?? 0, y: taken ? taken.y + taken.height + ROW_GAP : 0 };
  const depth = depths(
    loose.map(box => box.id),
    edges
  );
  const bottoms = new Map<number, number>();
  for (const box of loose) {
    const column = depth.get(box.id) ?? 0;
    const y = bottoms.get(column) ?? origin.y;
    places.set(box.id, { x: origin.x + column * (box.width + COLUMN_GAP), y });
    bottoms.set(column, y + box.height + ROW_GAP);
  }
  return places;
}

/** For each node, the length of the longest way to it. */
function depths(ids: readonly string[], edges: readonly IEdge[]): Map<string, number> {
  const known = new Set(ids);
  const pairs = edges
    .map(edge => [splitEndpoint(edge.source)[0], splitEndpoint(edge.target)[0]] as const)
    .filter(([source, target]) => known.has(source) && known.has(target));
  const depth = new Map(ids.map(id => [id, 0]));
  // a graph of n nodes without a loop settles in n rounds at most
  let rounds = ids.length;
  let isSettled = false;
  while (!isSettled && rounds > 0) {
    isSettled = true;
    rounds -= 1;
    for (const [source, target] of pairs) {
      const wanted = (depth.get(source) ?? 0) + 1;
      if (wanted > (depth.get(target) ?? 0)) {
        depth.set(target, wanted);
        isSettled = false;
      }
    }
  }
  return depth;
}
