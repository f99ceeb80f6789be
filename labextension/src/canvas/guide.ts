// Where to look: at what is new, and at what Python points to.

import type { IGoTo } from '../messages';
import type { Cursor } from './cursor';
import type { Picture } from './picture';
import type { ISceneChange } from './sceneDiff';

/** Lets the view follow what came: a new document is shown whole, new nodes come into sight. */
export function followChange(picture: Picture, { added }: ISceneChange, isFirst: boolean): void {
  if (added.length === 0) {
    return;
  }
  const isMostlyNew = added.length > picture.scene.boxes.size / 2;
  if (isMostlyNew || picture.isFitted) {
    picture.fit(isFirst ? 'at once' : 'gliding');
  } else {
    picture.reveal(added.map(box => box.id));
  }
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
