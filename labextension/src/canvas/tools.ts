// What opens over the canvas: the list of kinds, the menu, fields for texts; and the clipboard.

import type { IExtent } from '../canvasEdits';
import type { IPosition } from '../messages';
import { copiedText } from './clipboard';
import { EditCommands } from './editCommands';
import { edgesOn } from './fit';
import type { KeyCommand } from './keys';
import { makeLegend } from './legend';
import { Menu } from './menu';
import type { MenuPart } from './menuItems';
import { menuFor, pictureItems } from './menuItems';
import { Picker } from './picker';
import { portAt } from './press';
import { Sheet } from './sheet';
import type { IOffer, IStage } from './stage';

const CTRL = navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl';
/** A key that opens the menu makes the browser ask for one too. */
const SAME_KEY = 400;

/** What the tools remember, and whom they tell. */
export interface IToolsHost {
  isLegendOpen: boolean;
  onLegend(isOpen: boolean): void;
  run(command: KeyCommand): void;
  /** Selects what the menu is asked for. */
  onMenuAt(at: IPosition, target: EventTarget | null): void;
}

/** The tools of one canvas. */
export class Tools {
  constructor(
    private readonly _root: HTMLElement,
    private readonly _stage: IStage,
    private readonly _host: IToolsHost
  ) {
    const { surface } = _stage.picture;
    _stage.picture.setLegend(
      makeLegend(_host.isLegendOpen, isOpen => {
        _host.onLegend(isOpen);
      })
    );
    const { signal } = this._abort;
    surface.addEventListener(
      'contextmenu',
      event => {
        this._askForMenu(event);
      },
      { signal }
    );
    // a press of Ctrl+C is told wherever the text selection is, so all of them are looked at
    for (const type of ['copy', 'cut', 'paste'] as const) {
      document.addEventListener(
        type,
        event => {
          this._clipboard(type, event);
        },
        { signal, capture: true }
      );
    }
  }

  /** Opens the list of kinds. */
  offer({ at, title, wanted, place, join, into, onClose: whenClosed }: IOffer): void {
    const { state } = this._stage;
    if (!state || this._stage.isReadOnly) {
      whenClosed?.();
      return;
    }
    this._open?.close();
    const onChoose = (kind: string): void => {
      this._stage.expect('node');
      this._stage.send({
        op: 'add',
        kind,
        position: place,
        ...(join && { join }),
        ...(into !== undefined && { into })
      });
    };
    const { kinds, favouriteKinds: favourites, recentKinds: recent } = state;
    const onClose = (): void => {
      this._open = null;
      whenClosed?.();
    };
    this._open = new Picker(this._root, at, {
      ...{ kinds, favourites, recent, wanted },
      ...{ title, onChoose, onClose }
    });
  }

  /** Opens the menu of what is selected, and of the port that it is asked for. */
  openMenu(at: IPosition, port = this._stage.cursor.port): void {
    const { selection, picture, isReadOnly } = this._stage;
    const kinds = [...selection.areas].map(id => picture.areas.areas.get(id)?.kind);
    const end = port && { end: port, isConnected: edgesOn(picture.scene, port).length > 0 };
    const state = {
      port: end,
      nodes: selection.nodes.size,
      edges: selection.edges.size,
      frames: kinds.filter(kind => kind === 'frame').length,
      comments: kinds.filter(kind => kind === 'comment').length,
      isAnyEnabled: [...selection.nodes].some(id => picture.scene.boxes.get(id)?.enabled),
      isReadOnly,
      isDark: isDark()
    };
    this._showMenu(at, menuFor(state, CTRL));
  }

  /** Opens the menu of the ways to save a picture. */
  openPictureMenu(at: IPosition): void {
    this._showMenu(at, [pictureItems(isDark())]);
  }

  /** Opens the list of keys. */
  openSheet(): void {
    this._open?.close();
    this._open = new Sheet(this._root, CTRL, () => {
      this._open = null;
    });
  }

  /** Lets the user write the text of a frame or comment. */
  write(id: string): void {
    if (this._stage.isReadOnly) {
      return;
    }
    this._stage.picture.areas.write(id, (text, isByKeys) => {
      if (isByKeys) {
        this._stage.picture.focus.goToArea(id);
      }
      if (text !== null && !this._stage.isReadOnly) {
        this._stage.send({ op: 'write', id, text });
      }
    });
  }

  /** Lets the user write a comment; left empty, there is none. */
  writeComment(area: IExtent): void {
    const { picture } = this._stage;
    picture.areas.writeNew(area, (text, isByKeys) => {
      if (isByKeys) {
        picture.focus.goTo(null);
      }
      if (text !== null && !this._stage.isReadOnly) {
        if (isByKeys) {
          this._stage.expect('comment');
        }
        this._stage.send({ op: 'comment', area, text });
      }
    });
    picture.revealPlace(area);
  }

  /** Closes what is open. */
  close(): void {
    this._open?.close();
  }

  /** Stops listening. */
  dispose(): void {
    this.close();
    this._abort.abort();
  }

  private _showMenu(at: IPosition, parts: readonly MenuPart[]): void {
    this._open?.close();
    this._openedAt = performance.now();
    const run = (command: KeyCommand): void => {
      this._host.run(command);
    };
    this._open = new Menu(this._root, at, parts, run, () => {
      this._open = null;
    });
  }

  private _askForMenu(event: MouseEvent): void {
    const isSameKey = this._open !== null && performance.now() - this._openedAt < SAME_KEY;
    if (event.shiftKey || isSameKey) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const { surface } = this._stage.picture;
    const { left, top } = surface.getBoundingClientRect();
    const at = { x: event.clientX - left, y: event.clientY - top };
    this._host.onMenuAt(at, event.target);
    this.openMenu(at, portAt(event.target));
  }

  private _clipboard(type: 'copy' | 'cut' | 'paste', event: ClipboardEvent): void {
    const active = document.activeElement;
    const isOurs = active !== null && this._root.contains(active);
    if (!isOurs || active.matches('input, textarea')) {
      return;
    }
    event.stopPropagation();
    event.preventDefault();
    const edits = new EditCommands(this._stage);
    if (type === 'paste') {
      edits.paste(event.clipboardData?.getData('text/plain') ?? '');
      return;
    }
    const { state, selection, isReadOnly } = this._stage;
    const text = state && copiedText(state.document.raw, selection);
    if (text) {
      event.clipboardData?.setData('text/plain', text);
      if (type === 'cut' && !isReadOnly) {
        edits.remove('cut');
      }
    }
  }

  private readonly _abort = new AbortController();
  private _open: Picker | Menu | Sheet | null = null;
  private _openedAt = -SAME_KEY;
}

function isDark(): boolean {
  return document.body.dataset.jpThemeLight === 'false';
}
