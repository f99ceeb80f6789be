// The picture of a strategy as SVG text that stands alone: no style sheets, no links, no scripts.

import type { IArea } from './areas';
import { EDGE_LINE, pathsOf } from './edgePaint';
import type { IRect, ISize } from './geometry';
import { boundsOf } from './geometry';
import { drawingOf } from './icons';
import type { IPictureColors } from './pictureColors';
import { portPath } from './ports';
import type { IBox, IBoxPort, IScene, ISceneEdge } from './scene';
import { edgeCurve, portOffset } from './scene';

const MARGIN = 24;
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
/** Sizes of the texts, as on the canvas. */
const SIZES = { title: 13, detail: 11.5, port: 11, frame: 13, comment: 12.5 } as const;
const LINE = 1.4;

/** Tells how wide a text is: in pixels, at a size, bold or not. */
export type Measure = (text: string, size: number, isBold: boolean) => number;

/** What a picture is made of. */
export interface IPictureParts {
  name: string;
  scene: IScene;
  areas: ReadonlyMap<string, IArea>;
  colors: IPictureColors;
  measure: Measure;
}

/** A finished picture. */
export interface ISvg extends ISize {
  text: string;
}

/** Draws the whole strategy. */
export function pictureSvg({ name, scene, areas, colors, measure }: IPictureParts): ISvg {
  const around = boundsOf([...scene.boxes.values(), ...areas.values()]);
  const { x, y, width, height } = around ?? { x: 0, y: 0, width: 0, height: 0 };
  const whole = {
    x: Math.floor(x - MARGIN),
    y: Math.floor(y - MARGIN),
    width: Math.ceil(width + 2 * MARGIN),
    height: Math.ceil(height + 2 * MARGIN)
  };
  const pen = new Pen(colors, measure);
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole.width}" height="${whole.height}" ` +
      `viewBox="${whole.x} ${whole.y} ${whole.width} ${whole.height}" role="img" ` +
      `font-family="${escaped(FONT)}">`,
    `<title>${escaped(name)}</title>`,
    `<rect ${placed(whole)} fill="${colors.ground}"/>`,
    ...[...areas.values()].map(area => pen.area(area)),
    ...[...scene.edges.values()].map(edge => pen.edge(scene, edge)),
    ...[...scene.boxes.values()].map(box => pen.box(box)),
    '</svg>'
  ];
  return { text: `${lines.join('\n')}\n`, width: whole.width, height: whole.height };
}

/** Draws one thing after the other. */
class Pen {
  constructor(
    private readonly _colors: IPictureColors,
    private readonly _measure: Measure
  ) {}

  edge(scene: IScene, edge: ISceneEdge): string {
    const curve = edgeCurve(scene, edge);
    if (!curve) {
      return '';
    }
    const color = this._colors.types[edge.type];
    const { line, arrow } = pathsOf(curve);
    const { width, offDash, offAlpha } = EDGE_LINE;
    const look = edge.enabled
      ? ''
      : ` stroke-dasharray="${offDash.join(' ')}" opacity="${offAlpha}"`;
    return (
      `<path d="${line}" fill="none" stroke="${color}" stroke-width="${width}"${look}/>` +
      `<path d="${arrow}" fill="${color}"${edge.enabled ? '' : ` opacity="${offAlpha}"`}/>`
    );
  }

  area(area: IArea): string {
    const { frame, frameLine, comment, commentLine, text } = this._colors;
    const isFrame = area.kind === 'frame';
    const [ground, line] = isFrame ? [frame, frameLine] : [comment, commentLine];
    const rect = `<rect ${placed(area)} rx="10" fill="${ground}" stroke="${line}" stroke-width="1.5"/>`;
    if (isFrame) {
      const title = this._cut(area.text || 'Frame', SIZES.frame, true, area.width - 20);
      return rect + write(area.x + 10, area.y + 18, title, SIZES.frame, text, { isBold: true });
    }
    const lines = this._wrapped(area.text, SIZES.comment, area.width - 20);
    const room = Math.max(1, Math.floor((area.height - 14) / (SIZES.comment * LINE)));
    return (
      rect +
      lines
        .slice(0, room)
        .map((words, at) => {
          const y = area.y + 7 + SIZES.comment * (LINE * at + 1.1);
          return write(area.x + 10, y, words, SIZES.comment, text);
        })
        .join('')
    );
  }

