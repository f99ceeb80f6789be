// Moving boxes by arrow keys: many presses, one edit.

import type { IPosition } from '../messages';
import type { IStage } from './stage';

/** How long after the last press the edit is sent. */
const PAUSE = 500;

/** Gathers presses into one move. */
export class Nudges {
  constructor(private readonly _stage: IStage) {}

  /** Moves the selected boxes by so much. */
  add(dx: number, dy: number): void {
    const { picture, selection } = this._stage;
    for (const id of selection.nodes) {
      const box = picture.scene.boxes.get(id);
      if (box) {
        this._places.set(id, { x: Math.round(box.x + dx), y: Math.round(box.y + dy) });
      }
    }
    this._stage.hold(this._places);
    picture.showAt(this._places);
    window.clearTimeout(this._timer);
    this._timer = window.setTimeout(() => {
      this.flush();
    }, PAUSE);
  }

  /** Sends what was gathered. */
  flush(): void {
    window.clearTimeout(this._timer);
    if (this._places.size > 0) {
      this._stage.hold(null);
      this._stage.sendMove(this._places);
      this._places = new Map();
    }
  }

  /** Forgets what was gathered. */
  drop(): void {
    window.clearTimeout(this._timer);
    this._stage.hold(null);
    this._places = new Map();
  }

  private _places = new Map<string, IPosition>();
  private _timer = 0;
}
