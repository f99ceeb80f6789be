// Saves the picture of a strategy as a file of the user: SVG or PNG, in the theme's colours or in light ones.

import { make } from './dom';
import type { ISize } from './geometry';
import type { Picture } from './picture';
import { colorsIn, LIGHT } from './pictureColors';
import type { ISvg, Measure } from './pictureSvg';
import { pictureSvg } from './pictureSvg';

/** What is saved. */
export interface IPictureChoice {
  format: 'svg' | 'png';
  look: 'theme' | 'light';
}

/** Points of a PNG for each of the picture; fewer if it would be larger than browsers draw. */
const SHARPNESS = 2;
const MOST = { side: 16_000, points: 100_000_000 } as const;

/** Lets the browser save the picture; the file is named after the strategy. */
export async function savePicture(
  picture: Picture,
  name: string,
  { format, look }: IPictureChoice
): Promise<void> {
  const colors = look === 'light' ? LIGHT : colorsIn(picture.surface);
  const { scene } = picture;
  const { areas } = picture.areas;
  const svg = pictureSvg({ name, scene, areas, colors, measure: measuring() });
  const blob =
    format === 'svg' ? new Blob([svg.text], { type: 'image/svg+xml' }) : await pngOf(svg);
  download(blob, `${fileName(name)}.${format}`);
}

/** The name of a file for a strategy of this name, as Python makes it. */
export function fileName(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return slug.slice(0, 60) || 'strategy';
}

/** How many points of a PNG one of the picture becomes. */
export function sharpnessFor({ width, height }: ISize): number {
  return Math.min(
    SHARPNESS,
    MOST.side / Math.max(width, height, 1),
    Math.sqrt(MOST.points / Math.max(width * height, 1))
  );
}

async function pngOf(svg: ISvg): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg.text)}`;
  await image.decode();
  const factor = sharpnessFor(svg);
  const canvas = make('canvas', '');
  canvas.width = Math.round(svg.width * factor);
  canvas.height = Math.round(svg.height * factor);
  const context = canvas.getContext('2d');
  if (!context) {
    throw new Error('This browser cannot draw a PNG picture. Save it as SVG.');
  }
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(blob => {
      if (blob) {
        resolve(blob);
      } else {
        reject(new Error('The picture is too large for a PNG. Save it as SVG.'));
      }
    }, 'image/png');
  });
}

function measuring(): Measure {
  const context = make('canvas', '').getContext('2d');
  return (text, size, isBold) => {
    if (!context) {
      return text.length * size * 0.6;
    }
    context.font = `${isBold ? '600 ' : ''}${size}px system-ui, sans-serif`;
    return context.measureText(text).width;
  };
}

function download(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = make('a', '', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  // the browser has to have begun to read it
  window.setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}
