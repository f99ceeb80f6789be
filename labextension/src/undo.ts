// What one Undo takes back, on the shared models of a notebook and its cells.

import type { INotebookModel } from '@jupyterlab/notebook';

export type SharedNotebook = INotebookModel['sharedModel'];
export type SharedCell = SharedNotebook['cells'][number];

/** What every shared notebook and cell has, though its interface does not say so. */
interface IUndoScope {
  readonly undoManager: { stopCapturing(): void } | null;
}

/** Keeps a change apart from what the user did just before and after: one Undo takes back it alone. */
export function asOneUndoStep<T>(model: SharedNotebook | SharedCell, change: () => T): T {
  const { undoManager } = model as typeof model & IUndoScope;
  undoManager?.stopCapturing();
  try {
    return change();
  } finally {
    undoManager?.stopCapturing();
  }
}

/** Makes a change that no Undo takes back. */
export function withoutUndo(cell: SharedCell, change: () => void): void {
  cell.transact(change, false);
}

/**
 * Gives a cell its text so that one Undo removes all of it and one Redo restores it, however many
 * changes that no Undo takes back have led there.
 */
export function setSourceAsOneStep(
  notebook: SharedNotebook,
  cell: SharedCell,
  source: string
): void {
  if (!notebook.disableDocumentWideUndoRedo) {
    // one history for the whole notebook: the step that inserted the cell takes its text along
    withoutUndo(cell, () => {
      cell.setSource(source);
    });
    return;
  }
  withoutUndo(cell, () => {
    cell.setSource('');
  });
  asOneUndoStep(cell, () => {
    cell.setSource(source);
  });
}
