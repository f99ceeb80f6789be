// The strategy canvas: puts the parts together. Knows nothing of ipywidgets: it is told the state,
// and tells its host about edits and selections.

import type { JSONValue } from '@lumino/coreutils';
import { JSONExt } from '@lumino/coreutils';

import type { CanvasEdit, CanvasMessage, IPosition } from '../messages';
import { Announcer, changeInWords, selectionInWords } from './announce';
import { Bar } from './bar';
import { placeBeside } from './beside';
import { Commands } from './commands';
import { composeScene } from './compose';
import { Cursor } from './cursor';
import { FocusCommands } from './focusCommands';
import type { IMemory } from './frame';
import { Frame } from './frame';
import { followChange, pointAt } from './guide';
import { Keyboard } from './keyboard';
import { KeyConnect } from './keyConnect';
import type { KeyCommand } from './keys';
import type { Scope } from './keyTable';
import { Nudges } from './nudges';
import type { PaletteDrag } from './paletteDrag';
import { dragOnto } from './paletteDrag';
import { Picture } from './picture';
import { Places } from './places';
import { Pointer } from './pointer';
import { selectAt } from './press';
import { anchorOf } from './scene';
import type { IPlaces } from './moving';
import type { ISelection } from './selection';
import { isEmpty, isSameSelection, NOTHING, present } from './selection';
import type { IMoveReason, IOffer, IStage } from './stage';
import type { ICanvasState, IKind } from './state';
import { StrategyBadge } from './strategyBadge';
import { Tips } from './tips';
import { Tools } from './tools';
import { Waiting } from './waiting';

/** Whom the editor serves. */
export interface IEditorHost {
  /** Passes an edit on to Python. */
  send(edit: CanvasEdit): void;
  /** Passes a selection on to Python. */
  select(nodes: string[], edges: string[]): void;
  /** Saves the notebook: people press Ctrl+S wherever they are. */
  save(): void;
}

/** One canvas on the page. */
export class StrategyEditor implements IStage {
  constructor(
    _root: HTMLElement,
    private readonly _host: IEditorHost,
    private readonly _memory: IMemory
  ) {
    const run = (command: KeyCommand): boolean => this._run(command);
    this._frame = new Frame(_root, _memory);
    this._bar = new Bar(run);
    this.picture = new Picture(_root, view => {
      this._bar.setZoom(view.zoom);
    });
    _root.append(this._bar.node, this._frame.handle, this._live.node);
    this.cursor = new Cursor(this.picture);
    this._nudges = new Nudges(this);
    const say = (text: string): void => {
      this._live.say(text);
    };
    this._keyConnect = new KeyConnect(this, this.cursor, say);
    this._focus = new FocusCommands(this, this.cursor, this._keyConnect);
    this._commands = new Commands(this, this._nudges, this._focus);
    this._waiting = new Waiting(text => {
      this._bar.setStatus(text);
    });
    const scopes = (): readonly Scope[] => this._focus.scopes;
    this._keyboard = new Keyboard(_root, this.picture.surface, run, scopes, () => {
      this._nudges.flush();
      _host.save();
    });
    this._tips = new Tips(this.picture);
    this._strategyBadge = new StrategyBadge(this.picture);
    this._tools = this._makeTools(_root, run);
    this._pointer = this._makePointer();
    this._paletteDrag = this._makePaletteDrag();
  }

  readonly picture: Picture;
  readonly cursor: Cursor;

  get selection(): ISelection {
    return this._selection;
  }

  get isReadOnly(): boolean {
    return !this._isConnected || (this._state?.readOnly ?? true);
  }

  get state(): ICanvasState | null {
    return this._state;
  }

  get pointerPlace(): IPosition | null {
    return this._pointer.place;
  }

  select(nodes: Iterable<string>, edges: Iterable<string>, areas: Iterable<string> = []): void {
    const { scene, areas: layer } = this.picture;
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
    this._lastSent = edit;
    this._waiting.begin();
    this._host.send(edit);
  }

  refuse(reason: string, at: IPosition): void {
    this.picture.bubble.refuse(reason, at, this.picture.size);
    this._live.say(reason);
  }

  offerKinds(offer: IOffer): void {
    this._tools.offer(offer);
  }

  openMenu(at: IPosition): void {
    this._tools.openMenu(at);
  }

  openSheet(): void {
    this._tools.openSheet();
  }

  writeArea(id: string): void {
    this._tools.write(id);
  }

  expectArea(): void {
    this._tools.expectArea();
  }

  /** Shows a state. */
  update(state: ICanvasState): void {
    const isFirst = this._state === null;
    if (this._state?.document.raw !== state.document.raw) {
      this._keyConnect.drop(); // what fits may not fit any more
    }
    this._live.say(changeInWords(this._state, state));
    this._state = state;
    const newAreas = this.picture.areas.draw(state.document.areas);
    const change = this.picture.draw(this._places.settle(composeScene(state)));
    if (change && !this._pointer.isBusy) {
      followChange(this.picture, change, isFirst);
    }
    this._markAnew(state);
    this._strategyBadge.show(state.diagnostics);
    this._refresh();
    if (!isFirst) {
      this._tools.tellNew(newAreas);
    }
  }

