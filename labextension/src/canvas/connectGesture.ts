// Drawing an edge from a port, from either end, to another port or onto a box.

import type { IPosition } from '../messages';
import type { ICurve } from './curve';
import { curveBetween } from './curve';
import type { IEnd } from './fit';
import { endpointOf, fittingEnds, otherSide, whyNotJoin } from './fit';
import { toDocument } from './geometry';
import { boxAt, portNear } from './hit';
import type { DraftLook } from './overlay';
import type { PortType } from './ports';
import type { IBox } from './scene';
import { edgeOffset, findPort, portsOf } from './scene';
import type { IGesture, IStage } from './stage';
import { isDrag } from './stage';

/** How near a port, on the screen, the pointer catches it. */
const REACH = 20;

/** Where a drop would go, and whether it may. */
interface IAim {
  end: IEnd | null;
  reason: string | null;
}

/** Draws an edge; a press without a drag selects the box. */
export class Connect implements IGesture {
  constructor(
    private readonly _stage: IStage,
    private readonly _start: IPosition,
    private readonly _from: IEnd
  ) {
    this._ends = fittingEnds(_stage.picture.scene, _from);
    const box = _stage.picture.scene.boxes.get(_from.node);
    this._type = (box && findPort(box, _from.side, _from.port)?.type) ?? 'series';
  }

  readonly pansAtRim = true;
  readonly cursor = 'crosshair';

  move(at: IPosition): void {
    if (!this._moved) {
      if (!isDrag(this._start, at)) {
        return;
      }
      this._moved = true;
      this._stage.picture.showFitting(this._from, this._ends);
    }
    const aim = this._aimAt(at);
    this._stage.picture.aim(aim.reason === null ? aim.end : null);
    const look: DraftLook = aim.reason !== null ? 'refused' : aim.end ? 'fits' : 'loose';
    const curve = this._curveTo(aim.reason === null ? aim.end : null, at);
    if (curve) {
      this._stage.picture.overlay.showDraft(curve, this._type, look);
    }
  }

  end(at: IPosition): void {
    if (!this._moved) {
      this._stage.select([this._from.node], []);
      return;
    }
    const { end, reason } = this._aimAt(at);
    const curve = this._curveTo(end, at);
    this.cancel();
    if (reason !== null) {
      this._stage.refuse(reason, at);
    } else if (end) {
      const [source, target] = this._from.side === 'output' ? [this._from, end] : [end, this._from];
      if (curve) {
        this._stage.picture.overlay.addSent(curve, this._type);
      }
      this._stage.send({ op: 'connect', source: endpointOf(source), target: endpointOf(target) });
    }
  }

  cancel(): void {
    this._stage.picture.overlay.hideDraft();
    this._stage.picture.showFitting(null, []);
    this._stage.picture.aim(null);
  }

  /** The port at the pointer, or the best one of the box there. */
  private _aimAt(at: IPosition): IAim {
    const { shown, view } = this._stage.picture;
    const point = toDocument(at, view);
    const port = portNear(shown, point, REACH / view.zoom);
    if (port && !isSame(port, this._from)) {
      return { end: port, reason: whyNotJoin(shown, this._from, port) };
    }
    const box = boxAt(shown, point);
    if (!box || box.id === this._from.node) {
      return { end: null, reason: null };
    }
    return this._aimAtBox(box);
  }

  private _aimAtBox(box: IBox): IAim {
    const fitting = this._ends.filter(end => end.node === box.id);
    const isFree = (end: IEnd): boolean => findPort(box, end.side, end.port)?.connected === false;
    const end = fitting.find(isFree) ?? fitting[0];
    if (end) {
      return { end, reason: null };
    }
    const side = otherSide(this._from.side);
    const first = portsOf(box, side)[0];
    if (!first) {
      return { end: null, reason: `${box.title} has no ${side}s.` };
    }
    const tried = { node: box.id, port: first.name, side };
    return { end: tried, reason: whyNotJoin(this._stage.picture.scene, this._from, tried) };
  }

  private _curveTo(end: IEnd | null, at: IPosition): ICurve | null {
    const fixed = this._placeOf(this._from);
    const loose = (end && this._placeOf(end)) ?? toDocument(at, this._stage.picture.view);
    if (!fixed) {
      return null;
    }
    return this._from.side === 'output' ? curveBetween(fixed, loose) : curveBetween(loose, fixed);
  }

  private _placeOf({ node, port, side }: IEnd): IPosition | null {
    const box = this._stage.picture.shown.boxes.get(node);
    if (!box) {
      return null;
    }
    const offset = edgeOffset(box, side, port);
    return { x: box.x + offset.x, y: box.y + offset.y };
  }

  private readonly _ends: IEnd[];
  private readonly _type: PortType;
  private _moved = false;
}

function isSame(one: IEnd, other: IEnd): boolean {
  return one.node === other.node && one.port === other.port && one.side === other.side;
}
