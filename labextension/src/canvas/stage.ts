// What gestures and commands may ask of the editor.

import type { CanvasEdit, IPosition } from '../messages';
import type { Picture } from './picture';
import type { ISelection } from './selection';

/** The editor, as gestures and commands see it. */
export interface IStage {
  readonly picture: Picture;
  readonly selection: ISelection;
  readonly isReadOnly: boolean;

  /** Selects exactly these. */
  select(nodes: Iterable<string>, edges: Iterable<string>): void;
  /** Keeps boxes where the user has them while the document changes below; null lets go. */
  hold(places: ReadonlyMap<string, IPosition> | null): void;
  /** Sends where boxes were put, by their corners. */
  sendMove(places: ReadonlyMap<string, IPosition>): void;
  /** Sends one edit of another kind. */
  send(edit: CanvasEdit): void;
  /** Says why not, at a place on the screen. */
  refuse(reason: string, at: IPosition): void;
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
