// From pointer events to gestures: their moves, their end, panning at the rim, the wheel.

import type { IPosition } from '../messages';
import type { IGrab } from './edgeEnds';
import { rimPush, zoomAt } from './geometry';
import { areaOf, beginGesture, edgeIdAt, grabIn, isOwn, nodeOf } from './press';
import type { IGesture, IStage } from './stage';

const NOWHERE: IPosition = { x: 0, y: 0 };

/** Sees to the pointer on one surface. */
export class Pointer {
  constructor(
    private readonly _surface: HTMLElement,
    private readonly _stage: IStage,
    private readonly _watch: {
      readonly isPanKeyDown: () => boolean;
      readonly onPress: (node: string | null) => void;
      readonly onHoverEdge: (id: string | null, at: IPosition) => void;
      readonly onRelease: (at: IPosition) => void;
      readonly onDoubleClick: (at: IPosition, area: string | null) => void;
    }
  ) {
    const { signal } = this._abort;
    const on = (
      type: 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel' | 'pointerleave',
      listener: (event: PointerEvent) => void
    ): void => {
      _surface.addEventListener(type, listener, { signal });
    };
    on('pointerdown', event => {
      this._press(event);
    });
    on('pointermove', event => {
      this._move(event);
    });
    on('pointerup', event => {
      if (event.pointerId === this._pointerId) {
        const at = this._place(event);
        this._watch.onRelease(at);
        this._finish(gesture => {
          gesture.end(at);
        });
      }
    });
    on('pointercancel', () => {
      this.cancel();
    });
    on('pointerleave', () => {
      this._isOver = false;
      this._hover(null);
    });
    _surface.addEventListener(
      'dblclick',
      event => {
        this._doubleClick(event);
      },
      { signal }
    );
    _surface.addEventListener(
      'wheel',
      event => {
        this._wheel(event);
      },
      { signal, passive: false }
    );
  }

  /** Whether something is being done with the pointer. */
  get isBusy(): boolean {
    return this._gesture !== null;
  }

  /** Where the pointer is on the surface; null if it is elsewhere. */
  get place(): IPosition | null {
    return this._isOver ? this._last : null;
  }

  /** Where it was last on the surface: a list that opens below it takes it off; null before that. */
  get lastPlace(): IPosition | null {
    return this._last === NOWHERE ? null : this._last;
  }

  /** Gives up what is being done. */
  cancel(): void {
    this._finish(gesture => {
      gesture.cancel();
    });
  }

  /** Stops listening. */
  dispose(): void {
    this.cancel();
    this._abort.abort();
  }

  private _press(event: PointerEvent): void {
    if (isOwn(event.target)) {
      return;
    }
    this._watch.onPress(nodeOf(event.target));
    if (this._gesture) {
      return;
    }
    const gesture = beginGesture(this._stage, event, {
      at: this._place(event),
      isPanKeyDown: this._watch.isPanKeyDown()
    });
    if (gesture) {
      // no text selection, and no selection of notebook cells by Shift
      event.preventDefault();
      this._hover(null);
      this._showHandle(null);
      this._gesture = gesture;
      this._pointerId = event.pointerId;
      this._surface.setPointerCapture(event.pointerId);
      this._surface.style.cursor = gesture.cursor;
    }
  }

  private _move(event: PointerEvent): void {
    const at = this._place(event);
    this._isOver = true;
    if (!this._gesture) {
      this._last = at;
      const isAbove = nodeOf(event.target) !== null || isOwn(event.target);
      this._hover(isAbove ? null : edgeIdAt(this._stage, at), at);
      this._showHandle(isAbove ? null : grabIn(this._stage, at));
    } else if (event.pointerId === this._pointerId) {
      this._last = at;
      this._gesture.move(at);
      this._panAtRim();
    }
  }

  /** Pans a little each frame while a drag stays near the rim. */
  private _panAtRim(): void {
    if (this._frame !== 0 || !this._gesture?.pansAtRim) {
      return;
    }
    const push = rimPush(this._last, this._stage.picture.size);
    if (push.x === 0 && push.y === 0) {
      return;
    }
    this._frame = requestAnimationFrame(() => {
      this._frame = 0;
      const { picture } = this._stage;
      const { panX, panY, zoom } = picture.view;
      picture.look({ zoom, panX: panX + push.x, panY: panY + push.y });
      this._gesture?.move(this._last);
      this._panAtRim();
    });
  }

  private _finish(last: (gesture: IGesture) => void): void {
    const gesture = this._gesture;
    if (!gesture) {
      return;
    }
    cancelAnimationFrame(this._frame);
    this._frame = 0;
    this._gesture = null;
    this._surface.style.cursor = '';
    if (this._surface.hasPointerCapture(this._pointerId)) {
      this._surface.releasePointerCapture(this._pointerId);
    }
    last(gesture);
  }

  private _wheel(event: WheelEvent): void {
    // an unfocused canvas lets the notebook scroll; Ctrl (and a pinch, which looks like it) always zooms
    const isOurs = event.ctrlKey || event.metaKey || this._surface.contains(document.activeElement);
    if (!isOurs) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const { picture } = this._stage;
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 24 : 1;
    if (event.shiftKey && !event.ctrlKey) {
      const { panX, panY, zoom } = picture.view;
      picture.look({ zoom, panX: panX - (event.deltaX || event.deltaY) * unit, panY });
      return;
    }
    const speed = event.ctrlKey && Math.abs(event.deltaY) < 50 ? 0.01 : 0.0018;
    const factor = Math.exp(-event.deltaY * unit * speed);
    picture.look(zoomAt(picture.view, factor, this._place(event)));
    if (this._gesture) {
      this._gesture.move(this._place(event));
    }
  }

  private _hover(edge: string | null, at: IPosition = this._last): void {
    if (edge !== this._hovered) {
      this._hovered = edge;
      this._surface.classList.toggle('jp-mod-overEdge', edge !== null);
      this._watch.onHoverEdge(edge, at);
    }
  }

  private _showHandle(grab: IGrab | null): void {
    const { overlay, view } = this._stage.picture;
    const isOffered = grab !== null && !this._stage.isReadOnly;
    this._surface.classList.toggle('jp-mod-overEnd', isOffered);
    overlay.showHandle(isOffered ? grab.at : null, grab?.edge.type, view.zoom);
  }

  /** The pointer was captured, so the event does not say what lies there. */
  private _doubleClick(event: MouseEvent): void {
    const target = document.elementFromPoint(event.clientX, event.clientY);
    const isFree = !target?.closest('.jp-StratCraft-Node') && !isOwn(target);
    if (isFree && event.button === 0) {
      event.preventDefault();
      this._watch.onDoubleClick(this._place(event), areaOf(target));
    }
  }

  private _place(event: MouseEvent): IPosition {
    const rect = this._surface.getBoundingClientRect();
    return { x: event.clientX - rect.left, y: event.clientY - rect.top };
  }

  private readonly _abort = new AbortController();
  private _gesture: IGesture | null = null;
  private _pointerId = -1;
  private _last: IPosition = NOWHERE;
  private _frame = 0;
  private _hovered: string | null = null;
  private _isOver = false;
}
