// The custom messages between this extension and Python: their types, and the guards for what arrives.
// The examples in tests/fixtures/messages.json are read by the tests of both sides.

import type { JSONObject, ReadonlyJSONObject } from '@lumino/coreutils';

import type { CanvasEdit } from './canvasEdits';
import type { JSONRecord } from './reading';
import { asTextOrNull, asTexts, isRecord } from './reading';

export type { CanvasEdit, IPosition } from './canvasEdits';

/** What the canvas tells Python. */
export interface IEditMessage {
  type: 'edit';
  client_id: string;
  edit: CanvasEdit;
}

/** What the user selected on the canvas; Python's `selected_by` names the request it followed last. */
export interface ISelectMessage {
  type: 'select';
  client_id: string;
  request_id: string;
  nodes: string[];
  edges: string[];
}

/** A finding's place to go to: an edge, else a node, else the whole strategy. */
export interface IGoTo {
  node: string | null;
  edge: string | null;
}

/** What Python tells the canvas. */
export type CanvasMessage =
  | { type: 'refused'; reason: string; edit: unknown }
  | { type: 'fit' }
  | ({ type: 'go_to' } & IGoTo)
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

/** Asks for a text of ours in the notebook's own metadata. */
export interface IReadNotebookRequest extends IRequestBase {
  type: 'read_notebook';
  key: string;
}

/** Puts a text of ours into the notebook's own metadata. */
export interface IWriteNotebookRequest extends IRequestBase {
  type: 'write_notebook';
  key: string;
  value: string;
}

/** Puts a new code cell below the one with the builder, to be filled by and by. */
export interface IBeginStreamRequest extends IRequestBase {
  type: 'begin_stream';
  after_cell_id: string;
  source: string;
  metadata: ReadonlyJSONObject;
}

/** Adds text to that cell; pieces are counted from 0, and `is_anew` begins a new text. */
export interface IAppendStreamRequest extends IRequestBase {
  type: 'append_stream';
  cell_id: string;
  piece: number;
  text: string;
  is_anew: boolean;
}

/** Puts the final text in place of all that was streamed. */
export interface IFinishStreamRequest extends IRequestBase {
  type: 'finish_stream';
  cell_id: string;
  streamed: string;
  source: string;
  metadata: ReadonlyJSONObject;
}

/** Leaves what was streamed in the cell, as a draft. */
export interface IAbandonStreamRequest extends IRequestBase {
  type: 'abandon_stream';
  cell_id: string;
  streamed: string;
  metadata: ReadonlyJSONObject;
}

/** Shows a new picture of the strategy in the output of a builder's cell. */
export interface IShowStillRequest extends IRequestBase {
  type: 'show_still';
  cell_id: string;
  data: ReadonlyJSONObject;
}

/** What concerns text that arrives bit by bit. */
export type StreamRequest =
  IBeginStreamRequest | IAppendStreamRequest | IFinishStreamRequest | IAbandonStreamRequest;

/** What Python asks of the bridge. */
export type BridgeRequest =
  | IInsertCellRequest
  | IReplaceCellRequest
  | IFindCellsRequest
  | IShowStillRequest
  | IReadNotebookRequest
  | IWriteNotebookRequest
  | StreamRequest;

type FieldType = 'string' | 'number' | 'boolean' | 'object';
type FieldsOf<R extends BridgeRequest> = Record<
  Exclude<keyof R, keyof IRequestBase | 'type'>,
  FieldType
>;

/** The fields of each request, beside those that all have. */
const REQUEST_FIELDS: {
  [T in BridgeRequest['type']]: FieldsOf<Extract<BridgeRequest, { type: T }>>;
} = {
  insert_cell: { after_cell_id: 'string', source: 'string', metadata: 'object' },
  replace_cell: {
    cell_id: 'string',
    old_source: 'string',
    source: 'string',
    metadata: 'object'
  },
  find_cells: { builder_id: 'string' },
  show_still: { cell_id: 'string', data: 'object' },
  read_notebook: { key: 'string' },
  write_notebook: { key: 'string', value: 'string' },
  begin_stream: { after_cell_id: 'string', source: 'string', metadata: 'object' },
  append_stream: { cell_id: 'string', piece: 'number', text: 'string', is_anew: 'boolean' },
  finish_stream: { cell_id: 'string', streamed: 'string', source: 'string', metadata: 'object' },
  abandon_stream: { cell_id: 'string', streamed: 'string', metadata: 'object' }
};

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
    case 'go_to':
      return { type: 'go_to', node: asTextOrNull(content.node), edge: asTextOrNull(content.edge) };
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
  if (typeof type !== 'string' || !Object.hasOwn(REQUEST_FIELDS, type)) {
    return null;
  }
  const fields: Record<string, FieldType> = {
    request_id: 'string',
    client_id: 'string',
    ...REQUEST_FIELDS[type as BridgeRequest['type']]
  };
  const request: JSONRecord = { type, request_id, client_id };
  for (const [name, wanted] of Object.entries(fields)) {
    const value = content[name];
    if (wanted === 'object' ? !isRecord(value) : typeof value !== wanted) {
      return null;
    }
    request[name] = value;
  }
  return request as unknown as BridgeRequest; // each of its fields was looked at
}
