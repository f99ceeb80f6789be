// Ids of our plugins, and the service by which they meet.

import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { PartialJSONObject, ReadonlyJSONObject } from '@lumino/coreutils';
import { Token, UUID } from '@lumino/coreutils';

import type { FrontEnd, IInsertCellRequest, IReplaceCellRequest } from './messages';
import type { SharedNotebook } from './undo';

export const PLUGIN_IDS = {
  cells: 'stratcraft-jupyter:cells',
  files: 'stratcraft-jupyter:files',
  missing: 'stratcraft-jupyter:missing',
  still: 'stratcraft-jupyter:still',
  widgets: 'stratcraft-jupyter:widgets'
} as const;

/** Names this page to Python: two tabs on one notebook both get every message. */
export const CLIENT_ID: string = UUID.uuid4();

/** What Python learns of a cell. */
export interface ICellContent extends PartialJSONObject {
  cell_id: string;
  source: string;
  metadata: PartialJSONObject;
}

/** The cells of the notebook that a widget belongs to, wherever the focus is. */
export interface INotebookCells {
  /** The front end we are in. */
  readonly frontEnd: FrontEnd;

  /**
   * Puts a new code cell below another; gives its id.
   *
   * @throws CellError if the notebook or the other cell is gone
   */
  insert(context: DocumentRegistry.Context, request: IInsertCellRequest): string;

  /**
   * Puts a new code cell in the place of another, in one undo step; gives its id.
   *
   * @throws CellError if the notebook or the cell is gone, or its text is another one
   */
  replace(context: DocumentRegistry.Context, request: IReplaceCellRequest): string;

  /**
   * The cells that a builder wrote, in notebook order.
   *
   * @throws CellError if the notebook is gone
   */
  find(context: DocumentRegistry.Context, builderId: string): ICellContent[];

  /**
   * The notebook's cells for reading and writing.
   *
   * @throws CellError if the notebook is gone
   */
  notebook(context: DocumentRegistry.Context): SharedNotebook;

  /**
   * Puts a new picture of the strategy into a cell's output, in place of the one that is there.
   *
   * @throws CellError if the notebook or the cell is gone
   */
  showStill(context: DocumentRegistry.Context, cellId: string, data: ReadonlyJSONObject): void;

  /** Brings a cell into view, if the notebook is. */
  show(context: DocumentRegistry.Context, cellId: string): void;

  /** Runs the cell that shows an element; tells whether it ran without an error. */
  run(context: DocumentRegistry.Context, element: Element): Promise<boolean>;

  /** The elements of all cells, whether they are on the page now or not. */
  nodes(context: DocumentRegistry.Context): HTMLElement[];

  /** Tells when cells of a builder come, go or get another text; the result ends that. */
  watch(context: DocumentRegistry.Context, builderId: string, onChange: () => void): () => void;
}

/** Says in the user's words why something cannot be done with a cell. */
export class CellError extends Error {}

export const INotebookCells = new Token<INotebookCells>(
  'stratcraft-jupyter:INotebookCells',
  'Reads and inserts cells in the notebook that a widget belongs to.'
);
