// Carries out commands, from keys and from the bar.

import { EditCommands } from './editCommands';
import type { FocusCommands } from './focusCommands';
import type { KeyCommand } from './keys';
import type { Nudges } from './nudges';
import { isEmpty } from './selection';
import type { IStage } from './stage';
import type { ViewCommands } from './viewCommands';

/** Commands about what is selected, or else what has the focus. */
const ABOUT_FOCUS: ReadonlySet<KeyCommand['name']> = new Set([
  ...(['delete', 'delete_and_reconnect', 'duplicate', 'toggle_enabled'] as const),
  ...(['frame', 'edit_text', 'menu', 'resize', 'add', 'insert'] as const)
]);

/** Carries out commands on a stage. */
export class Commands {
  constructor(
    private readonly _stage: IStage,
    private readonly _nudges: Nudges,
    private readonly _focus: FocusCommands,
    private readonly _view: ViewCommands
  ) {
    this._edits = new EditCommands(_stage);
  }

  /** Does what is asked; false if there was nothing to do and the key is free for the browser. */
  run(command: KeyCommand): boolean {
    if (command.name !== 'nudge') {
      this._nudges.flush();
    }
    const moved = this._focus.run(command);
    if (moved !== null) {
      return moved;
    }
    switch (command.name) {
      case 'select_all':
        this._selectAll();
        return true;
      case 'escape':
        return this._escape();
      case 'nudge':
        return this._nudge(command.dx, command.dy);
      case 'shortcuts':
        this._stage.openSheet();
        return true;
      default:
        if (this._view.run(command)) {
          return true;
        }
        if (ABOUT_FOCUS.has(command.name)) {
          this._focus.selectFocused();
        }
        this._edits.run(command);
        return true;
    }
  }

  private _selectAll(): void {
    const { scene, areas } = this._stage.picture;
    this._stage.select(scene.boxes.keys(), [], areas.areas.keys());
  }

  private _nudge(dx: number, dy: number): boolean {
    if (!this._stage.isReadOnly) {
      this._nudges.add(dx, dy);
    }
    return true;
  }

  private _escape(): boolean {
    const { picture, selection } = this._stage;
    if (picture.bubble.isAnswer) {
      picture.bubble.hide();
    } else if (this._focus.stepBack()) {
      picture.bubble.hide();
    } else if (!isEmpty(selection)) {
      this._stage.select([], []);
    } else {
      // back to the notebook: its cell takes the keyboard again
      const cell = picture.surface.closest<HTMLElement>('.jp-Cell');
      cell?.focus({ preventScroll: true });
    }
    return true;
  }

  private readonly _edits: EditCommands;
}
