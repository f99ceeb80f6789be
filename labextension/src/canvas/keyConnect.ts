// Drawing an edge by keys: the ports that fit are gone through one by one.

import { placeBeside } from './beside';
import type { Cursor } from './cursor';
import { curveBetween } from './curve';
import { withoutEdge } from './edgeEnds';
import type { IEnd } from './fit';
import { A_TYPE, endpointOf, fittingEnds, otherSide } from './fit';
import type { PortType } from './ports';
import type { IScene, ISceneEdge } from './scene';
import { BOX_WIDTH, edgeOffset, findPort, newPlaceAt, portPlace } from './scene';
import { toScreen } from './geometry';
import { readingOrder } from './selection';
import { spokenEnd } from './spoken';
import type { IStage } from './stage';
import { edgeId } from './state';

/** The mouse may have begun it, from the menu of a port. */
const HOW =
  'Arrow keys go through the ports that fit. Enter connects, / adds a node, Esc leaves it.';

interface IDrawing {
  from: IEnd;
  ends: readonly IEnd[];
  at: number;
  type: PortType;
  /** The edge whose end is moved. */
  redrawn: ISceneEdge | null;
}

/** One edge at a time, drawn by keys. */
export class KeyConnect {
  constructor(
    private readonly _stage: IStage,
    private readonly _cursor: Cursor,
    private readonly _say: (text: string) => void
  ) {
    const { surface } = _stage.picture;
    surface.addEventListener('focusout', event => {
      const next = event.relatedTarget;
      if (!(next instanceof Node && surface.contains(next))) {
        this.drop();
      }
    });
  }

  /** Whether an edge is being drawn. */
  get isBusy(): boolean {
    return this._drawing !== null;
  }

  /** Begins at a port, or moves an end of an edge. */
  begin(from: IEnd, redrawn: ISceneEdge | null = null): void {
    const { picture } = this._stage;
    const box = picture.scene.boxes.get(from.node);
    const type = box && findPort(box, from.side, from.port)?.type;
    if (this._stage.isReadOnly || !box || !type) {
      return;
    }
    const scene = redrawn ? withoutEdge(picture.scene, redrawn.id) : picture.scene;
    const ends = inOrder(picture.scene, fittingEnds(scene, from));
    if (ends.length === 0) {
      this._stage.refuse(
        `Nothing here ${from.side === 'output' ? 'takes' : 'gives'} ${A_TYPE[type]} yet. ` +
          'Press / to add a node.',
        placeBeside(picture, { kind: 'port', end: from })
      );
      return;
    }
    const at = Math.max(0, firstChoice(picture.scene, ends, redrawn));
    this._drawing = { from, ends, at, type, redrawn };
    picture.showFitting(from, ends);
    this._show(`Connecting from ${spokenEnd(picture.scene, from)}. ${ends.length} fit. `);
    const place = placeBeside(picture, { kind: 'port', end: from });
    const clearOf = { ...toScreen(box, picture.view), width: 0, height: 0 };
    clearOf.width = box.width * picture.view.zoom;
    clearOf.height = box.height * picture.view.zoom;
    picture.bubble.explain([{ text: HOW }], place, picture.size, clearOf);
  }

  /** Goes to another port that fits. */
  step(by: 1 | -1): void {
    const { _drawing: drawing } = this;
    if (drawing) {
      const count = drawing.ends.length;
      this._drawing = { ...drawing, at: (drawing.at + by + count) % count };
      this._show('');
    }
  }

  /** Connects to the port that is shown. */
  finish(): void {
    const { _drawing: drawing } = this;
    const end = drawing?.ends[drawing.at];
    if (!drawing || !end) {
      return;
    }
    const { from, redrawn, type } = drawing;
    const [source, target] = (from.side === 'output' ? [from, end] : [end, from]).map(endpointOf);
    const curve = this._curve(drawing, end);
    this._end();
    if (
      source === undefined ||
      target === undefined ||
      redrawn?.id === edgeId({ source, target })
    ) {
      return; // back where it was
    }
    if (curve) {
      this._stage.picture.overlay.addSent(curve, type);
    }
    this._stage.send(
      redrawn
        ? { op: 'reconnect', edge: redrawn.id, source, target }
        : { op: 'connect', source, target }
    );
  }

