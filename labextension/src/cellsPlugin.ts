// Cells of real notebooks: inserts and finds them through the shared model.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { INotebookModel, NotebookPanel } from '@jupyterlab/notebook';
import { INotebookTracker, NotebookActions } from '@jupyterlab/notebook';
import type { PartialJSONObject, ReadonlyJSONObject } from '@lumino/coreutils';

import { cellsOfBuilder, newCodeCell, placeOf, traceOf } from './cells';
import { isCodeCellModel, placeOfStill, stillOutput } from './still';
import type { FrontEnd, IInsertCellRequest, IReplaceCellRequest } from './messages';
import type { ICellContent } from './tokens';
import { CellError, INotebookCells, PLUGIN_IDS } from './tokens';
import type { SharedCell, SharedNotebook } from './undo';
import { asOneUndoStep } from './undo';

/** Milliseconds of quiet after which changed cells are told: typing is not told key by key. */
const QUIET = 400;

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
    this._show(panel, above + 1);
    return cell.getId();
  }

  replace(context: DocumentRegistry.Context, request: IReplaceCellRequest): string {
    const panel = this._panelOf(context);
    const notebook = sharedModelOf(panel);
    const place = placeOf(cellsOf(notebook), request.cell_id);
    if (place < 0 || notebook.getCell(place).getSource() !== request.old_source) {
      throw new CellError('The generated cell has just changed. Press Generate again.');
    }
    asOneUndoStep(notebook, () => {
      notebook.transact(() => {
        notebook.insertCell(place, newCodeCell(request.source, request.metadata));
        notebook.deleteCell(place + 1);
      });
    });
    this._show(panel, place);
    return notebook.getCell(place).getId();
  }

  find(context: DocumentRegistry.Context, builderId: string): ICellContent[] {
    const cells = cellsOf(sharedModelOf(this._panelOf(context)));
    return cellsOfBuilder(cells, builderId).map(({ cell }) => contentOf(cell));
  }

  notebook(context: DocumentRegistry.Context): SharedNotebook {
    return sharedModelOf(this._panelOf(context));
  }

  showStill(context: DocumentRegistry.Context, cellId: string, data: ReadonlyJSONObject): void {
    const panel = this._panelOf(context);
    const cell = panel.content.widgets.find(({ model }) => model.id === cellId)?.model;
    if (!cell || !isCodeCellModel(cell)) {
      throw new CellError('The cell of this builder was deleted.');
    }
    const { outputs } = cell;
    const place = placeOfStill(outputs.toJSON());
    if (place >= 0) {
      outputs.set(place, stillOutput(data));
    }
  }

  show(context: DocumentRegistry.Context, cellId: string): void {
    const panel = this._panelOf(context);
    this._show(panel, placeOf(cellsOf(sharedModelOf(panel)), cellId));
  }

  watch(context: DocumentRegistry.Context, builderId: string, onChange: () => void): () => void {
    const model = context.model as INotebookModel;
    const trace = (): string =>
      traceOf(cellsOfBuilder(cellsOf(model.sharedModel), builderId).map(c => contentOf(c.cell)));
    let last = trace();
    let timer = 0;
    const look = (): void => {
      const now = model.isDisposed ? last : trace();
      if (now !== last) {
        last = now;
        onChange();
      }
    };
    const wait = (): void => {
      window.clearTimeout(timer);
      timer = window.setTimeout(look, QUIET);
    };
    model.contentChanged.connect(wait);
    return () => {
      window.clearTimeout(timer);
      model.contentChanged.disconnect(wait);
    };
  }

  async run(context: DocumentRegistry.Context, element: Element): Promise<boolean> {
    for (const panel of this._panelsOf(context)) {
      const place = panel.content.widgets.findIndex(cell => cell.node.contains(element));
      if (place >= 0) {
        return runCell(panel, place);
      }
    }
    return false;
  }

  nodes(context: DocumentRegistry.Context): HTMLElement[] {
    return this._panelsOf(context).flatMap(panel => panel.content.widgets.map(cell => cell.node));
  }

  /** Brings a new cell into view. */
  private _show(panel: NotebookPanel, place: number): void {
    if (panel.isVisible) {
      void panel.content.scrollToItem(place, 'smart');
      if (panel === this._tracker.currentWidget) {
        takeLostFocus(panel);
      }
    }
  }

  private _panelsOf(context: DocumentRegistry.Context): NotebookPanel[] {
    const panels: NotebookPanel[] = [];
    this._tracker.forEach(panel => {
      if (panel.context === context) {
        panels.push(panel);
      }
    });
    return panels;
  }

  /** A panel that shows the notebook; the one on screen if there are several. */
  private _panelOf(context: DocumentRegistry.Context): NotebookPanel {
    const panels = this._panelsOf(context);
    const panel = panels.find(item => item.isVisible) ?? panels[0];
    if (!panel) {
      throw new CellError('The notebook of this builder is closed.');
    }
    return panel;
  }
}

/** Runs one cell, as if the user had selected it and pressed Ctrl+Enter. */
async function runCell(panel: NotebookPanel, place: number): Promise<boolean> {
  const { content, sessionContext } = panel;
  content.activeCellIndex = place;
  content.deselectAll();
  return NotebookActions.run(content, sessionContext);
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

/** A button that is disabled while it works drops the focus; then Undo in the notebook would hear no key. */
function takeLostFocus(panel: NotebookPanel): void {
  const { activeElement } = document;
  if (!activeElement || activeElement === document.body || activeElement.matches(':disabled')) {
    panel.content.activate();
  }
}