  /** Python has answered for what was sent. */
  answered(): void {
    this.picture.overlay.clearSent();
    this.picture.areas.settle();
    this._waiting.end();
  }

  /** Carries out a message from Python. */
  receive(message: CanvasMessage): void {
    switch (message.type) {
      case 'fit':
        this.picture.fit('gliding');
        break;
      case 'reveal':
        this.picture.reveal(message.nodes);
        break;
      case 'go_to':
        pointAt(this.picture, this.cursor, message);
        break;
      case 'refused':
        this._takeBack(message.reason, message.edit);
        break;
    }
  }

  /** Tells whether there is still a kernel behind the canvas. */
  setConnected(isConnected: boolean): void {
    this._isConnected = isConnected;
    if (!isConnected) {
      this._pointer.cancel();
      this._keyConnect.drop();
      this._tools.close();
      this._nudges.drop();
      this.answered();
      this._bar.setStatus('The kernel is gone. Run the cell again to edit.');
    }
    this._refresh();
  }

  /** Frees everything. */
  dispose(): void {
    this._pointer.dispose();
    this._tools.dispose();
    this._paletteDrag.dispose();
    this._nudges.flush();
    this._keyboard.dispose();
    this.cursor.dispose();
    this._tips.dispose();
    this._waiting.end();
    this.picture.dispose();
    this._frame.dispose();
  }

  private _run(command: KeyCommand): boolean {
    if (command.name === 'escape' && this._pointer.isBusy) {
      this._pointer.cancel();
      return true;
    }
    const isDone = this._commands.run(command);
    this._tips.tellFocus(this.cursor.spot, placeBeside(this.picture, this.cursor.spot));
    return isDone;
  }

  private _makePointer(): Pointer {
    return new Pointer(this.picture.surface, this, {
      isPanKeyDown: () => this._keyboard.isPanKeyDown,
      onPress: node => {
        this._keyConnect.drop();
        this._nudges.flush();
        this.picture.bubble.hide();
        this._tips.silence(node);
      },
      onHoverEdge: (id, at) => {
        this.picture.hover(id);
        this._tips.offerEdge(id, at);
      },
      onRelease: at => {
        this._lastPlace = at;
      },
      onDoubleClick: (_at, area) => {
        if (area !== null) {
          this.writeArea(area);
        } else {
          this._run({ name: 'add' });
        }
      }
    });
  }

  private _makeTools(root: HTMLElement, run: (command: KeyCommand) => boolean): Tools {
    const memory = this._memory;
    return new Tools(root, this, {
      isLegendOpen: memory.isLegendOpen,
      onLegend: isOpen => {
        memory.isLegendOpen = isOpen;
      },
      run,
      onMenuAt: (at, target) => {
        selectAt(this, at, target);
      }
    });
  }

  private _makePaletteDrag(): PaletteDrag {
    return dragOnto(
      this,
      () => this._state?.kinds ?? new Map<string, IKind>(),
      at => {
        this._lastPlace = at;
      }
    );
  }

  /** Python refused an edit: back to the document, with the reason where the user is looking. */
  private _takeBack(reason: string, edit: unknown): void {
    this._places.takeBack();
    this.answered();
    if (this._state) {
      this.update(this._state);
    }
    if (JSONExt.deepEqual(edit as JSONValue, this._lastSent as JSONValue)) {
      this.refuse(reason, this._lastPlace);
    }
  }

  /** Marks what the state selects; frames and comments are this view's own. */
  private _markAnew({ selectedNodes, selectedEdges }: ICanvasState): void {
    const { scene, areas } = this.picture;
    const kept = this._selection.areas;
    this._mark(present(scene, selectedNodes, selectedEdges, kept, areas.areas));
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
    this._refresh();
    return true;
  }

  private _refresh(): void {
    this._bar.update({
      undoName: this._state?.undoName ?? null,
      redoName: this._state?.redoName ?? null,
      canDelete: !isEmpty(this._selection),
      readOnly: this.isReadOnly
    });
    this._frame.update(this.isReadOnly, this._isConnected);
  }

  private readonly _frame: Frame;
  private readonly _bar: Bar;
  private readonly _live = new Announcer();
  private readonly _keyConnect: KeyConnect;
  private readonly _focus: FocusCommands;
  private readonly _nudges: Nudges;
  private readonly _commands: Commands;
  private readonly _waiting: Waiting;
  private readonly _keyboard: Keyboard;
  private readonly _tips: Tips;
  private readonly _strategyBadge: StrategyBadge;
  private readonly _tools: Tools;
  private readonly _pointer: Pointer;
  private readonly _paletteDrag: PaletteDrag;
  private readonly _places = new Places();
  private _state: ICanvasState | null = null;
  private _selection: ISelection = NOTHING;
  private _lastSent: CanvasEdit | null = null;
  private _lastPlace: IPosition = { x: 0, y: 0 };
  private _isConnected = true;
}