  box(box: IBox): string {
    const { card, line, text, muted, families } = this._colors;
    const family = families[box.family] ?? families.data ?? muted;
    const isAlone = box.detail === '';
    const top = isAlone ? 7 : 0;
    const look = box.enabled ? '' : ' stroke-dasharray="4 3"';
    const parts = [
      `<rect ${placed(box)} rx="8" fill="${card}" stroke="${line}"${look}/>`,
      `<g transform="translate(${n(box.x)} ${n(box.y)})"${box.enabled ? '' : ' opacity="0.5"'}>`,
      `<rect x="7" y="${5 + top}" width="22" height="22" rx="6" fill="${family}" fill-opacity="0.15"/>`,
      `<path d="${drawingOf(box.family)}" transform="translate(10.5 ${8.5 + top}) scale(0.625)" ` +
        `fill="none" stroke="${family}" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>`,
      write(
        35,
        20 + top,
        this._cut(box.title, SIZES.title, true, box.width - 42),
        SIZES.title,
        text,
        {
          isBold: true
        }
      ),
      isAlone
        ? ''
        : write(
            10,
            38,
            this._cut(box.detail, SIZES.detail, false, box.width - 17),
            SIZES.detail,
            muted
          ),
      ...[...box.inputs, ...box.outputs].map(port => this._port(box, port)),
      '</g>'
    ];
    return parts.join('');
  }

  private _port(box: IBox, port: IBoxPort): string {
    if (port.row === null) {
      return '';
    }
    const { card, types, text, muted } = this._colors;
    const { x, y } = portOffset(box, port.side, port.name);
    const color = types[port.type];
    const fill = port.connected ? color : card;
    const isInput = port.side === 'input';
    const title = this._cut(port.title, SIZES.port, false, box.width / 2 - 15);
    return (
      `<path d="${portPath(port.type, x, y)}" fill="${fill}" stroke="${color}" stroke-width="1.8"/>` +
      write(isInput ? x + 11 : x - 11, y + 4, title, SIZES.port, port.connected ? text : muted, {
        anchor: isInput ? 'start' : 'end'
      })
    );
  }

  /** The text, or as much of it as there is room for. */
  private _cut(text: string, size: number, isBold: boolean, room: number): string {
    if (this._measure(text, size, isBold) <= room) {
      return text;
    }
    let letters = Array.from(text);
    while (letters.length > 1 && this._measure(`${letters.join('')}…`, size, isBold) > room) {
      letters = letters.slice(0, -1);
    }
    return `${letters.join('').trimEnd()}…`;
  }

  /** The text in lines, broken between words. */
  private _wrapped(text: string, size: number, room: number): string[] {
    return text.split('\n').flatMap(paragraph => {
      const lines: string[] = [];
      let line = '';
      for (const word of paragraph.split(' ')) {
        const longer = line === '' ? word : `${line} ${word}`;
        if (line !== '' && this._measure(longer, size, false) > room) {
          lines.push(line);
          line = word;
        } else {
          line = longer;
        }
      }
      return [...lines, line].map(words => this._cut(words, size, false, room));
    });
  }
}

function write(
  x: number,
  y: number,
  text: string,
  size: number,
  color: string,
  { isBold = false, anchor = 'start' }: { isBold?: boolean; anchor?: 'start' | 'end' } = {}
): string {
  return (
    `<text x="${n(x)}" y="${n(y)}" font-size="${size}"${isBold ? ' font-weight="600"' : ''}` +
    `${anchor === 'end' ? ' text-anchor="end"' : ''} fill="${color}">${escaped(text)}</text>`
  );
}

function placed({ x, y, width, height }: IRect): string {
  return `x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"`;
}

function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Characters that XML does not allow at all. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function escaped(text: string): string {
  return text
    .replace(FORBIDDEN, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
