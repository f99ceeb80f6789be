// From pointer events to gestures: which one begins, its moves, its end, panning at the rim, the wheel.

import type { IPosition } from '../messages';
import { Connect } from './connectGesture';
import type { IEnd } from './fit';
import { rimPush, toDocument, zoomAt } from './geometry';
import { DragBoxes, Pan, SelectByBox } from './gestures';
import { edgeAt } from './hit';
import { toggled } from './selection';
import type { IGesture, IStage } from './stage';

/** How near an edge, on the screen, the pointer touches it. */
const EDGE_REACH = 7;

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
      this._hover(null);
    });
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
    this._watch.onPress(nodeOf(event));
    if (this._gesture) {
      return;
    }
    const gesture = this._begin(event, this._place(event));
    if (gesture) {
      // no text selection, and no selection of notebook cells by Shift
      event.preventDefault();
      this._hover(null);
      this._gesture = gesture;
      this._pointerId = event.pointerId;
      this._surface.setPointerCapture(event.pointerId);
      this._surface.style.cursor = gesture.cursor;
    }
  }

  private _begin(event: PointerEvent, at: IPosition): IGesture | null {
    const stage = this._stage;
    if (event.button === 1 || (event.button === 0 && this._watch.isPanKeyDown())) {
      return new Pan(stage, at, () => undefined);
    }
    if (event.button !== 0 || !(event.target instanceof Element)) {
      return null;
    }
    const extend = event.shiftKey || event.ctrlKey || event.metaKey;
    const node = nodeOf(event);
    const end = node === null || stage.isReadOnly ? null : endOf(event.target, node);
    stage.picture.focus(node); // a box with the focus is drawn anew: its drawer opens
    if (node !== null) {
      return end ? new Connect(stage, at, end) : new DragBoxes(stage, at, node, extend);
    }
    const edge = this._edgeAt(at);
    if (edge !== null) {
      return new Pan(stage, at, () => {
        selectEdge(stage, edge, extend);
      });
    }
    if (event.shiftKey) {
      return new SelectByBox(stage, at);
    }
    return new Pan(stage, at, () => {
      stage.select([], []);
    });
  }

  private _move(event: PointerEvent): void {
    const at = this._place(event);
    if (!this._gesture) {
      const overNode =
        event.target instanceof Element && event.target.closest('.jp-StratCraft-Node');
      this._hover(overNode ? null : this._edgeAt(at), at);
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

  private _edgeAt(at: IPosition): string | null {
    const { scene, view } = this._stage.picture;
    const point = toDocument(at, view);
    return edgeAt(scene, point, EDGE_REACH / view.zoom)?.id ?? null;
  }

  private _place(event: MouseEvent): IPosition {
    const rect = this._surface.getBoundingClientRect();
    return { x: event.clientX - rect.left, y: event.clientY - rect.top };
  }

  private readonly _abort = new AbortController();
  private _gesture: IGesture | null = null;
  private _pointerId = -1;
  private _last: IPosition = { x: 0, y: 0 };
  private _frame = 0;
  private _hovered: string | null = null;
}

function nodeOf({ target }: Event): string | null {
  const box = target instanceof Element ? target.closest<HTMLElement>('.jp-StratCraft-Node') : null;
  return box?.dataset.node ?? null;
}

function endOf(target: Element, node: string): IEnd | null {
  const grip = target.closest('.jp-StratCraft-Port-grip');
  const { port: name, side } = grip?.closest<HTMLElement>('.jp-StratCraft-Port')?.dataset ?? {};
  return name !== undefined && (side === 'input' || side === 'output')
    ? { node, port: name, side }
    : null;
}

function selectEdge(stage: IStage, edge: string, extend: boolean): void {
  const { nodes, edges } = stage.selection;
  if (!extend) {
    stage.select([], [edge]);
  } else {
    stage.select(nodes, toggled(edges, edge));
  }
}
