// What is on the canvas now, and the edits it sends: the stage of gestures and commands.

import type { JSONValue } from '@lumino/coreutils';
import { JSONExt } from '@lumino/coreutils';

import type { IExtent } from '../canvasEdits';
import type { CanvasEdit, IPosition } from '../messages';
import type { Announcer } from './announce';
import type { Awaited } from './arrivals';
import { Arrivals } from './arrivals';
import { selectionInWords } from './announce';
import { composeScene } from './compose';
import { Cursor } from './cursor';
import { anchorOnGrid } from './grid';
import type { IPlaces } from './moving';
import type { Picture } from './picture';
import { Places } from './places';
import { anchorOf } from './scene';
import type { ISceneChange } from './sceneDiff';
import type { ISelection } from './selection';
import { isSameSelection, NOTHING, present } from './selection';
import type { IMoveReason, IOffer, IStage } from './stage';
import type { ICanvasState } from './state';
import type { Tools } from './tools';
import type { ViewSettings } from './viewSettings';

const NO_AREAS: ReadonlySet<string> = new Set();

/** Whom the desk tells. */
export interface IDeskHost {
  /** Passes an edit on to Python. */
  send(edit: CanvasEdit): void;
  /** Passes a selection on to Python. */
  select(nodes: string[], edges: string[]): void;
  /** Other things are selected. */
  marked(): void;
  /** Where the pointer is on the surface; null if it is elsewhere. */
  pointerPlace(): IPosition | null;
}

/** The stage of one canvas. */
export class Desk implements IStage {
  constructor(
    readonly picture: Picture,
    readonly settings: ViewSettings,
    private readonly _live: Announcer,
    private readonly _host: IDeskHost,
    makeTools: (stage: IStage) => Tools
  ) {
    this.cursor = new Cursor(picture);
    this.tools = makeTools(this);
    this._arrivals = new Arrivals(this, this.tools);
  }

  readonly cursor: Cursor;
  readonly tools: Tools;

  /** Where the pointer did something last. */
  lastPlace: IPosition = { x: 0, y: 0 };

  get selection(): ISelection {
    return this._selection;
  }

  get isReadOnly(): boolean {
    return !this._isConnected || (this._state?.readOnly ?? true);
  }

  get isConnected(): boolean {
    return this._isConnected;
  }

  get isSnapping(): boolean {
    return this.settings.isSnapping;
  }

  get state(): ICanvasState | null {
    return this._state;
  }

  get isJustAdded(): boolean {
    return this._arrivals.isFresh;
  }

  get pointerPlace(): IPosition | null {
    return this._host.pointerPlace();
  }

  select(nodes: Iterable<string>, edges: Iterable<string>, areas: Iterable<string> = []): void {
    const { scene, areas: layer } = this.picture;
    this._arrivals.chosen();
    if (this._mark(present(scene, nodes, edges, areas, layer.areas))) {
      this._host.select([...this._selection.nodes], [...this._selection.edges]);
    }
  }

  hold(places: ReadonlyMap<string, IPosition> | null): void {
    this._places.hold(places);
  }

  sendMove({ boxes, areas }: IPlaces, reason: IMoveReason = {}): void {
    this._places.sent(boxes);
    const anchors = [...boxes].map(([id, corner]) => [id, anchorOf(corner)] as const);
    const positions = Object.fromEntries(anchors);
    const moved = areas.size > 0 ? { areas: Object.fromEntries(areas) } : {};
    this.send({ op: 'move', positions, ...moved, ...reason });
  }

  send(edit: CanvasEdit): void {
    const isNew = edit.op === 'add' && this.isSnapping;
    this._lastSent = isNew ? { ...edit, position: anchorOnGrid(edit.position) } : edit;
    this._host.send(this._lastSent);
  }

  refuse(reason: string, at: IPosition): void {
    this.picture.bubble.refuse(reason, at, this.picture.size);
    this._live.say(reason);
  }

  say(text: string): void {
    this._live.say(text);
  }

  offerKinds(offer: IOffer): void {
    this.tools.offer(offer);
  }

  openMenu(at: IPosition): void {
    this.tools.openMenu(at);
  }

  openPictureMenu(at: IPosition): void {
    this.tools.openPictureMenu(at);
  }

  openSheet(): void {
    this.tools.openSheet();
  }

  writeArea(id: string): void {
    this.tools.write(id);
  }

  writeComment(area: IExtent): void {
    this.tools.writeComment(area);
  }

  expect(what: Awaited): void {
    this._arrivals.expect(what);
  }

  /** Draws a state; tells what changed, or null if nothing did. */
  show(state: ICanvasState): ISceneChange | null {
    const isFirst = this._state === null;
    this._state = state;
    const newAreas = this.picture.areas.draw(state.document.areas);
    const change = this.picture.draw(this._places.settle(composeScene(state)));
    const { selectedNodes, selectedEdges } = state;
    const { scene, areas } = this.picture;
    const selected = present(scene, selectedNodes, selectedEdges);
    // frames and comments are selected in this view alone, until others are selected elsewhere
    const kept = isSameSelection({ ...this._selection, areas: NO_AREAS }, selected)
      ? this._selection.areas
      : NO_AREAS;
    this._mark(present(scene, selectedNodes, selectedEdges, kept, areas.areas));
    if (!isFirst) {
      this._arrivals.tell(change?.added.map(box => box.id) ?? [], newAreas);
    }
    return change;
  }

  /** Python refused an edit: forgets the places that were sent. Tells whether it was the last one. */
  takeBack(edit: unknown): boolean {
    this._places.takeBack();
    this._arrivals.expect(null);
    return JSONExt.deepEqual(edit as JSONValue, this._lastSent as JSONValue);
  }

  /** Tells whether there is still a kernel behind the canvas. */
  setConnected(isConnected: boolean): void {
    this._isConnected = isConnected;
    if (!isConnected) {
      this._arrivals.expect(null);
      this.tools.close();
    }
  }

  /** Stops listening. */
  dispose(): void {
    this.tools.dispose();
    this.cursor.dispose();
  }

  private _mark(selection: ISelection): boolean {
    if (isSameSelection(selection, this._selection)) {
      return false;
    }
    this._selection = selection;
    this.picture.mark(selection);
    if (this.picture.surface.contains(document.activeElement)) {
      this._live.say(selectionInWords(this.picture.scene, selection));
    }
    this._host.marked();
    return true;
  }

  private readonly _arrivals: Arrivals;
  private readonly _places = new Places();
  private _state: ICanvasState | null = null;
  private _selection: ISelection = NOTHING;
  private _lastSent: CanvasEdit | null = null;
  private _isConnected = true;
}