  /** Offers the kinds that fit instead. */
  offer(): void {
    const { _drawing: drawing } = this;
    const box = drawing && this._stage.picture.scene.boxes.get(drawing.from.node);
    if (!drawing || !box || drawing.redrawn) {
      return;
    }
    const { from, type, ends } = drawing;
    const { picture } = this._stage;
    this.cancel();
    picture.showFitting(from, ends); // its port stays in sight until the list is closed
    const side = otherSide(from.side);
    const port = portPlace(box, from.side, from.port);
    const x = port.x + (side === 'input' ? 1 : -1) * BOX_WIDTH * 0.6;
    this._stage.offerKinds({
      at: placeBeside(picture, { kind: 'port', end: from }),
      title: `Nodes that ${side === 'input' ? 'take' : 'give'} ${A_TYPE[type]}`,
      wanted: { what: 'port', type, side },
      place: newPlaceAt({ x, y: port.y }, side),
      join: { endpoint: endpointOf(from), side: from.side },
      onClose: () => {
        picture.showFitting(null, []);
      }
    });
  }

  /** Leaves everything as it was. */
  cancel(): void {
    const { _drawing: drawing } = this;
    if (!drawing) {
      return;
    }
    this._end();
    const { redrawn } = drawing;
    this._cursor.go(
      redrawn
        ? { kind: 'edge', id: redrawn.id, from: 'source' }
        : { kind: 'port', end: drawing.from }
    );
    this._say('Not connected.');
  }

  /** Ends it where the focus is. */
  drop(): void {
    if (this._drawing) {
      this._end();
    }
  }

  private _end(): void {
    this._drawing = null;
    const { picture } = this._stage;
    picture.overlay.hideDraft();
    picture.showFitting(null, []);
    picture.aim(null);
    if (!picture.bubble.isAnswer) {
      picture.bubble.hide();
    }
  }

  private _show(before: string): void {
    const { _drawing: drawing } = this;
    const end = drawing?.ends[drawing.at];
    if (!drawing || !end) {
      return;
    }
    const { picture } = this._stage;
    this._cursor.go({ kind: 'port', end });
    picture.aim(end);
    const curve = this._curve(drawing, end);
    if (curve) {
      picture.overlay.showDraft(curve, drawing.type, 'fits');
    }
    const place = `${drawing.at + 1} of ${drawing.ends.length}`;
    this._say(`${before}To ${spokenEnd(picture.scene, end)}, ${place}.`);
  }

  private _curve({ from }: IDrawing, end: IEnd): ReturnType<typeof curveBetween> | null {
    const { boxes } = this._stage.picture.shown;
    const [one, other] = [from, end].map(({ node, side, port }) => {
      const box = boxes.get(node);
      const offset = box && edgeOffset(box, side, port);
      return box && offset && { x: box.x + offset.x, y: box.y + offset.y };
    });
    if (!one || !other) {
      return null;
    }
    return from.side === 'output' ? curveBetween(one, other) : curveBetween(other, one);
  }

  private _drawing: IDrawing | null = null;
}

/** The end that one most likely wants: the present one of an edge, else a required port that is free. */
function firstChoice(scene: IScene, ends: readonly IEnd[], redrawn: ISceneEdge | null): number {
  const isPresent = (end: IEnd): boolean =>
    endpointOf(end) === (end.side === 'input' ? redrawn?.target : redrawn?.source);
  const isWanted = ({ node, side, port }: IEnd): boolean => {
    const box = scene.boxes.get(node);
    const found = box && findPort(box, side, port);
    return found !== undefined && found.required && !found.connected;
  };
  return redrawn ? ends.findIndex(isPresent) : ends.findIndex(isWanted);
}

function inOrder(scene: IScene, ends: readonly IEnd[]): IEnd[] {
  const places = new Map(readingOrder(scene).map((id, place) => [id, place]));
  return [...ends].sort((a, b) => (places.get(a.node) ?? 0) - (places.get(b.node) ?? 0));
}
