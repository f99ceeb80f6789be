// Places for boxes from left to right along their edges, in layers. Knows rectangles and pairs only.

import { Graph, layout } from '@dagrejs/dagre';

import type { IPosition } from '../messages';
import type { INamedRect } from './arranging';

const LAYER_GAP = 56;
const ROW_GAP = 28;
/** Above so many the best layers would take too long to find; good ones do. */
const MANY = 300;
/** Edges that pass more layers than this, all together, are not sorted out: it would take minutes. */
const MOST_PASSED = 4000;

/** An edge between two rectangles, by their ids. */
export type Pair = readonly [source: string, target: string];

/** The new upper left corners, from (0, 0) on. Who stood higher before stays higher where it can. */
export function layered(
  rects: readonly INamedRect[],
  pairs: Iterable<Pair>
): Map<string, IPosition> {
  const known = [...pairs];
  const depths = depthsOf(rects, known);
  const passed = known.map(([from, to]) =>
    Math.abs((depths.get(to) ?? 0) - (depths.get(from) ?? 0))
  );
  return passed.reduce((sum, layers) => sum + layers, 0) > MOST_PASSED
    ? inColumns(rects, depths)
    : byDagre(rects, known);
}

function byDagre(rects: readonly INamedRect[], pairs: readonly Pair[]): Map<string, IPosition> {
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

/** Each layer a column, in the order from above that there was. */
function inColumns(
  rects: readonly INamedRect[],
  depths: ReadonlyMap<string, number>
): Map<string, IPosition> {
  const width = Math.max(...rects.map(rect => rect.width));
  const bottoms = new Map<number, number>();
  const places = new Map<string, IPosition>();
  for (const { id, height } of [...rects].sort((a, b) => a.y - b.y || a.x - b.x)) {
    const column = depths.get(id) ?? 0;
    const y = bottoms.get(column) ?? 0;
    places.set(id, { x: column * (width + LAYER_GAP), y });
    bottoms.set(column, y + height + ROW_GAP);
  }
  return places;
}

/** For each rectangle, the length of the longest way to it; what a loop leads to counts from 0. */
function depthsOf(rects: readonly INamedRect[], pairs: readonly Pair[]): Map<string, number> {
  const readers = new Map<string, string[]>();
  const open = new Map(rects.map(({ id }) => [id, 0]));
  for (const [source, target] of pairs) {
    if (source !== target) {
      readers.set(source, [...(readers.get(source) ?? []), target]);
      open.set(target, (open.get(target) ?? 0) + 1);
    }
  }
  const depths = new Map(rects.map(({ id }) => [id, 0]));
  const ready = rects.map(({ id }) => id).filter(id => open.get(id) === 0);
  for (const id of ready) {
    for (const reader of readers.get(id) ?? []) {
      depths.set(reader, Math.max(depths.get(reader) ?? 0, (depths.get(id) ?? 0) + 1));
      const left = (open.get(reader) ?? 0) - 1;
      open.set(reader, left);
      if (left === 0) {
        ready.push(reader);
      }
    }
  }
  return depths;
}
