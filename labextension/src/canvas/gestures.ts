// The plain gestures: pan and select by box.

import type { IPosition } from '../messages';
import { encloses, rectBetween, toDocument } from './geometry';
import { boxesIn } from './hit';
import type { IGesture, IStage } from './stage';
import { isDrag } from './stage';

/** Moves the view with the pointer; a press without a drag is a click. */
export class Pan implements IGesture {
  constructor(
    private readonly _stage: IStage,
    private readonly _start: IPosition,
    private readonly _onClick: () => void
  ) {
    this._from = _stage.picture.view;
  }

  readonly pansAtRim = false;
  readonly cursor = 'grabbing';

  move(at: IPosition): void {
    this._moved ||= isDrag(this._start, at);
    if (this._moved) {
      this._stage.picture.look({
        zoom: this._from.zoom,
        panX: this._from.panX + at.x - this._start.x,
        panY: this._from.panY + at.y - this._start.y
      });
    }
  }

  end(): void {
    if (!this._moved) {
      this._onClick();
    }
  }

  cancel(): void {
    this._stage.picture.look(this._from);
  }

  private readonly _from;
  private _moved = false;
}

/** Selects the boxes within a rectangle, in addition to what was selected. */
export class SelectByBox implements IGesture {
  constructor(
    private readonly _stage: IStage,
    start: IPosition
  ) {
    // the corner stays where it is in the document, also while the view pans
    this._corner = toDocument(start, _stage.picture.view);
    this._before = _stage.selection;
  }

  readonly pansAtRim = true;
  readonly cursor = 'crosshair';

  move(at: IPosition): void {
    const rect = rectBetween(this._corner, toDocument(at, this._stage.picture.view));
    this._stage.picture.overlay.showLasso(rect);
    const { scene, areas } = this._stage.picture;
    const whole = [...areas.areas.values()].filter(area => encloses(rect, area));
    this._stage.select([...this._before.nodes, ...boxesIn(scene, rect)], this._before.edges, [
      ...this._before.areas,
      ...whole.map(area => area.id)
    ]);
  }

  end(): void {
    this._stage.picture.overlay.hideLasso();
  }

  cancel(): void {
    this._stage.picture.overlay.hideLasso();
    const { nodes, edges, areas } = this._before;
    this._stage.select(nodes, edges, areas);
  }

  private readonly _corner;
  private readonly _before;
}
