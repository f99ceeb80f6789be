// Moving what is selected by arrow keys: many presses, one edit.

import { GRID, shiftedOnGrid } from './grid';
import { NUDGE } from './keyTable';
import type { IPlaces } from './moving';
import { movedWith, shifted } from './moving';
import type { IStage } from './stage';

/** How long after the last press the edit is sent. */
const PAUSE = 500;

/** Gathers presses into one move. */
export class Nudges {
  constructor(private readonly _stage: IStage) {}

  /** Moves what is selected by so much. */
  add(dx: number, dy: number): void {
    const { picture, selection } = this._stage;
    const { scene, areas } = picture;
    const places = movedWith(scene, areas.areas, selection);
    const [lead] = [...places.boxes.values(), ...places.areas.values()];
    // by a hair is by a hair, also where there is a grid
    const isByGrid = this._stage.isSnapping && lead && Math.abs(dx + dy) >= NUDGE;
    this._places = isByGrid
      ? shiftedOnGrid(places, lead, (dx / NUDGE) * GRID, (dy / NUDGE) * GRID)
      : shifted(places, dx, dy);
    this._stage.hold(this._places.boxes);
    picture.showAt(this._places.boxes);
    areas.showAt(this._places.areas);
    window.clearTimeout(this._timer);
    this._timer = window.setTimeout(() => {
      this.flush();
    }, PAUSE);
  }

  /** Sends what was gathered. */
  flush(): void {
    window.clearTimeout(this._timer);
    if (this._places) {
      this._stage.hold(null);
      this._stage.sendMove(this._places);
      this._places = null;
    }
  }

  /** Forgets what was gathered. */
  drop(): void {
    window.clearTimeout(this._timer);
    this._stage.hold(null);
    this._places = null;
  }

  private _places: IPlaces | null = null;
  private _timer = 0;
}
