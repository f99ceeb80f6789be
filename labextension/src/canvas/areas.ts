// Frames and comments: areas of the canvas with a text.

import type { IExtent } from '../canvasEdits';
import type { JSONRecord } from '../reading';
import { asList, asRecord, asText, asTexts, isFiniteNumber } from '../reading';

/** A named frame round nodes, or a comment. */
export interface IArea extends IExtent {
  id: string;
  kind: 'frame' | 'comment';
  text: string;
  /** The nodes of a frame, which move with it. */
  nodes: readonly string[];
}

/** The frames and comments of a document's layout, larger frames first. */
export function readAreas(layout: JSONRecord): Map<string, IArea> {
  const frames = asList(layout.frames).map(item => readArea(asRecord(item), 'frame'));
  const comments = asList(layout.comments).map(item => readArea(asRecord(item), 'comment'));
  const sizeOf = ({ width, height }: IExtent): number => width * height;
  const areas = [...frames.flat().sort((a, b) => sizeOf(b) - sizeOf(a)), ...comments.flat()];
  return new Map(areas.map(area => [area.id, area]));
}

function readArea(item: JSONRecord, kind: IArea['kind']): IArea[] {
  const { id, x, y, width, height } = item;
  const isPlaced = isFiniteNumber(x) && isFiniteNumber(y);
  if (typeof id !== 'string' || !isPlaced || !isFiniteNumber(width) || !isFiniteNumber(height)) {
    return [];
  }
  const text = asText(kind === 'frame' ? item.title : item.text);
  return [{ id, kind, x, y, width, height, text, nodes: asTexts(item.nodes) }];
}
