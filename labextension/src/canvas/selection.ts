// Selections as values.

import type { IArea } from './areas';
import type { IScene } from './scene';

/** What is selected. */
export interface ISelection {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  /** Frames and comments; known to this view alone. */
  readonly areas: ReadonlySet<string>;
}

export const NOTHING: ISelection = {
  nodes: new Set(),
  edges: new Set(),
  areas: new Set()
};

/** Whether two selections hold the same. */
export function isSameSelection(one: ISelection, other: ISelection): boolean {
  return (
    isSameSet(one.nodes, other.nodes) &&
    isSameSet(one.edges, other.edges) &&
    isSameSet(one.areas, other.areas)
  );
}

/** The part of a selection that a scene has. */
export function present(
  scene: IScene,
  nodes: Iterable<string>,
  edges: Iterable<string>,
  areas: Iterable<string> = [],
  known: ReadonlyMap<string, IArea> = new Map()
): ISelection {
  return {
    nodes: new Set([...nodes].filter(id => scene.boxes.has(id))),
    edges: new Set([...edges].filter(id => scene.edges.has(id))),
    areas: new Set([...areas].filter(id => known.has(id)))
  };
}

/** Whether nothing is selected. */
export function isEmpty({ nodes, edges, areas }: ISelection): boolean {
  return nodes.size + edges.size + areas.size === 0;
}

/** Some ids without one that is among them, or with one that is not. */
export function toggled(ids: ReadonlySet<string>, id: string): string[] {
  return ids.has(id) ? [...ids].filter(other => other !== id) : [...ids, id];
}

/** Box ids in the order that the eye takes: column by column, downwards. */
export function readingOrder(scene: IScene): string[] {
  const column = 60;
  return [...scene.boxes.values()]
    .sort((a, b) => Math.round(a.x / column) - Math.round(b.x / column) || a.y - b.y)
    .map(box => box.id);
}

function isSameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every(id => other.has(id));
}
