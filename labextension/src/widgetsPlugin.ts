// Registers our widget classes, loaded when the first widget of ours appears.

import { IJupyterWidgetRegistry } from '@jupyter-widgets/base';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';

import { keepBuilderFocus } from './builderFocus';
import { keepBuilderKeys } from './builderKeys';
import { INotebookCells, PLUGIN_IDS } from './tokens';
import { MODULE_NAME, MODULE_VERSION } from './version';

let isPaletteGuided = false;

/** Makes the canvas and the bridge known to Jupyter widgets. */
export const widgetsPlugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_IDS.widgets,
  description: 'Shows the strategy canvas in notebooks.',
  autoStart: true,
  requires: [IJupyterWidgetRegistry],
  optional: [INotebookCells],
  activate: (
    app: JupyterFrontEnd,
    registry: IJupyterWidgetRegistry,
    cells: INotebookCells | null
  ): void => {
    const save = (): void => {
      void app.commands.execute('docmanager:save');
    };
    keepBuilderKeys(window, save);
    keepBuilderFocus(document);
    registry.registerWidget({
      name: MODULE_NAME,
      version: MODULE_VERSION,
      exports: async () => {
        const [
          { BridgeModel },
          { StrategyCanvasModel, StrategyCanvasView },
          { KeyFieldModel, KeyFieldView },
          { guidePaletteKeys }
        ] = await Promise.all([
          import('./bridge'),
          import('./canvasWidget'),
          import('./keyWidget'),
          import('./paletteKeys')
        ]);
        // asked for by each notebook; one guide serves the page
        if (!isPaletteGuided) {
          isPaletteGuided = true;
          guidePaletteKeys(document);
        }
        BridgeModel.cells = cells;
        StrategyCanvasView.save = save;
        return {
          BridgeModel,
          KeyFieldModel,
          KeyFieldView,
          StrategyCanvasModel,
          StrategyCanvasView
        };
      }
    });
  }
};
