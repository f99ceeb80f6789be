// The small map in the corner: the whole strategy, and where in it the view is. A press or drag moves the view.

import { make, makeSvg } from './dom';
import type { IRect, ISize, IViewport } from './geometry';
import { boundsOf, encloses, visibleRect } from './geometry';
import type { IMapping } from './minimapGeometry';
import { mappingFor, onMap, toContent } from './minimapGeometry';
import type { IPictureWatch, Picture } from './picture';

const SIZE: ISize = { width: 168, height: 104 };
/** On a smaller surface the map would hide more than it shows. */
const LEAST: ISize = { width: 520, height: 260 };
/** With more boxes the map follows a drag only when it is over. */
const MANY = 400;

/** The map of one picture. */
export class Minimap implements IPictureWatch {
  constructor(
    private readonly _picture: Picture,
    private _isOn: boolean
  ) {
    this._drawing = makeSvg('svg', {
      class: 'jp-StratCraft-Map-drawing',
      width: String(SIZE.width),
      height: String(SIZE.height)
    });
    this._view = make('div', 'jp-StratCraft-Map-view');
    // the keyboard has its own ways to look elsewhere
    this.node = make('div', 'jp-StratCraft-Map', { 'aria-hidden': 'true', 'data-own-pointer': '' });
    this.node.append(this._drawing, this._view);
    this._picture.surface.append(this.node);
    this._picture.follow(this);
    const { signal } = this._abort;
    this.node.addEventListener(
      'pointerdown',
      event => {
        if (event.button === 0) {
          event.preventDefault();
          event.stopPropagation();
          this.node.setPointerCapture(event.pointerId);
          this._isHeld = true;
          this._lookAt(event);
        }
      },
      { signal }
    );
    this.node.addEventListener(
      'pointermove',
      event => {
        if (this.node.hasPointerCapture(event.pointerId)) {
          event.stopPropagation();
          this._lookAt(event);
        }
      },
      { signal }
    );
    this.node.addEventListener(
      'lostpointercapture',
      () => {
        this._isHeld = false;
        this.drawn();
      },
      { signal }
    );
    this.drawn();
  }

  readonly node: HTMLElement;

  /** Shows or hides the map. */
  setOn(isOn: boolean): void {
    this._isOn = isOn;
    this.drawn();
  }

  /** What the picture shows has changed. */
  drawn(): void {
    cancelAnimationFrame(this._frame);
    this._frame = requestAnimationFrame(() => {
      this._draw();
    });
  }

  /** Boxes are being moved. */
  moved(): void {
    if (this._picture.scene.boxes.size <= MANY) {
      this.drawn();
    }
  }

  /** The view has moved, or the surface has another size. */
  looked(view: IViewport): void {
    this._hideOrShow();
    if (this._mapping && !this.node.hidden) {
      if (!this._isDrawn) {
        this.drawn();
      }
      const { x, y, width, height } = onMap(visibleRect(view, this._picture.size), this._mapping);
      this._view.style.transform = `translate(${x}px, ${y}px)`;
      this._view.style.width = `${width}px`;
      this._view.style.height = `${height}px`;
    }
  }

  /** Stops listening. */
  dispose(): void {
    cancelAnimationFrame(this._frame);
    this._abort.abort();
    this.node.remove();
  }

  private _draw(): void {
    const { scene, areas, view } = this._picture;
    const bounds = boundsOf([...scene.boxes.values(), ...areas.areas.values()]);
    this._bounds = bounds;
    this._isDrawn = false;
    this._mapping = bounds && mappingFor(bounds, SIZE);
    this._hideOrShow();
    if (this._mapping && !this.node.hidden) {
      const paths = new Map<string, string>();
      for (const area of areas.areas.values()) {
        add(paths, `area ${area.kind}`, onMap(area, this._mapping));
      }
      for (const box of scene.boxes.values()) {
        add(paths, box.family, onMap(box, this._mapping));
      }
      this._isDrawn = true;
      this._drawing.replaceChildren(...[...paths].map(([name, d]) => drawn(name, d)));
      this.looked(view);
    }
  }

  private _hideOrShow(): void {
    const { width, height } = this._picture.size;
    const isSmall = width < LEAST.width || height < LEAST.height;
    // where everything is in sight it would only lie over something; but not under a hand
    const isAllSeen =
      this._bounds !== null &&
      !this._isHeld &&
      encloses(visibleRect(this._picture.view, this._picture.size), this._bounds);
    this.node.hidden = !this._isOn || isSmall || isAllSeen || this._mapping === null;
  }

  private _lookAt(event: PointerEvent): void {
    if (!this._mapping) {
      return;
    }
    const { left, top } = this._drawing.getBoundingClientRect();
    const at = toContent({ x: event.clientX - left, y: event.clientY - top }, this._mapping);
    const { view, size } = this._picture;
    this._picture.look({
      zoom: view.zoom,
      panX: size.width / 2 - at.x * view.zoom,
      panY: size.height / 2 - at.y * view.zoom
    });
  }

  private readonly _abort = new AbortController();
  private readonly _drawing: SVGSVGElement;
  private readonly _view: HTMLElement;
  private _bounds: IRect | null = null;
  private _mapping: IMapping | null = null;
  private _isHeld = false;
  private _isDrawn = false;
  private _frame = 0;
}

function add(paths: Map<string, string>, name: string, { x, y, width, height }: IRect): void {
  const corner = `M${x.toFixed(1)} ${y.toFixed(1)}`;
  const [w, h] = [Math.max(1, width).toFixed(1), Math.max(1, height).toFixed(1)];
  paths.set(name, `${paths.get(name) ?? ''}${corner}h${w}v${h}h-${w}z`);
}

function drawn(name: string, d: string): SVGPathElement {
  const [first, kind] = name.split(' ');
  return makeSvg(
    'path',
    kind === undefined ? { 'data-family': name, d } : { 'data-kind': kind, class: first ?? '', d }
  );
}
