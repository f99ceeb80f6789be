// The text of a model on its way into a new cell. The cell is found by its id each time: meanwhile
// the user may move, edit, convert or delete it, or undo that.

import type { JSONObject } from '@lumino/coreutils';

import { builderOf, newCodeCell, placeOf } from './cells';
import type {
  IAbandonStreamRequest,
  IAppendStreamRequest,
  IBeginStreamRequest,
  IFinishStreamRequest,
  StreamRequest
} from './messages';
import { CellError } from './tokens';
import type { SharedCell, SharedNotebook } from './undo';
import { asOneUndoStep, setSourceAsOneStep, withoutUndo } from './undo';

/**
 * What became of the text: in the cell as sent; in the cell, where the user wrote too; or nowhere,
 * for the reason told.
 */
export interface IStreamAnswer extends JSONObject {
  cell_id: string;
  state: 'written' | 'edited' | 'gone';
  reason: string;
}

/** A cell that is being written into. */
interface IStream {
  readonly notebook: SharedNotebook;
  readonly builderId: string | null;
  /** How many pieces came after the first text: one that is sent twice is written once. */
  pieces: number;
  /** All text written so far: another text in the cell means that the user wrote there. */
  written: string;
}

/** The streams of this page, by the id of their cell. */
export class CellStreams {
  private readonly _streams = new Map<string, IStream>();

  /**
   * Carries out a request.
   *
   * @throws CellError if there is no place for the cell, or a piece is missing
   */
  answer(notebook: SharedNotebook, request: StreamRequest): IStreamAnswer {
    switch (request.type) {
      case 'begin_stream':
        return this._begin(notebook, request);
      case 'append_stream':
        return this._append(notebook, request);
      case 'finish_stream':
        return this._finish(notebook, request);
      case 'abandon_stream':
        return this._abandon(notebook, request);
    }
  }

  /** Ends what a builder was writing, when Python is gone: the cells keep what they have. */
  end(notebook: SharedNotebook, builderId: string): void {
    for (const [cellId, stream] of this._streams) {
      if (stream.notebook !== notebook || stream.builderId !== builderId) {
        continue;
      }
      this._streams.delete(cellId);
      const cell = cellOf(notebook, cellId);
      if (cell?.getSource() === stream.written) {
        setSourceAsOneStep(notebook, cell, stream.written);
      }
    }
  }

  private _begin(notebook: SharedNotebook, request: IBeginStreamRequest): IStreamAnswer {
    const { source, metadata } = request;
    const above = placeIn(notebook, request.after_cell_id);
    if (above < 0) {
      throw new CellError('The cell of this builder was deleted. Run the builder in a new cell.');
    }
    const cellId = insertBelow(notebook, above, request);
    const builderId = builderOf({ id: cellId, metadata });
    this._streams.set(cellId, { notebook, builderId, pieces: 0, written: source });
    return { cell_id: cellId, state: 'written', reason: '' };
  }

  private _append(notebook: SharedNotebook, request: IAppendStreamRequest): IStreamAnswer {
    const { cell_id, piece, text, is_anew } = request;
    const stream = this._streams.get(cell_id);
    if (stream?.notebook !== notebook) {
      return gone(cell_id, 'The notebook was closed or loaded again.');
    }
    const cell = cellOf(notebook, cell_id);
    if (cell?.cell_type !== 'code') {
      return gone(cell_id, whyGone(cell));
    }
    if (piece > stream.pieces) {
      throw new CellError('Some of the text was lost on its way to the page.');
    }
    const isEdited = cell.getSource() !== stream.written;
    if (piece === stream.pieces) {
      stream.pieces += 1;
      stream.written = is_anew && !isEdited ? text : stream.written + text;
      withoutUndo(cell, () => {
        if (is_anew && !isEdited) {
          cell.setSource(text);
        } else {
          // at the end: what the user typed stays where it is
          const end = cell.getSource().length;
          cell.updateSource(end, end, text);
        }
      });
    }
    return { cell_id, state: isEdited ? 'edited' : 'written', reason: '' };
  }

  private _finish(notebook: SharedNotebook, request: IFinishStreamRequest): IStreamAnswer {
    const { cell_id, source, metadata } = request;
    const cell = cellOf(notebook, cell_id);
    const isAsWritten = this._takeOff(notebook, cell, request);
    if (cell?.cell_type !== 'code') {
      return gone(cell_id, whyGone(cell));
    }
    if (!isAsWritten) {
      const place = placeIn(notebook, cell_id);
      return { cell_id: insertBelow(notebook, place, request), state: 'edited', reason: '' };
    }
    setSourceAsOneStep(notebook, cell, source);
    setMetadata(cell, metadata);
    return { cell_id, state: 'written', reason: '' };
  }

  private _abandon(notebook: SharedNotebook, request: IAbandonStreamRequest): IStreamAnswer {
    const { cell_id, streamed, metadata } = request;
    const cell = cellOf(notebook, cell_id);
    const isAsWritten = this._takeOff(notebook, cell, request);
    if (cell?.cell_type !== 'code') {
      return gone(cell_id, whyGone(cell));
    }
    if (isAsWritten) {
      setSourceAsOneStep(notebook, cell, streamed);
    }
    setMetadata(cell, metadata);
    return { cell_id, state: isAsWritten ? 'written' : 'edited', reason: '' };
  }

  /** Forgets a stream; tells whether its cell holds what was written there and nothing else. */
  private _takeOff(
    notebook: SharedNotebook,
    cell: SharedCell | null,
    { cell_id, streamed }: IFinishStreamRequest | IAbandonStreamRequest
  ): boolean {
    const stream = this._streams.get(cell_id);
    this._streams.delete(cell_id);
    const source = cell?.getSource() ?? '';
    if (stream?.notebook === notebook) {
      return source === stream.written;
    }
    // the notebook was loaded again, and has what was written when it was saved
    return source !== '' && streamed.startsWith(source);
  }
}

function placeIn(notebook: SharedNotebook, cellId: string): number {
  const cells = notebook.cells.map(cell => ({ id: cell.getId(), metadata: null }));
  return placeOf(cells, cellId);
}

function cellOf(notebook: SharedNotebook, cellId: string): SharedCell | null {
  return notebook.cells.find(cell => cell.getId() === cellId) ?? null;
}

function insertBelow(
  notebook: SharedNotebook,
  place: number,
  { source, metadata }: IBeginStreamRequest | IFinishStreamRequest
): string {
  const cell = asOneUndoStep(notebook, () =>
    notebook.insertCell(place + 1, newCodeCell(source, metadata))
  );
  return cell.getId();
}

/** Sets our part of the metadata; what others keep there stays. */
function setMetadata(cell: SharedCell, metadata: IFinishStreamRequest['metadata']): void {
  for (const [key, value] of Object.entries(newCodeCell('', metadata).metadata)) {
    cell.setMetadata(key, value);
  }
}

function gone(cell_id: string, reason: string): IStreamAnswer {
  return { cell_id, state: 'gone', reason };
}

function whyGone(cell: SharedCell | null): string {
  return cell ? `The cell was made a ${cell.cell_type} cell.` : 'The cell was deleted.';
}
