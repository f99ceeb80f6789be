// Where things are on the small map.

import type { IPosition } from '../messages';
import type { IRect, ISize } from './geometry';

const PADDING = 6;

/** How a rectangle of the document lies on the map: map = (document - origin) * scale + offset. */
export interface IMapping {
  origin: IPosition;
  scale: number;
  offset: IPosition;
}

/** The mapping that shows a rectangle whole and in the middle. */
export function mappingFor(content: IRect, map: ISize): IMapping {
  const room = { width: map.width - 2 * PADDING, height: map.height - 2 * PADDING };
  const scale = Math.min(
    room.width / Math.max(1, content.width),
    room.height / Math.max(1, content.height),
    0.25 // a few boxes are not drawn larger than they need be
  );
  return {
    origin: { x: content.x, y: content.y },
    scale,
    offset: {
      x: (map.width - content.width * scale) / 2,
      y: (map.height - content.height * scale) / 2
    }
  };
}

/** A rectangle of the document on the map. */
export function onMap({ x, y, width, height }: IRect, { origin, scale, offset }: IMapping): IRect {
  return {
    x: (x - origin.x) * scale + offset.x,
    y: (y - origin.y) * scale + offset.y,
    width: width * scale,
    height: height * scale
  };
}

/** The place of the document under a point of the map. */
export function toContent(point: IPosition, { origin, scale, offset }: IMapping): IPosition {
  return { x: (point.x - offset.x) / scale + origin.x, y: (point.y - offset.y) / scale + origin.y };
}
