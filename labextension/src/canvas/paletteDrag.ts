// Dragging a kind from the palette onto the canvas. The palette is made of plain Jupyter widgets: its
// buttons are known by their place and by the title on them.

import type { IPosition } from '../messages';
import { make } from './dom';
import { toDocument } from './geometry';
import { edgeToEnter } from './insertion';
import { kindFits } from './kindSearch';
import type { ISceneEdge } from './scene';
import { newPlaceOn } from './scene';
import type { IStage } from './stage';
import { isDrag } from './stage';
import type { IKind } from './state';

const BUILDER = '.jp-StratCraft-Builder';
const ENTRY = '.jp-StratCraft-palette .jp-StratCraft-choices button';

/** Where a kind may be dropped, and what happens then. */
export interface IDropPlace {
  readonly surface: HTMLElement;
  readonly isReadOnly: boolean;
  /** The kind with a title; null if there is none. */
  kindOf(title: string): string | null;
  /** Shows what a drop at a place on the surface would do; null where there is none. */
  hover(kind: string, at: IPosition | null): void;
  /** Adds a node of a kind, at a place on the surface. */
  add(kind: string, at: IPosition): void;
}

/** Lets entries of the builder's palette be dragged onto its canvas; a press still adds them too. */
export class PaletteDrag {
  constructor(private readonly _place: IDropPlace) {
    document.addEventListener(
      'pointerdown',
      event => {
        this._press(event);
      },
      { capture: true, signal: this._abort.signal }
    );
  }

  /** Stops listening. */
  dispose(): void {
    this._drag?.abort();
    this._abort.abort();
  }

  private _press(event: PointerEvent): void {
    const entry = event.target instanceof Element ? event.target.closest(ENTRY) : null;
    const isOurs = entry?.closest(BUILDER) === this._place.surface.closest(BUILDER);
    // a finger on the palette scrolls it
    if (!entry || !isOurs || event.button !== 0 || event.pointerType === 'touch') {
      return;
    }
    const kind = this._place.kindOf(entry.textContent.trim());
    if (kind !== null && !this._place.isReadOnly) {
      this._follow(kind, entry.textContent.trim(), pointOf(event));
    }
  }

  /** Follows the pointer until it is let go. */
  private _follow(kind: string, title: string, start: IPosition): void {
    this._drag?.abort();
    const drag = new AbortController();
    const { signal } = drag;
    this._drag = drag;
    const ghost = make('div', 'jp-StratCraft-Ghost', { 'aria-hidden': 'true' }, title);
    signal.addEventListener('abort', () => {
      ghost.remove();
      this._place.hover(kind, null);
    });
    const move = (event: PointerEvent): void => {
      const at = pointOf(event);
      if (!ghost.isConnected && isDrag(start, at)) {
        document.body.append(ghost);
      }
      ghost.style.left = `${at.x}px`;
      ghost.style.top = `${at.y}px`;
      const isOver = this._isOver(event);
      ghost.classList.toggle('jp-mod-fits', isOver);
      this._place.hover(kind, isOver && ghost.isConnected ? this._onSurface(event) : null);
    };
    const drop = (event: PointerEvent): void => {
      const isDrop = ghost.isConnected && this._isOver(event);
      drag.abort();
      if (isDrop) {
        this._place.add(kind, this._onSurface(event));
      }
    };
    const cancel = (event: Event): void => {
      if (!(event instanceof KeyboardEvent) || event.key === 'Escape') {
        drag.abort();
      }
    };
    document.addEventListener('pointermove', move, { capture: true, signal });
    document.addEventListener('pointerup', drop, { capture: true, signal });
    document.addEventListener('pointercancel', cancel, { capture: true, signal });
    document.addEventListener('keydown', cancel, { capture: true, signal });
  }

  private _onSurface({ clientX, clientY }: PointerEvent): IPosition {
    const { left, top } = this._place.surface.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  private _isOver({ target }: Event): boolean {
    return target instanceof Node && this._place.surface.contains(target);
  }

  private readonly _abort = new AbortController();
  private _drag: AbortController | null = null;
}

/** Lets the kinds of a catalog be dragged from the palette onto a stage. */
export function dragOnto(
  stage: IStage,
  kinds: () => ReadonlyMap<string, IKind>,
  onDrop: (at: IPosition) => void
): PaletteDrag {
  const { picture } = stage;
  const edgeUnder = (name: string, at: IPosition): string | null => {
    const kind = kinds().get(name);
    const fits = ({ type }: ISceneEdge): boolean =>
      kind !== undefined && kindFits(kind, { what: 'both', type });
    return edgeToEnter(picture, at, fits);
  };
  return new PaletteDrag({
    surface: picture.surface,
    get isReadOnly() {
      return stage.isReadOnly;
    },
    kindOf: title => [...kinds()].find(([, kind]) => kind.title === title)?.[0] ?? null,
    hover: (kind, at) => {
      picture.aimEdge(at && edgeUnder(kind, at));
    },
    add: (kind, at) => {
      onDrop(at);
      const into = edgeUnder(kind, at);
      const place = toDocument(at, picture.view);
      picture.focus.goTo(null); // from the palette to where the user is now
      stage.expect('node');
      stage.send({
        op: 'add',
        kind,
        ...(into === null ? { position: place } : { position: newPlaceOn(place), into })
      });
    }
  });
}

function pointOf({ clientX, clientY }: PointerEvent): IPosition {
  return { x: clientX, y: clientY };
}
