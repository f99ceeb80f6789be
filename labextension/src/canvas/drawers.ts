// The drawers of the boxes: folded ports come into sight where the user looks, works or draws an edge.

import type { BoxLayer } from './boxLayer';
import type { IEnd } from './fit';
import { unfolded } from './folding';
import type { IBox, IBoxPort, IScene } from './scene';
import { EMPTY_SCENE } from './scene';
import type { ISceneChange } from './sceneDiff';

/** How long the pointer rests on a box before it opens: not while it only crosses. */
const REST = 120;

/** Opens and closes the drawers. */
export class Drawers {
  constructor(
    surface: HTMLElement,
    private readonly _layer: BoxLayer
  ) {
    const { signal } = this._abort;
    surface.addEventListener(
      'pointerover',
      event => {
        this._hover(nodeAt(event.target));
      },
      { signal }
    );
    surface.addEventListener(
      'pointerleave',
      () => {
        this._hover(null);
      },
      { signal }
    );
    surface.addEventListener(
      'focusin',
      event => {
        this._focused = nodeAt(event.target);
        this._refresh();
      },
      { signal }
    );
    surface.addEventListener(
      'focusout',
      () => {
        this._focused = null;
        this._refresh();
      },
      { signal }
    );
  }

  /** The boxes as they are shown now, open or closed. */
  shown(scene: IScene): IScene {
    const boxes = new Map(scene.boxes);
    for (const [id, box] of this._openBoxes(scene)) {
      boxes.set(id, box);
    }
    return { boxes, edges: scene.edges };
  }

  /** Follows the scene; the layer has just drawn what changed, closed. */
  draw(scene: IScene, change: ISceneChange): void {
    this._scene = scene;
    for (const id of [...change.changed.map(box => box.id), ...change.removed]) {
      this._open.delete(id);
    }
    this._refresh();
  }

  /** Opens a box while it alone is selected. */
  select(ids: ReadonlySet<string>): void {
    const [first = null] = ids;
    this._selected = ids.size === 1 ? first : null;
    this._refresh();
  }

  /** Shows the ports that an edge from this end could go to; null ends that. */
  offer(from: IEnd | null, ends: readonly IEnd[]): void {
    this._from = from?.node ?? null;
    this._ends = new Map();
    for (const { node, side, port } of ends) {
      this._ends.set(node, (this._ends.get(node) ?? new Set()).add(`${side} ${port}`));
    }
    this._refresh();
  }

  /** Stops listening. */
  dispose(): void {
    window.clearTimeout(this._timer);
    this._abort.abort();
  }

  private _hover(node: string | null): void {
    if (node === this._pointed) {
      return;
    }
    this._pointed = node;
    window.clearTimeout(this._timer);
    if (this._hovered !== null) {
      this._hovered = null;
      this._refresh();
    }
    if (node !== null) {
      this._timer = window.setTimeout(() => {
        this._hovered = node;
        this._refresh();
      }, REST);
    }
  }

  private _openBoxes({ boxes }: IScene): Map<string, IBox> {
    const open = new Map<string, IBox>();
    const add = (id: string | null, isWanted: (port: IBoxPort) => boolean): void => {
      const box = id === null ? undefined : boxes.get(id);
      const larger = box && unfolded(box, isWanted);
      if (box && larger && rowsOf(larger) !== rowsOf(box)) {
        open.set(box.id, larger);
      }
    };
    if (this._from === null) {
      for (const id of new Set([this._hovered, this._focused, this._selected])) {
        add(id, () => true);
      }
      return open;
    }
    add(this._from, () => true);
    for (const [id, fitting] of this._ends) {
      add(id, port => fitting.has(`${port.side} ${port.name}`));
    }
    return open;
  }

  private _refresh(): void {
    const wanted = this._openBoxes(this._scene);
    for (const id of [...this._open.keys()].filter(id => !wanted.has(id))) {
      const box = this._scene.boxes.get(id);
      if (box) {
        this._layer.fill(box, false);
      }
      this._open.delete(id);
    }
    for (const [id, box] of wanted) {
      const rows = rowsOf(box);
      if (this._open.get(id) !== rows) {
        this._open.set(id, rows);
        this._layer.fill(box, true);
      }
    }
  }

  private readonly _abort = new AbortController();
  private _scene: IScene = EMPTY_SCENE;
  /** The open boxes, with the rows they were drawn with. */
  private readonly _open = new Map<string, string>();
  private _timer = 0;
  private _pointed: string | null = null;
  private _hovered: string | null = null;
  private _focused: string | null = null;
  private _selected: string | null = null;
  private _from: string | null = null;
  private _ends = new Map<string, Set<string>>();
}

function rowsOf(box: IBox): string {
  return [...box.inputs, ...box.outputs].map(port => port.row ?? '').join();
}

function nodeAt(target: EventTarget | null): string | null {
  const box = target instanceof Element ? target.closest<HTMLElement>('.jp-StratCraft-Node') : null;
  return box?.dataset.node ?? null;
}
