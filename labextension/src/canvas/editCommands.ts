// Carries out the commands that change the strategy, and those that copy it.

import type { Arrangement } from '../canvasEdits';
import type { CanvasEdit, IPosition } from '../messages';
import { arranged } from './arranging';
import { placeBeside } from './beside';
import { copiedText, readClipboard, whyNotPaste, writeClipboard } from './clipboard';
import { middleOf } from './edgeMarks';
import { boundsOf, toDocument } from './geometry';
import type { KeyCommand } from './keys';
import { ROOM } from './layout';
import { freePlace } from './room';
import { anchorOf, BOX_WIDTH, newPlaceOn } from './scene';
import { isEmpty } from './selection';
import type { IStage } from './stage';

/** From a box to the next one beside it. */
const COLUMN = BOX_WIDTH + 30;
const COMMENT = { width: 220, height: 84 } as const;
/** No frame or comment gets smaller than this by keys. */
const LEAST = { width: 80, height: 50 } as const;

/** Carries out edits on a stage. */
export class EditCommands {
  constructor(private readonly _stage: IStage) {}

  /** Does what is asked, if it can be done now. */
  run(command: KeyCommand): void {
    if (command.name === 'copy') {
      this._copy();
    } else if (command.name === 'menu') {
      this._stage.openMenu(this._menuPlace());
    } else if (!this._stage.isReadOnly) {
      this._edit(command);
    }
  }

  /** Pastes a text, at the pointer if it is over the canvas. */
  paste(text: string): void {
    if (this._stage.isReadOnly) {
      return;
    }
    const reason = whyNotPaste(text);
    const at = this._stage.pointerPlace;
    if (reason !== null) {
      this._stage.refuse(reason, at ?? this._middle());
    } else {
      const place = at && rounded(toDocument(at, this._stage.picture.view));
      this._stage.send(place ? { op: 'paste', text, position: place } : { op: 'paste', text });
    }
  }

  /** Deletes what is selected. */
  remove(how: 'delete' | 'cut'): void {
    const { selection, picture, isReadOnly } = this._stage;
    const [nodes, edges, areas] = [selection.nodes, selection.edges, selection.areas];
    if (isReadOnly || isEmpty(selection) || (how === 'cut' && nodes.size + areas.size === 0)) {
      return;
    }
    picture.focus.goTo(null); // the box with the focus is about to go
    const edit: CanvasEdit = { op: 'delete', nodes: [...nodes], edges: [...edges] };
    this._stage.send({ ...edit, areas: [...areas], how });
  }

  private _edit(command: KeyCommand): void {
    switch (command.name) {
      case 'undo':
      case 'redo':
        this._stage.send({ op: command.name });
        break;
      case 'delete':
        this.remove('delete');
        break;
      case 'cut':
        this._copy();
        this.remove('cut');
        break;
      case 'paste':
        void this._pasteFromMenu();
        break;
      case 'arrange':
        this._arrange(command.how);
        break;
      case 'comment':
        this._comment();
        break;
      case 'add':
        this._add();
        break;
      case 'resize':
        this._resize(command.dx, command.dy);
        break;
      case 'insert':
        this._offerInto(this._stage.selection.edges, this._stage.pointerPlace ?? this._menuPlace());
        break;
      default:
        this._editNodes(command);
    }
  }

  private _editNodes(command: KeyCommand): void {
    const { selection, picture } = this._stage;
    const nodes = [...selection.nodes];
    const areas = [...selection.areas];
    if (command.name === 'edit_text' && areas[0] !== undefined) {
      this._stage.writeArea(areas[0]);
    } else if (command.name === 'duplicate' && nodes.length + areas.length > 0) {
      this._stage.send({ op: 'duplicate', nodes, areas });
    } else if (nodes.length === 0) {
      if (command.name === 'frame') {
        this._stage.refuse('Select the nodes to put into a frame first.', this._menuPlace());
      }
    } else if (command.name === 'toggle_enabled') {
      const isAnyOn = nodes.some(id => picture.scene.boxes.get(id)?.enabled);
      this._stage.send({ op: 'enable', nodes, enabled: !isAnyOn });
    } else if (command.name === 'delete_and_reconnect') {
      picture.focus.goTo(null);
      this._stage.send({ op: 'bridge', nodes });
    } else if (command.name === 'frame') {
      this._frame(nodes);
    }
  }

  private _copy(): void {
    const { state, selection } = this._stage;
    const text = state && copiedText(state.document.raw, selection);
    if (text) {
      writeClipboard(text).catch(() => {
        this._stage.refuse('The browser did not allow copying. Press Ctrl+C.', this._menuPlace());
      });
    }
  }

