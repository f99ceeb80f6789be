// Notebook cells as plain data: where a new one goes, and which belong to a builder. No JupyterLab imports.

import type { JSONObject, PartialJSONObject, ReadonlyJSONObject } from '@lumino/coreutils';

import { asRecord } from './reading';

/** The key of our part of a cell's metadata. */
export const METADATA_KEY = 'stratcraft';

/** What these functions need to know of a cell. */
export interface ICellLike {
  readonly id: string;
  readonly metadata: unknown;
}

/** A new code cell, in the form that a shared notebook model inserts. */
export interface INewCodeCell extends PartialJSONObject {
  cell_type: 'code';
  source: string;
  metadata: JSONObject;
}

/** Place of a cell among others; -1 if it is not there. */
export function placeOf(cells: readonly ICellLike[], cellId: string): number {
  return cells.findIndex(cell => cell.id === cellId);
}

/** The cell to insert, with copies of what it is made of. */
export function newCodeCell(source: string, metadata: ReadonlyJSONObject): INewCodeCell {
  return {
    cell_type: 'code',
    source,
    metadata: JSON.parse(JSON.stringify(metadata)) as JSONObject
  };
}

/** Id of the builder that wrote a cell, or null. */
export function builderOf(cell: ICellLike): string | null {
  const ours = asRecord(asRecord(cell.metadata)[METADATA_KEY]);
  return typeof ours.builder_id === 'string' ? ours.builder_id : null;
}

/** What changes when cells of a builder come, go, move or get another text; nothing else changes it. */
export function traceOf(cells: readonly { cell_id: string; source: string }[]): string {
  return JSON.stringify(cells.map(({ cell_id, source }) => [cell_id, source]));
}

/** The cells that a builder wrote, in notebook order. */
export function cellsOfBuilder<T extends ICellLike>(cells: readonly T[], builderId: string): T[] {
  return cells.filter(cell => builderOf(cell) === builderId);
}
