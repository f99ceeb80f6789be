// The plain gestures: pan, select by box, drag boxes.

import type { IPosition } from '../messages';
import { rectBetween, toDocument } from './geometry';
import { boxesIn } from './hit';
import { toggled } from './selection';
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
    const found = boxesIn(this._stage.picture.scene, rect);
    this._stage.select([...this._before.nodes, ...found], this._before.edges);
  }

  end(): void {
    this._stage.picture.overlay.hideLasso();
  }

  cancel(): void {
    this._stage.picture.overlay.hideLasso();
    this._stage.select(this._before.nodes, this._before.edges);
  }

  private readonly _corner;
  private readonly _before;
}

/** Drags the selected boxes; one edit at release. A press without a drag settles the selection. */
export class DragBoxes implements IGesture {
  constructor(
    private readonly _stage: IStage,
    private readonly _start: IPosition,
    node: string,
    extend: boolean
  ) {
    this._origin = toDocument(_start, _stage.picture.view);
    const { nodes, edges } = _stage.selection;
    if (!nodes.has(node)) {
      _stage.select(extend ? [...nodes, node] : [node], extend ? edges : []);
    } else {
      this._onClick = () => {
        _stage.select(extend ? toggled(nodes, node) : [node], extend ? edges : []);
      };
    }
    for (const id of _stage.selection.nodes) {
      const box = _stage.picture.scene.boxes.get(id);
      if (box) {
        this._from.set(id, { x: box.x, y: box.y });
      }
    }
  }

  readonly pansAtRim = true;

  get cursor(): string {
    return this._stage.isReadOnly ? 'default' : 'grabbing';
  }

  move(at: IPosition): void {
    this._moved ||= !this._stage.isReadOnly && isDrag(this._start, at);
    if (this._moved) {
      const places = this._placesFor(at);
      this._stage.hold(places);
      this._stage.picture.showAt(places);
    }
  }

  end(at: IPosition): void {
    if (!this._moved) {
      this._onClick?.();
      return;
    }
    const places = this._placesFor(at);
    this._stage.hold(null);
    this._stage.picture.showAt(places);
    this._stage.sendMove(places);
  }

  cancel(): void {
    this._stage.hold(null);
    this._stage.picture.showAt(this._from);
  }

  private _placesFor(at: IPosition): Map<string, IPosition> {
    const now = toDocument(at, this._stage.picture.view);
    const [dx, dy] = [now.x - this._origin.x, now.y - this._origin.y];
    return new Map(
      [...this._from]
        .filter(([id]) => this._stage.picture.scene.boxes.has(id))
        .map(([id, { x, y }]) => [id, { x: Math.round(x + dx), y: Math.round(y + dy) }])
    );
  }

  private readonly _origin: IPosition;
  private readonly _from = new Map<string, IPosition>();
  private _onClick?: () => void;
  private _moved = false;
}
