// The strategy canvas: puts the parts together. Knows nothing of ipywidgets: it is told the state,
// and tells its host about edits and selections.

import type { CanvasEdit, CanvasMessage } from '../messages';
import { Announcer, changeInWords } from './announce';
import { Bar } from './bar';
import { placeBeside } from './beside';
import { Commands } from './commands';
import { Desk } from './desk';
import { FocusCommands } from './focusCommands';
import type { IMemory } from './frame';
import { Frame } from './frame';
import { followChange, pointAt } from './guide';
import { Keyboard } from './keyboard';
import { KeyConnect } from './keyConnect';
import type { KeyCommand } from './keys';
import { Minimap } from './minimap';
import { Nudges } from './nudges';
import type { PaletteDrag } from './paletteDrag';
import { Picture } from './picture';
import type { Pointer } from './pointer';
import { paletteDragOn, pointerOn } from './pointing';
import { selectAt } from './press';
import { isEmpty } from './selection';
import type { IStage } from './stage';
import type { ICanvasState } from './state';
import { StrategyBadge } from './strategyBadge';
import { Tips } from './tips';
import { Tools } from './tools';
import { ViewCommands } from './viewCommands';
import { ViewSettings } from './viewSettings';
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
export class StrategyEditor {
  constructor(
    root: HTMLElement,
    private readonly _host: IEditorHost,
    memory: IMemory
  ) {
    const run = (command: KeyCommand): boolean => this._run(command);
    this._frame = new Frame(root, memory);
    this._bar = new Bar(run);
    this._picture = new Picture(root);
    this._picture.follow(this._bar);
    root.append(this._bar.node, this._frame.handle, this._live.node);
    this._desk = this._makeDesk(root, memory);
    this._minimap = new Minimap(this._picture, this._settings.isMapOn);
    this._nudges = new Nudges(this._desk);
    this._keyConnect = new KeyConnect(this._desk, this._desk.cursor, text => {
      this._live.say(text);
    });
    this._focus = new FocusCommands(this._desk, this._desk.cursor, this._keyConnect);
    const view = new ViewCommands(this._desk, this._settings, () => {
      this._minimap.setOn(this._settings.isMapOn);
      this._refresh();
    });
    this._commands = new Commands(this._desk, this._nudges, this._focus, view);
    this._waiting = new Waiting(text => {
      this._bar.setStatus(text);
    });
    this._keyboard = new Keyboard(
      root,
      this._picture.surface,
      run,
      () => this._focus.scopes,
      () => {
        this._nudges.flush();
        _host.save();
      }
    );
    this._tips = new Tips(this._picture);
    this._strategyBadge = new StrategyBadge(this._picture);
    this._pointer = pointerOn(this._desk, {
      keyboard: this._keyboard,
      keyConnect: this._keyConnect,
      nudges: this._nudges,
      tips: this._tips,
      run
    });
    this._paletteDrag = paletteDragOn(this._desk);
  }

  /** Shows a state. */
  update(state: ICanvasState): void {
    const before = this._desk.state;
    if (before?.document.raw !== state.document.raw) {
      this._keyConnect.drop(); // what fits may not fit any more
    }
    this._live.say(changeInWords(before, state));
    const change = this._desk.show(state);
    if (change && !this._pointer.isBusy) {
      followChange(this._picture, change, {
        isFirst: before === null,
        selected: state.selectedNodes,
        pointer: this._pointer.lastPlace
      });
    }
    this._strategyBadge.show(state.diagnostics);
    this._refresh();
  }

  /** Python has answered for what was sent. */
  answered(): void {
    this._picture.overlay.clearSent();
    this._picture.areas.settle();
    this._waiting.end();
  }

  /** Carries out a message from Python. */
  receive(message: CanvasMessage): void {
    switch (message.type) {
      case 'fit':
        this._picture.fit('gliding');
        break;
      case 'reveal':
        this._picture.reveal(message.nodes);
        break;
      case 'go_to':
        pointAt(this._picture, this._desk.cursor, message);
        break;
      case 'refused':
        this._takeBack(message.reason, message.edit);
        break;
    }
  }

  /** Tells whether there is still a kernel behind the canvas. */
  setConnected(isConnected: boolean): void {
    this._desk.setConnected(isConnected);
    if (!isConnected) {
      this._pointer.cancel();
      this._keyConnect.drop();
      this._nudges.drop();
      this.answered();
      this._bar.setStatus('The kernel is gone. Run the cell again to edit.');
    }
    this._refresh();
  }

  /** Frees everything. */
  dispose(): void {
    this._pointer.dispose();
    this._paletteDrag.dispose();
    this._nudges.flush();
    this._keyboard.dispose();
    this._desk.dispose();
    this._minimap.dispose();
    this._tips.dispose();
    this._waiting.end();
    this._picture.dispose();
    this._frame.dispose();
  }

  private _run(command: KeyCommand): boolean {
    if (command.name === 'escape' && this._pointer.isBusy) {
      this._pointer.cancel();
      return true;
    }
    const isDone = this._commands.run(command);
    if (this._keyConnect.isBusy) {
      return isDone; // how to go on is on show
    }
    const { spot } = this._desk.cursor;
    this._tips.tellFocus(spot, placeBeside(this._picture, spot));
    return isDone;
  }

  private _makeDesk(root: HTMLElement, memory: IMemory): Desk {
    const host = {
      send: (edit: CanvasEdit) => {
        this._waiting.begin();
        this._host.send(edit);
      },
      select: (nodes: string[], edges: string[]) => {
        this._host.select(nodes, edges);
      },
      marked: () => {
        this._refresh();
      },
      pointerPlace: () => this._pointer.place
    };
    const makeTools = (stage: IStage): Tools =>
      new Tools(root, stage, {
        isLegendOpen: memory.isLegendOpen,
        onLegend: isOpen => {
          memory.isLegendOpen = isOpen;
        },
        run: command => {
          this._run(command);
        },
        onMenuAt: (at, target) => {
          selectAt(stage, at, target);
        }
      });
    return new Desk(this._picture, this._settings, this._live, host, makeTools);
  }

  /** Python refused an edit: back to the document, with the reason where the user is looking. */
  private _takeBack(reason: string, edit: unknown): void {
    const isLast = this._desk.takeBack(edit);
    this.answered();
    if (this._desk.state) {
      this.update(this._desk.state);
    }
    if (isLast) {
      this._desk.refuse(reason, this._desk.lastPlace);
    }
  }

  private _refresh(): void {
    const { state, selection, isReadOnly, isConnected } = this._desk;
    this._bar.update({
      undoName: state?.undoName ?? null,
      redoName: state?.redoName ?? null,
      canDelete: !isEmpty(selection),
      readOnly: isReadOnly,
      isSnapping: this._settings.isSnapping,
      isMapOn: this._settings.isMapOn
    });
    this._frame.update(isReadOnly, isConnected);
  }

  private readonly _settings = new ViewSettings();
  private readonly _live = new Announcer();
  private readonly _frame: Frame;
  private readonly _bar: Bar;
  private readonly _picture: Picture;
  private readonly _desk: Desk;
  private readonly _minimap: Minimap;
  private readonly _keyConnect: KeyConnect;
  private readonly _focus: FocusCommands;
  private readonly _nudges: Nudges;
  private readonly _commands: Commands;
  private readonly _waiting: Waiting;
  private readonly _keyboard: Keyboard;
  private readonly _tips: Tips;
  private readonly _strategyBadge: StrategyBadge;
  private readonly _pointer: Pointer;
  private readonly _paletteDrag: PaletteDrag;
}
