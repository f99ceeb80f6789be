// Where boxes are shown: where the user holds or has put them, not where the document still thinks they are.

import type { IPosition } from '../messages';
import { PendingMoves } from './pending';
import type { IBox, IScene } from './scene';

/** Reconciles the places of the document with those of the user. */
export class Places {
  /** Keeps boxes where they are in the user's hands; null lets go. */
  hold(places: ReadonlyMap<string, IPosition> | null): void {
    this._held = places ?? new Map<string, IPosition>();
  }

  /** Notes places that were sent to Python. */
  sent(places: ReadonlyMap<string, IPosition>): void {
    this._pending.sent(places);
  }

  /** Forgets what was sent: it was refused. */
  takeBack(): void {
    this._pending.clear();
  }

  /** A scene as the document gives it, with its boxes where they are to be shown. */
  settle(scene: IScene): IScene {
    const boxes = new Map<string, IBox>();
    for (const [id, box] of scene.boxes) {
      const before = this._documented.get(id);
      const { x, y } = this._held.get(id) ?? this._pending.resolve(id, box, before);
      boxes.set(id, { ...box, x, y });
    }
    this._documented = scene.boxes;
    return { boxes, edges: scene.edges };
  }

  private readonly _pending = new PendingMoves();
  private _held: ReadonlyMap<string, IPosition> = new Map();
  private _documented: ReadonlyMap<string, IPosition> = new Map();
}
