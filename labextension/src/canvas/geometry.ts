// Points, rectangles and the viewport: where things are, in document units and on the screen.

import type { IPosition } from '../messages';

/** Width and height. */
export interface ISize {
  width: number;
  height: number;
}

/** A rectangle by its upper left corner. */
export interface IRect extends IPosition, ISize {}

/** What part of the document is shown: screen = document * zoom + pan. */
export interface IViewport {
  panX: number;
  panY: number;
  zoom: number;
}

export const MIN_ZOOM = 0.01;
export const MAX_ZOOM = 2.5;

/** The value, kept between two limits. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** Where a document point is on the screen. */
export function toScreen(point: IPosition, view: IViewport): IPosition {
  return { x: point.x * view.zoom + view.panX, y: point.y * view.zoom + view.panY };
}

/** Which document point is at a place on the screen. */
export function toDocument(point: IPosition, view: IViewport): IPosition {
  return { x: (point.x - view.panX) / view.zoom, y: (point.y - view.panY) / view.zoom };
}

/** The viewport after zooming by a factor with one screen point kept in place. */
export function zoomAt(view: IViewport, factor: number, anchor: IPosition): IViewport {
  const zoom = clamp(view.zoom * factor, MIN_ZOOM, MAX_ZOOM);
  const kept = toDocument(anchor, view);
  return { zoom, panX: anchor.x - kept.x * zoom, panY: anchor.y - kept.y * zoom };
}

/** The smallest rectangle round all; null if there are none. */
export function boundsOf(rects: Iterable<IRect>): IRect | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const rect of rects) {
    left = Math.min(left, rect.x);
    top = Math.min(top, rect.y);
    right = Math.max(right, rect.x + rect.width);
    bottom = Math.max(bottom, rect.y + rect.height);
  }
  return left > right ? null : { x: left, y: top, width: right - left, height: bottom - top };
}

/** The rectangle between two corners, in any order. */
export function rectBetween(one: IPosition, other: IPosition): IRect {
  return {
    x: Math.min(one.x, other.x),
    y: Math.min(one.y, other.y),
    width: Math.abs(one.x - other.x),
    height: Math.abs(one.y - other.y)
  };
}

/** The point of a rectangle that is nearest to a point; its corner if it is less than nothing large. */
export function within(point: IPosition, { x, y, width, height }: IRect): IPosition {
  return {
    x: clamp(point.x, x, x + Math.max(0, width)),
    y: clamp(point.y, y, y + Math.max(0, height))
  };
}

/** Whether two rectangles share a point. */
export function overlaps(one: IRect, other: IRect): boolean {
  return (
    one.x <= other.x + other.width &&
    other.x <= one.x + one.width &&
    one.y <= other.y + other.height &&
    other.y <= one.y + one.height
  );
}

/** Whether a rectangle holds a point. */
export function holds(rect: IRect, point: IPosition): boolean {
  return overlaps(rect, { ...point, width: 0, height: 0 });
}

/** Whether one rectangle lies wholly inside another. */
export function encloses(outer: IRect, inner: IRect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** The viewport that shows a rectangle whole and centred, not larger than life. */
export function fitViewport(content: IRect, screen: ISize, padding: number): IViewport {
  const room = {
    width: Math.max(1, screen.width - 2 * padding),
    height: Math.max(1, screen.height - 2 * padding)
  };
  const scale = Math.min(room.width / content.width, room.height / content.height);
  const zoom = clamp(scale, MIN_ZOOM, 1);
  return {
    zoom,
    panX: screen.width / 2 - (content.x + content.width / 2) * zoom,
    panY: screen.height / 2 - (content.y + content.height / 2) * zoom
  };
}

/** The part of the document that the screen shows. */
export function visibleRect(view: IViewport, screen: ISize): IRect {
  const corner = toDocument({ x: 0, y: 0 }, view);
  return { ...corner, width: screen.width / view.zoom, height: screen.height / view.zoom };
}

/** The viewport moved just far enough to show a rectangle; zoomed out only if it must be. */
export function revealViewport(
  view: IViewport,
  content: IRect,
  screen: ISize,
  padding: number
): IViewport {
  const shown = visibleRect(view, screen);
  const margin = padding / view.zoom;
  if (content.width + 2 * margin > shown.width || content.height + 2 * margin > shown.height) {
    return fitViewport(content, screen, padding);
  }
  const x = clamp(shown.x, content.x + content.width + margin - shown.width, content.x - margin);
  const y = clamp(shown.y, content.y + content.height + margin - shown.height, content.y - margin);
  return { zoom: view.zoom, panX: -x * view.zoom, panY: -y * view.zoom };
}

/**
 * How far to pan a frame while a drag is near or past the rim of the screen. The rim is narrower
 * than the margin around what is shown whole, so that a drag onto any of its nodes pans nothing.
 */
export function rimPush(pointer: IPosition, screen: ISize, rim = 12, fastest = 14): IPosition {
  const push = (at: number, end: number): number =>
    clamp((Math.max(0, rim - at) - Math.max(0, at - (end - rim))) / rim, -1, 1) * fastest;
  return { x: push(pointer.x, screen.width), y: push(pointer.y, screen.height) };
}
