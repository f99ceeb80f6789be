// Where to look: at what is new, and at what Python points to.

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

/** Draws the eye to a box; the keyboard too, if the user is at work in the same builder. */
export function pointAt(picture: Picture, node: string): void {
  picture.reveal([node]);
  picture.flash(node);
  const panel = picture.surface.closest('.jp-StratCraft-Builder') ?? picture.surface;
  if (panel.contains(document.activeElement)) {
    picture.focus(node);
  }
}
