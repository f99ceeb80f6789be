// Drawing an edge from a port, from either end, to another port or onto a box.

import type { IPosition } from '../messages';
import type { ICurve } from './curve';
import { curveBetween } from './curve';
import type { IHeld } from './edgeEnds';
import { edgeHeldAt, withoutEdge } from './edgeEnds';
import type { IEnd } from './fit';
import {
  A_TYPE,
  edgeReplaced,
  endpointOf,
  fittingEnds,
  isSameEnd,
  otherSide,
  whyNotJoin
} from './fit';
import { toDocument } from './geometry';
import { boxAt, portNear } from './hit';
import type { DraftLook } from './overlay';
import type { PortType } from './ports';
import type { IBox, IScene } from './scene';
import { edgeOffset, findPort, newPlaceAt, portsOf } from './scene';
import type { IGesture, IStage } from './stage';
import { isDrag } from './stage';
import { edgeId } from './state';

/** How near a port, on the screen, the pointer catches it. */
const REACH = 20;

/** Where a drop would go, and whether it may. */
interface IAim {
  end: IEnd | null;
  reason: string | null;
}

/** An edge that is being drawn to another port, and what a press without a drag does. */
export interface IRedrawn {
  edge: string;
  onClick: () => void;
}

/** Draws an edge, or an end of one anew; a press without a drag selects the box. */
export class Connect implements IGesture {
  constructor(
    private readonly _stage: IStage,
    private readonly _start: IPosition,
    private readonly _from: IEnd,
    private readonly _redrawn: IRedrawn | null = null
  ) {
    this._ends = fittingEnds(this._without(_stage.picture.scene), _from);
    const box = _stage.picture.scene.boxes.get(_from.node);
    this._held = this._redrawn ? null : edgeHeldAt(_stage.picture.scene, _from);
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
      // who pulls at an end of an edge looks for another port of its direction
      this._stage.picture.showFitting(this._from, this._held?.ends ?? this._ends);
    }
    const aim = this._aimAt(at);
    this._comment(aim, at);
    this._stage.picture.aim(aim.reason === null ? aim.end : null);
    const look: DraftLook = aim.reason !== null ? 'refused' : aim.end ? 'fits' : 'loose';
    const curve = this._curveTo(aim.reason === null ? aim.end : null, at);
    if (curve) {
      this._stage.picture.overlay.showDraft(curve, this._type, look);
    }
  }

  end(at: IPosition): void {
    if (!this._moved) {
      if (this._redrawn) {
        this._redrawn.onClick();
      } else {
        this._stage.select([this._from.node], []);
      }
      return;
    }
    const { end, reason } = this._aimAt(at);
    if (reason === null && !end && !this._redrawn && !this._held) {
      this._offer(at); // port and line stay on show until the list is closed
      return;
    }
    const curve = this._curveTo(end, at);
    const replaced = end && this._replacedBy(end);
    this.cancel();
    if (reason !== null) {
      this._stage.refuse(reason, at);
    } else if (end) {
      this._send(end, curve);
      if (replaced !== null) {
        this._stage.picture.bubble.notice(`Replaced ${replaced}.`, at, this._stage.picture.size);
      }
    } else {
      this._stage.refuse('The connection stays. Press Delete to remove it.', at);
    }
  }

  cancel(): void {
    this._stage.picture.bubble.hide();
    this._stage.picture.overlay.hideDraft();
    this._stage.picture.showFitting(null, []);
    this._stage.picture.aim(null);
  }

  /** Says at the pointer, before the drop, why it would be refused or what it would replace. */
  private _comment({ end, reason }: IAim, at: IPosition): void {
    const { bubble, size } = this._stage.picture;
    const replaced = reason === null && end ? this._replacedBy(end) : null;
    if (reason !== null) {
      bubble.refuse(reason, at, size);
    } else if (replaced !== null) {
      bubble.notice(`Replaces ${replaced}.`, at, size);
    } else {
      bubble.hide();
    }
  }

  /** The edge that a drop at this end takes away, in words; null if none. */
  private _replacedBy(end: IEnd): string | null {
    const { scene } = this._stage.picture;
    const fixed = this._fixedFor(end);
    const input = end.side === 'input' ? end : fixed;
    const moved = fixed === this._from ? this._redrawn?.edge : this._held?.edge;
    return edgeReplaced(this._without(scene, moved), input);
  }

  private _send(end: IEnd, curve: ICurve | null): void {
    const fixed = this._fixedFor(end);
    const [from, to] = fixed.side === 'output' ? [fixed, end] : [end, fixed];
    const [source, target] = [endpointOf(from), endpointOf(to)];
    const edge = fixed === this._from ? this._redrawn?.edge : this._held?.edge;
    if (edge === edgeId({ source, target })) {
      return; // back where it was
    }
    if (curve) {
      this._stage.picture.overlay.addSent(curve, this._type);
    }
    this._stage.send(
      edge === undefined
        ? { op: 'connect', source, target }
        : { op: 'reconnect', edge, source, target }
    );
  }

  /** Dropped on nothing: the user chooses a node that fits. */
  private _offer(at: IPosition): void {
    const side = otherSide(this._from.side);
    const port = toDocument(at, this._stage.picture.view);
    this._stage.offerKinds({
      at,
      title:
        side === 'input'
          ? `Nodes that take ${A_TYPE[this._type]}`
          : `Nodes that give ${A_TYPE[this._type]}`,
      wanted: { what: 'port', type: this._type, side },
      place: newPlaceAt(port, side),
      join: { endpoint: endpointOf(this._from), side: this._from.side },
      onClose: () => {
        this.cancel();
      }
    });
  }

  /** The end that stays where it is, for a drop at this one. */
  private _fixedFor(end: IEnd | null): IEnd {
    const isMoved = end === null || end.side === this._from.side;
    return this._held && isMoved ? this._held.source : this._from;
  }

  /** The scene as if the edge that is drawn anew were not there. */
  private _without(scene: IScene, edge = this._redrawn?.edge): IScene {
    return edge === undefined ? scene : withoutEdge(scene, edge);
  }

  /** The port at the pointer, or the best one of the box there. */
  private _aimAt(at: IPosition): IAim {
    const { shown, view } = this._stage.picture;
    const point = toDocument(at, view);
    const port = portNear(shown, point, REACH / view.zoom);
    if (port && !isSameEnd(port, this._from)) {
      const fixed = this._fixedFor(port);
      const scene =
        fixed === this._from ? this._without(shown) : this._without(shown, this._held?.edge);
      return { end: port, reason: whyNotJoin(scene, fixed, port) };
    }
    const box = boxAt(shown, point);
    if (!box || box.id === this._from.node) {
      return { end: null, reason: null };
    }
    return this._aimAtBox(box);
  }

  private _aimAtBox(box: IBox): IAim {
    const fitting = (this._held?.ends ?? this._ends).filter(end => end.node === box.id);
    const isFree = (end: IEnd): boolean => findPort(box, end.side, end.port)?.connected === false;
    const end = fitting.find(isFree) ?? fitting[0];
    if (end) {
      return { end, reason: null };
    }
    const fixed = this._fixedFor(null);
    const side = otherSide(fixed.side);
    const first = portsOf(box, side)[0];
    if (!first) {
      return { end: null, reason: `${box.title} has no ${side}s.` };
    }
    const tried = { node: box.id, port: first.name, side };
    const scene = this._without(this._stage.picture.scene, this._held?.edge ?? this._redrawn?.edge);
    return { end: tried, reason: whyNotJoin(scene, fixed, tried) };
  }

  private _curveTo(end: IEnd | null, at: IPosition): ICurve | null {
    const stays = this._fixedFor(end);
    const fixed = this._placeOf(stays);
    const loose = (end && this._placeOf(end)) ?? toDocument(at, this._stage.picture.view);
    if (!fixed) {
      return null;
    }
    return stays.side === 'output' ? curveBetween(fixed, loose) : curveBetween(loose, fixed);
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
  private readonly _held: IHeld | null;
  private readonly _type: PortType;
  private _moved = false;
}
