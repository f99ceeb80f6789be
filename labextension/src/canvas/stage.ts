// What gestures and commands may ask of the editor.

import type { Arrangement, IExtent, IJoin } from '../canvasEdits';
import type { CanvasEdit, IPosition } from '../messages';
import type { Awaited } from './arrivals';
import type { Cursor } from './cursor';
import type { Wanted } from './kindSearch';
import type { IPlaces } from './moving';
import type { Picture } from './picture';
import type { ISelection } from './selection';
import type { ICanvasState } from './state';

/** A choice of kinds, at a place on the screen. */
export interface IOffer {
  at: IPosition;
  title: string;
  wanted: Wanted;
  /** Centre of the new box, in the document. */
  place: IPosition;
  join?: IJoin;
  into?: string;
  /** The list is gone, whatever was chosen. */
  onClose?: () => void;
}

/** How boxes came where they were put. */
export interface IMoveReason {
  how?: Arrangement;
  /** The edge that the one box was dropped into. */
  into?: string;
}

/** The editor, as gestures and commands see it. */
export interface IStage {
  readonly picture: Picture;
  readonly selection: ISelection;
  /** Where the keyboard is. */
  readonly cursor: Cursor;
  readonly isReadOnly: boolean;
  /** What is shown; null before the first state came. */
  readonly state: ICanvasState | null;
  /** Whether what is dragged keeps to the grid. */
  readonly isSnapping: boolean;
  /** Whether what is selected was just added: arrows lead away from it and do not move it. */
  readonly isJustAdded: boolean;
  /** Where the pointer was last, on the screen; null if it is not over the canvas. */
  readonly pointerPlace: IPosition | null;

  /** Selects exactly these. */
  select(nodes: Iterable<string>, edges: Iterable<string>, areas?: Iterable<string>): void;
  /** Keeps boxes where the user has them while the document changes below; null lets go. */
  hold(places: ReadonlyMap<string, IPosition> | null): void;
  /** Sends where boxes and areas were put, by their corners. */
  sendMove(places: IPlaces, reason?: IMoveReason): void;
  /** Sends one edit of another kind. */
  send(edit: CanvasEdit): void;
  /** Tells screen readers. */
  say(text: string): void;
  /** Says why not, at a place on the screen. */
  refuse(reason: string, at: IPosition): void;
  /** Lets the user choose a kind of node to add. */
  offerKinds(offer: IOffer): void;
  /** Opens the menu of what is selected. */
  openMenu(at: IPosition): void;
  /** Opens the menu of the ways to save a picture. */
  openPictureMenu(at: IPosition): void;
  /** Opens the list of keys. */
  openSheet(): void;
  /** Lets the user write the text of a frame or comment. */
  writeArea(id: string): void;
  /** Lets the user write a comment that is not there yet. */
  writeComment(area: IExtent): void;
  /** The keyboard goes to the next one of these that is new. */
  expect(what: Awaited): void;
}

/** One thing being done with the pointer, from press to release. Places are on the screen. */
export interface IGesture {
  /** Whether the canvas pans when the pointer comes near its rim. */
  readonly pansAtRim: boolean;
  /** The pointer's shape meanwhile. */
  readonly cursor: string;
  move(at: IPosition): void;
  end(at: IPosition): void;
  cancel(): void;
}

/** How far the pointer travels before a press is a drag. */
const DRAG_THRESHOLD = 4;

/** Whether the pointer has gone far enough for a drag. */
export function isDrag(start: IPosition, at: IPosition): boolean {
  return Math.hypot(at.x - start.x, at.y - start.y) >= DRAG_THRESHOLD;
}