  private async _pasteFromMenu(): Promise<void> {
    const text = await readClipboard();
    if (text === null) {
      this._stage.refuse('The browser does not let a menu paste. Press Ctrl+V.', this._menuPlace());
    } else {
      this.paste(text);
    }
  }

  private _arrange(how: Exclude<Arrangement, 'layout'>): void {
    const { picture, selection } = this._stage;
    const boxes = [...selection.nodes].flatMap(id => picture.scene.boxes.get(id) ?? []);
    const places = arranged(boxes, how);
    if (places.size > 0) {
      // those that stay are named too: what undo says counts all
      const stay = boxes.map(({ id, x, y }) => [id, { x, y }] as const);
      const all = new Map([...stay, ...places]);
      picture.showAt(all);
      this._stage.sendMove({ boxes: all, areas: new Map() }, { how });
    }
  }

  private _frame(nodes: string[]): void {
    const { scene } = this._stage.picture;
    const bounds = boundsOf(nodes.flatMap(id => scene.boxes.get(id) ?? []));
    if (bounds) {
      const area = {
        x: Math.round(bounds.x - ROOM.side),
        y: Math.round(bounds.y - ROOM.top),
        width: Math.round(bounds.width + 2 * ROOM.side),
        height: Math.round(bounds.height + ROOM.top + ROOM.bottom)
      };
      this._stage.expect('frame');
      this._stage.send({ op: 'frame', nodes, area });
    }
  }

  private _comment(): void {
    const { picture, pointerPlace } = this._stage;
    const corner = rounded(toDocument(pointerPlace ?? this._middle(), picture.view));
    const comments = [...picture.areas.areas.values()].filter(({ kind }) => kind === 'comment');
    const taken = [...picture.shown.boxes.values(), ...comments];
    this._stage.writeComment(freePlace({ ...corner, ...COMMENT }, taken, picture.sight));
  }

  /** Offers what can be added: into the connection that the keyboard is at, else anything. */
  private _add(): void {
    const { cursor, picture, pointerPlace } = this._stage;
    const { spot } = cursor;
    if (spot?.kind === 'edge') {
      this._offerInto([spot.id], this._menuPlace());
      return;
    }
    const box = spot?.kind === 'node' ? picture.scene.boxes.get(spot.id) : undefined;
    const at = pointerPlace ?? (box ? this._menuPlace() : this._middle());
    const place =
      pointerPlace || !box
        ? toDocument(at, picture.view)
        : anchorOf({ x: box.x + COLUMN, y: box.y }); // right of what has the focus
    const wanted = { what: 'any' } as const;
    this._stage.offerKinds({ at, title: 'Add a node', wanted, place: rounded(place) });
  }

  private _resize(dx: number, dy: number): void {
    const { picture, selection } = this._stage;
    for (const id of selection.areas) {
      const area = picture.areas.areas.get(id);
      if (area) {
        const { x, y } = area;
        const width = Math.max(LEAST.width, area.width + dx);
        const height = Math.max(LEAST.height, area.height + dy);
        const extent = { x, y, width, height };
        picture.areas.showAt(new Map([[id, extent]]));
        this._stage.send({ op: 'resize', id, area: extent });
      }
    }
  }

  /** Offers what can be put into the first of some edges. */
  private _offerInto([id]: Iterable<string>, at: IPosition): void {
    const { picture } = this._stage;
    const edge = id === undefined ? undefined : picture.scene.edges.get(id);
    const middle = edge && middleOf(picture.scene, edge);
    if (edge && middle) {
      this._stage.offerKinds({
        at,
        title: 'Put a node into the connection',
        wanted: { what: 'both', type: edge.type },
        place: newPlaceOn(middle),
        into: edge.id
      });
    }
  }

  /** Beside what has the focus or is selected, for who opens the menu by a key. */
  private _menuPlace(): IPosition {
    const { picture, selection, cursor, pointerPlace } = this._stage;
    const [node] = selection.nodes;
    const [edge] = selection.edges;
    const [area] = selection.areas;
    const spot =
      cursor.spot ??
      (node !== undefined ? ({ kind: 'node', id: node } as const) : null) ??
      (edge !== undefined ? ({ kind: 'edge', id: edge, from: 'source' } as const) : null) ??
      (area !== undefined ? ({ kind: 'area', id: area } as const) : null);
    return spot === null && pointerPlace ? pointerPlace : placeBeside(picture, spot);
  }

  private _middle(): IPosition {
    const { width, height } = this._stage.picture.size;
    return { x: width / 2, y: height / 2 };
  }
}

function rounded({ x, y }: IPosition): IPosition {
  return { x: Math.round(x), y: Math.round(y) };
}
