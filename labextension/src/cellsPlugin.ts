// Cells of real notebooks: inserts and reads them through the shared model.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { INotebookModel, NotebookPanel } from '@jupyterlab/notebook';
import { INotebookTracker } from '@jupyterlab/notebook';
import type { PartialJSONObject } from '@lumino/coreutils';

import { cellsOfBuilder, newCodeCell, placeOf } from './cells';
import type { FrontEnd, IInsertCellRequest } from './messages';
import type { ICellContent } from './tokens';
import { CellError, INotebookCells, PLUGIN_IDS } from './tokens';

type SharedNotebook = INotebookModel['sharedModel'];
type SharedCell = SharedNotebook['cells'][number];

/** What every shared notebook has, though its interface does not say so. */
interface IUndoScope {
  readonly undoManager: { stopCapturing(): void };
}

/** Provides {@link INotebookCells}. */
export const cellsPlugin: JupyterFrontEndPlugin<INotebookCells> = {
  id: PLUGIN_IDS.cells,
  description: 'Writes strategies into notebook cells.',
  autoStart: true,
  requires: [INotebookTracker],
  provides: INotebookCells,
  activate: (app: JupyterFrontEnd, tracker: INotebookTracker): INotebookCells =>
    new NotebookCells(tracker, app.name === 'JupyterLab' ? 'lab' : 'notebook')
};

class NotebookCells implements INotebookCells {
  constructor(
    private readonly _tracker: INotebookTracker,
    readonly frontEnd: FrontEnd
  ) {}

  insert(context: DocumentRegistry.Context, request: IInsertCellRequest): string {
    const panel = this._panelOf(context);
    const notebook = sharedModelOf(panel);
    const above = placeOf(cellsOf(notebook), request.after_cell_id);
    if (above < 0) {
      throw new CellError('The cell of this builder was deleted. Run the builder in a new cell.');
    }
    const cell = asOneUndoStep(notebook, () =>
      notebook.insertCell(above + 1, newCodeCell(request.source, request.metadata))
    );
    if (panel.isVisible) {
      void panel.content.scrollToItem(above + 1, 'smart');
      if (panel === this._tracker.currentWidget) {
        takeLostFocus(panel);
      }
    }
    return cell.getId();
  }

  read(context: DocumentRegistry.Context, cellId: string): ICellContent {
    const cell = sharedModelOf(this._panelOf(context)).cells.find(item => item.getId() === cellId);
    if (!cell) {
      throw new CellError('That cell was deleted.');
    }
    return contentOf(cell);
  }

  find(context: DocumentRegistry.Context, builderId: string): ICellContent[] {
    const cells = cellsOf(sharedModelOf(this._panelOf(context)));
    return cellsOfBuilder(cells, builderId).map(({ cell }) => contentOf(cell));
  }

  /** A panel that shows the notebook; the one on screen if there are several. */
  private _panelOf(context: DocumentRegistry.Context): NotebookPanel {
    const panels: NotebookPanel[] = [];
    this._tracker.forEach(panel => {
      if (panel.context === context) {
        panels.push(panel);
      }
    });
    const panel = panels.find(item => item.isVisible) ?? panels[0];
    if (!panel) {
      throw new CellError('The notebook of this builder is closed.');
    }
    return panel;
  }
}

function sharedModelOf(panel: NotebookPanel): SharedNotebook {
  const model = panel.content.model;
  if (!model) {
    throw new CellError('The notebook of this builder is still loading. Try again.');
  }
  return model.sharedModel;
}

function cellsOf(
  notebook: SharedNotebook
): { id: string; metadata: PartialJSONObject; cell: SharedCell }[] {
  return notebook.cells.map(cell => ({ id: cell.getId(), metadata: cell.getMetadata(), cell }));
}

function contentOf(cell: SharedCell): ICellContent {
  return { cell_id: cell.getId(), source: cell.getSource(), metadata: cell.getMetadata() };
}

/** Keeps a change apart from what the user did just before and after: one Undo takes back it alone. */
function asOneUndoStep<T>(notebook: SharedNotebook, change: () => T): T {
  const { undoManager } = notebook as SharedNotebook & IUndoScope;
  undoManager.stopCapturing();
  try {
    return change();
  } finally {
    undoManager.stopCapturing();
  }
}

/** A button that is disabled while it works drops the focus; then Undo in the notebook would hear no key. */
function takeLostFocus(panel: NotebookPanel): void {
  const { activeElement } = document;
  if (!activeElement || activeElement === document.body || activeElement.matches(':disabled')) {
    panel.content.activate();
  }
}
