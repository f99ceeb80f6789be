// What is drawn over the boxes for a moment: the edge being drawn, the selection box, edges on their way to Python.

import type { IPosition } from '../messages';
import type { ICurve } from './curve';
import { svgPath } from './curve';
import { makeSvg } from './dom';
import type { IRect, IViewport } from './geometry';
import type { PortType } from './ports';

/** How the edge being drawn looks: free, about to connect, or refused where it is. */
export type DraftLook = 'loose' | 'fits' | 'refused';

/** The layer of passing drawings. */
export class Overlay {
  constructor() {
    this._draft = makeSvg('path', { class: 'jp-StratCraft-Draft' });
    this._sent = makeSvg('g');
    this._lasso = makeSvg('rect', { class: 'jp-StratCraft-Lasso' });
    this._handle = makeSvg('circle', { class: 'jp-StratCraft-Handle' });
    this._world = makeSvg('g', {}, this._sent, this._draft, this._lasso, this._handle);
    this.node = makeSvg(
      'svg',
      { class: 'jp-StratCraft-Overlay', 'aria-hidden': 'true' },
      this._world
    );
    this.hideDraft();
    this.hideLasso();
    this.showHandle(null);
  }

  readonly node: SVGSVGElement;

  /** Shows another part of the document. */
  setViewport({ panX, panY, zoom }: IViewport): void {
    this._transform = `translate(${panX} ${panY}) scale(${zoom})`;
    if (this._isInUse) {
      this._world.setAttribute('transform', this._transform);
    }
  }

  /** Nothing is drawn most of the time, and then nothing needs to follow the view. */
  private get _isInUse(): boolean {
    const passing = [this._draft, this._lasso, this._handle];
    return this._sent.hasChildNodes() || passing.some(shape => shape.style.display !== 'none');
  }

  /** Draws the edge that the pointer pulls. */
  showDraft(curve: ICurve, type: PortType, look: DraftLook): void {
    this._draft.setAttribute('d', svgPath(curve));
    this._draft.dataset.type = type;
    this._draft.dataset.look = look;
    this._reveal(this._draft);
  }

  /** Removes the edge that the pointer pulled. */
  hideDraft(): void {
    this._draft.style.display = 'none';
  }

  /** Keeps an edge on show that Python has not answered for yet. */
  addSent(curve: ICurve, type: PortType): void {
    this._sent.append(
      makeSvg('path', {
        class: 'jp-StratCraft-Draft',
        d: svgPath(curve),
        'data-type': type,
        'data-look': 'sent'
      })
    );
    this._world.setAttribute('transform', this._transform);
  }

  /** Removes the edges that Python has answered for. */
  clearSent(): void {
    this._sent.replaceChildren();
  }

  /** Draws the selection box. */
  showLasso({ x, y, width, height }: IRect): void {
    for (const [name, value] of Object.entries({ x, y, width, height })) {
      this._lasso.setAttribute(name, String(value));
    }
    this._reveal(this._lasso);
  }

  /** Removes the selection box. */
  hideLasso(): void {
    this._lasso.style.display = 'none';
  }

  /** Shows where the end of an edge can be grabbed; null hides it. */
  showHandle(at: IPosition | null, type: PortType = 'series', zoom = 1): void {
    if (!at) {
      this._handle.style.display = 'none';
      return;
    }
    this._handle.dataset.type = type;
    this._handle.setAttribute('cx', String(at.x));
    this._handle.setAttribute('cy', String(at.y));
    this._handle.setAttribute('r', String(6 / zoom));
    this._reveal(this._handle);
  }

  private _reveal(shape: SVGElement): void {
    shape.style.display = '';
    this._world.setAttribute('transform', this._transform);
  }

  private _transform = '';
  private readonly _world: SVGGElement;
  private readonly _sent: SVGGElement;
  private readonly _draft: SVGPathElement;
  private readonly _lasso: SVGRectElement;
  private readonly _handle: SVGCircleElement;
}
