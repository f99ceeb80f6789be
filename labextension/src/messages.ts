// The custom messages between this extension and Python: their types, and the guards for what arrives.
// The examples in tests/fixtures/messages.json are read by the tests of both sides.

import type { JSONObject, ReadonlyJSONObject } from '@lumino/coreutils';

import { asTexts, isRecord } from './reading';

/** A place on the canvas, in the document's own units. */
export interface IPosition {
  x: number;
  y: number;
}

/** One edit of the strategy document. */
export type CanvasEdit =
  | { op: 'move'; positions: Record<string, IPosition> }
  | { op: 'connect'; source: string; target: string }
  | { op: 'delete'; nodes: string[]; edges: string[] }
  | { op: 'duplicate'; nodes: string[] }
  | { op: 'add'; kind: string; position: IPosition }
  | { op: 'undo' }
  | { op: 'redo' };

/** What the canvas tells Python. */
export interface IEditMessage {
  type: 'edit';
  client_id: string;
  edit: CanvasEdit;
}

/** What Python tells the canvas. */
export type CanvasMessage =
  | { type: 'refused'; reason: string; edit: unknown }
  | { type: 'fit' }
  | { type: 'focus_node'; node_id: string }
  | { type: 'reveal'; nodes: string[] };

/** The front end that shows the notebook. */
export type FrontEnd = 'lab' | 'notebook';

/** What the bridge tells Python. */
export type BridgeMessage =
  | { type: 'hello'; client_id: string; version: string; front_end: FrontEnd }
  | { type: 'active'; client_id: string }
  | { type: 'cells_changed'; client_id: string }
  | BridgeReply;

/** The answer to a request: the fields of its kind, or the reason why not. */
export type BridgeReply =
  | ({ type: 'reply'; request_id: string; ok: true } & JSONObject)
  | { type: 'reply'; request_id: string; ok: false; reason: string };

interface IRequestBase {
  request_id: string;
  client_id: string;
}

/** Puts a new code cell directly below the one with the builder. */
export interface IInsertCellRequest extends IRequestBase {
  type: 'insert_cell';
  after_cell_id: string;
  source: string;
  metadata: ReadonlyJSONObject;
}

/** Puts a new code cell in the place of one whose text is still the old source. */
export interface IReplaceCellRequest extends IRequestBase {
  type: 'replace_cell';
  cell_id: string;
  old_source: string;
  source: string;
  metadata: ReadonlyJSONObject;
}

/** Asks for the cells a builder wrote. */
export interface IFindCellsRequest extends IRequestBase {
  type: 'find_cells';
  builder_id: string;
}

/** What Python asks of the bridge. */
export type BridgeRequest = IInsertCellRequest | IReplaceCellRequest | IFindCellsRequest;

/** The canvas message in some content, or null if it is none. */
export function readCanvasMessage(content: unknown): CanvasMessage | null {
  if (!isRecord(content)) {
    return null;
  }
  switch (content.type) {
    case 'fit':
      return { type: 'fit' };
    case 'refused':
      return typeof content.reason === 'string'
        ? { type: 'refused', reason: content.reason, edit: content.edit }
        : null;
    case 'focus_node':
      return typeof content.node_id === 'string'
        ? { type: 'focus_node', node_id: content.node_id }
        : null;
    case 'reveal':
      return { type: 'reveal', nodes: asTexts(content.nodes) };
    default:
      return null;
  }
}

/** The bridge request in some content, or null if it is none. */
export function readBridgeRequest(content: unknown): BridgeRequest | null {
  if (!isRecord(content)) {
    return null;
  }
  const { type, request_id, client_id } = content;
  if (typeof request_id !== 'string' || typeof client_id !== 'string') {
    return null;
  }
  if (type === 'insert_cell') {
    const { after_cell_id, source, metadata } = content;
    return typeof after_cell_id === 'string' && typeof source === 'string' && isRecord(metadata)
      ? {
          type,
          request_id,
          client_id,
          after_cell_id,
          source,
          metadata: metadata as ReadonlyJSONObject // it came as JSON
        }
      : null;
  }
  if (type === 'replace_cell') {
    const { cell_id, old_source, source, metadata } = content;
    return typeof cell_id === 'string' &&
      typeof old_source === 'string' &&
      typeof source === 'string' &&
      isRecord(metadata)
      ? {
          type,
          request_id,
          client_id,
          cell_id,
          old_source,
          source,
          metadata: metadata as ReadonlyJSONObject // it came as JSON
        }
      : null;
  }
  if (type === 'find_cells') {
    const { builder_id } = content;
    return typeof builder_id === 'string' ? { type, request_id, client_id, builder_id } : null;
  }
  return null;
}
