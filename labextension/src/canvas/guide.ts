// Where to look: at what is new, and at what Python points to.

import type { IGoTo, IPosition } from '../messages';
import type { Cursor } from './cursor';
import { holds, toDocument } from './geometry';
import type { Picture } from './picture';
import type { ISceneChange } from './sceneDiff';

/** What is known of a change beside the change itself. */
export interface IFollowed {
  isFirst: boolean;
  /** What is selected now: what a user adds is, another document is not. */
  selected: readonly string[];
  /** Where the pointer was last on the canvas; null if it never was. */
  pointer: IPosition | null;
}

/** Lets the view follow what came: another document is shown whole, new nodes come into sight. */
export function followChange(
  picture: Picture,
  change: ISceneChange,
  { isFirst, selected, pointer }: IFollowed
): void {
  const { added } = change;
  if (added.length === 0) {
    return;
  }
  if (isFirst || isOther(change, picture.scene.boxes.size, selected)) {
    picture.fit(isFirst ? 'at once' : 'gliding');
    return;
  }
  picture.settle();
  const at = pointer && toDocument(pointer, picture.view);
  // what came under the pointer stays there
  if (!at || !added.some(box => holds(box, at))) {
    picture.reveal(added.map(box => box.id));
  }
}

/** Whether most of what is shown is other than before, and not because the user added it. */
export function isOther(
  { added, moved }: ISceneChange,
  size: number,
  selected: readonly string[]
): boolean {
  const isUsers = added.every(({ id }) => selected.includes(id));
  return !isUsers && added.length > 1 && added.length + moved.length > size / 2;
}

/** Shows a node, an edge, or all of the strategy; the keyboard goes there too. */
export function pointAt(picture: Picture, cursor: Cursor, { node, edge }: IGoTo): void {
  picture.surface.scrollIntoView({ block: 'nearest' });
  if (edge !== null && picture.scene.edges.has(edge)) {
    cursor.go({ kind: 'edge', id: edge, from: 'source' });
  } else if (node !== null && picture.scene.boxes.has(node)) {
    cursor.go({ kind: 'node', id: node });
    picture.flash(node);
  } else {
    picture.fit('gliding');
    cursor.go(null);
  }
}
