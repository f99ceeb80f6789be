// Carries out commands, from keys and from the bar.

import { EditCommands } from './editCommands';
import { zoomAt } from './geometry';
import type { KeyCommand } from './keys';
import type { Nudges } from './nudges';
import { isEmpty, readingOrder, toggled } from './selection';
import type { IStage } from './stage';

const ZOOM_STEP = 1.25;
const PAN_STEP = 4;

/** Carries out commands on a stage. */
export class Commands {
  constructor(
    private readonly _stage: IStage,
    private readonly _nudges: Nudges
  ) {
    this._edits = new EditCommands(_stage);
  }

  /** Does what is asked; false if there was nothing to do and the key is free for the browser. */
  run(command: KeyCommand): boolean {
    if (command.name !== 'nudge') {
      this._nudges.flush();
    }
    switch (command.name) {
      case 'select_all':
        this._selectAll();
        return true;
      case 'escape':
        return this._escape();
      case 'nudge':
        return this._nudge(command.dx, command.dy);
      case 'toggle_selection':
        return this._toggleFocused(command.extend);
      case 'next_node':
        return this._focusStep(1);
      case 'previous_node':
        return this._focusStep(-1);
      case 'zoom_in':
        return this._zoom(ZOOM_STEP);
      case 'zoom_out':
        return this._zoom(1 / ZOOM_STEP);
      case 'zoom_reset':
        return this._zoom(1 / this._stage.picture.view.zoom);
      case 'fit':
        this._stage.picture.fit('gliding');
        return true;
      default:
        this._edits.run(command);
        return true;
    }
  }

  private _selectAll(): void {
    const { scene, areas } = this._stage.picture;
    this._stage.select(scene.boxes.keys(), [], areas.areas.keys());
  }

  private _nudge(dx: number, dy: number): boolean {
    const { picture, selection, isReadOnly } = this._stage;
    if (selection.nodes.size + selection.areas.size > 0 && !isReadOnly) {
      this._nudges.add(dx, dy);
    } else {
      const { panX, panY, zoom } = picture.view;
      picture.look({ zoom, panX: panX - dx * PAN_STEP, panY: panY - dy * PAN_STEP });
    }
    return true;
  }

  private _escape(): boolean {
    const { picture, selection } = this._stage;
    if (picture.bubble.isRefusal) {
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

  private _toggleFocused(extend: boolean): boolean {
    const { picture, selection } = this._stage;
    const node = picture.focused();
    if (node === null) {
      return false;
    }
    if (extend) {
      this._stage.select(toggled(selection.nodes, node), selection.edges);
    } else {
      this._stage.select([node], []);
    }
    return true;
  }

  /** Moves the focus from box to box; past the last one it leaves the canvas. */
  private _focusStep(step: 1 | -1): boolean {
    const { picture } = this._stage;
    const order = readingOrder(picture.scene);
    const node = picture.focused();
    const at = node === null ? -1 : order.indexOf(node);
    const next = at + step;
    if (node === null && step < 0) {
      return false;
    }
    if (next < 0) {
      picture.focus(null);
      return true;
    }
    const id = order[next];
    if (id === undefined) {
      return false;
    }
    picture.focus(id);
    picture.reveal([id]);
    return true;
  }

  private _zoom(factor: number): boolean {
    const { picture } = this._stage;
    const { width, height } = picture.size;
    picture.look(zoomAt(picture.view, factor, { x: width / 2, y: height / 2 }));
    return true;
  }

  private readonly _edits: EditCommands;
}
