// The layer of frames and comments, below edges and boxes. Adds, moves and marks them; decides nothing.

import type { IExtent, IPosition } from '../canvasEdits';
import type { IArea } from './areas';
import { editText } from './areaText';
import { make } from './dom';
import type { IViewport } from './geometry';

const UNTITLED = { frame: 'Frame', comment: 'Comment' } as const;

/** The layer of frames and comments. */
export class AreaLayer {
  readonly node = make('div', 'jp-StratCraft-Areas');

  /** The areas where they are shown now. */
  get areas(): ReadonlyMap<string, IArea> {
    return this._areas;
  }

  /** Shows other areas; tells which are new. */
  draw(areas: ReadonlyMap<string, IArea>): string[] {
    const added = [...areas.keys()].filter(id => !this._areas.has(id));
    for (const [id, element] of this._elements) {
      if (!areas.has(id)) {
        element.remove();
        this._elements.delete(id);
        this._moved.delete(id);
      }
    }
    this._areas = new Map(
      [...areas].map(([id, area]) => [id, { ...area, ...this._moved.get(id) }])
    );
    for (const area of this._areas.values()) {
      this._fill(area);
    }
    return added;
  }

  /** Shows some areas elsewhere, or larger, until the document says so too. */
  showAt(places: ReadonlyMap<string, IPosition | IExtent>): void {
    for (const [id, place] of places) {
      const area = this._areas.get(id);
      if (area) {
        const there = { ...area, ...place };
        this._moved.set(id, place);
        this._areas.set(id, there);
        this._place(there);
      }
    }
  }

  /** The document counts again. */
  settle(): void {
    this._moved.clear();
    if (this._draft && !this._draft.querySelector('textarea')) {
      this._dropDraft();
    }
  }

  /** Lets the user write a comment that the document does not have; it is on show until it has. */
  writeNew(extent: IExtent, onDone: (text: string | null, isByKeys: boolean) => void): void {
    this._dropDraft();
    const area: IArea = { ...extent, id: '', kind: 'comment', text: '', nodes: [] };
    const { element, text } = makeArea(area.kind);
    this._draft = element;
    place(element, extent);
    this.node.append(element);
    editText(text, area, (written, isByKeys) => {
      if (written === null) {
        this._dropDraft();
      }
      onDone(written, isByKeys);
    });
  }

  /** Marks the selected areas. */
  select(ids: ReadonlySet<string>): void {
    for (const [id, element] of this._elements) {
      element.classList.toggle('jp-mod-selected', ids.has(id));
    }
  }

  /** Gives the keyboard focus to an area. */
  focus(id: string): void {
    this._elements.get(id)?.focus({ preventScroll: true });
  }

  /** Shows another part of the document. */
  setViewport({ panX, panY, zoom }: IViewport): void {
    this.node.style.transform = `translate(${panX}px, ${panY}px) scale(${zoom})`;
  }

  /** Lets the user write the text of an area; null is told when it stays as it was. */
  write(id: string, onDone: (text: string | null, isByKeys: boolean) => void): void {
    const area = this._areas.get(id);
    const element = this._elements.get(id)?.querySelector<HTMLElement>('.jp-StratCraft-Area-text');
    if (area && element) {
      editText(element, area, onDone);
    }
  }

  private _fill(area: IArea): void {
    const element = this._elements.get(area.id) ?? this._add(area);
    const said = area.text || (area.kind === 'frame' ? UNTITLED.frame : '');
    const text = element.querySelector<HTMLElement>('.jp-StratCraft-Area-text');
    if (text && !text.querySelector('textarea') && text.textContent !== said) {
      text.textContent = said;
    }
    element.setAttribute('aria-label', `${UNTITLED[area.kind]}: ${area.text || 'no text'}`);
    this._place(area);
  }

  private _dropDraft(): void {
    this._draft?.remove();
    this._draft = null;
  }

  private _add({ id, kind }: IArea): HTMLElement {
    const { element } = makeArea(kind);
    element.dataset.area = id;
    element.append(make('div', 'jp-StratCraft-Area-grip', { 'aria-hidden': 'true' }));
    this._elements.set(id, element);
    if (kind === 'frame') {
      this.node.prepend(element);
    } else {
      this.node.append(element);
    }
    return element;
  }

  private _place(area: IArea): void {
    const element = this._elements.get(area.id);
    if (element) {
      place(element, area);
    }
  }

  private _draft: HTMLElement | null = null;
  private _areas = new Map<string, IArea>();
  private readonly _elements = new Map<string, HTMLElement>();
  private readonly _moved = new Map<string, IPosition | IExtent>();
}

function makeArea(kind: IArea['kind']): { element: HTMLElement; text: HTMLElement } {
  const text = make('div', 'jp-StratCraft-Area-text');
  const attributes = { 'data-kind': kind, role: 'note', tabindex: '-1' };
  return { element: make('div', 'jp-StratCraft-Area', attributes, text), text };
}

function place(element: HTMLElement, { x, y, width, height }: IExtent): void {
  Object.assign(element.style, {
    left: `${x}px`,
    top: `${y}px`,
    width: `${width}px`,
    height: `${height}px`
  });
}
