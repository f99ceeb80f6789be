// Places for boxes from left to right along their edges, in layers. Knows rectangles and pairs only.

import { Graph, layout } from '@dagrejs/dagre';

import type { IPosition } from '../messages';
import type { INamedRect } from './arranging';

const LAYER_GAP = 56;
const ROW_GAP = 28;
/** Above so many the best layers would take too long to find; good ones do. */
const MANY = 300;

/** An edge between two rectangles, by their ids. */
export type Pair = readonly [source: string, target: string];

/** The new upper left corners, from (0, 0) on. Who stood higher before stays higher where it can. */
export function layered(rects: readonly INamedRect[], pairs: Iterable<Pair>): Map<string, IPosition> {
  const graph = new Graph();
  const ranker = rects.length > MANY ? 'tight-tree' : 'network-simplex';
  graph.setGraph({ rankdir: 'LR', ranksep: LAYER_GAP, nodesep: ROW_GAP, ranker });
  for (const { id, width, height } of [...rects].sort((a, b) => a.y - b.y || a.x - b.x)) {
    graph.setNode(id, { width, height });
  }
  const weights = new Map<string, number>();
  for (const [source, target] of pairs) {
    if (source !== target) {
      const key = `${source} ${target}`;
      weights.set(key, (weights.get(key) ?? 0) + 1);
      graph.setEdge(source, target, { weight: weights.get(key) });
    }
  }
  layout(graph);
  return new Map(
    rects.map(({ id, width, height }) => {
      const { x, y } = graph.node(id) as IPosition; // their centres
      return [id, { x: x - width / 2, y: y - height / 2 }];
    })
  );
}
