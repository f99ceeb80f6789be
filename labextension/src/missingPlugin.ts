// Says in notebooks what to do where a builder could not be shown.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { INotebookTracker } from '@jupyterlab/notebook';

import { explainMissing, isBuilderOutput } from './missingBuilders';
import { asList, asRecord } from './reading';
import { INotebookCells, PLUGIN_IDS } from './tokens';

/** Looks after every notebook that is opened. */
export const missingPlugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_IDS.missing,
  description: 'Says what to do where a strategy builder cannot be shown.',
  autoStart: true,
  requires: [INotebookTracker, INotebookCells],
  activate: (_app: JupyterFrontEnd, tracker: INotebookTracker, cells: INotebookCells): void => {
    const watch = (panel: NotebookPanel): void => {
      const end = explainMissing(
        panel.content.node,
        output => outputsAround(panel, output).some(isBuilderOutput),
        output => void cells.run(panel.context, output)
      );
      panel.disposed.connect(end);
    };
    tracker.forEach(watch);
    tracker.widgetAdded.connect((_sender, panel) => {
      watch(panel);
    });
  }
};

/** The data of all outputs of the cell that an element is in. */
function outputsAround({ content }: NotebookPanel, element: Element): unknown[] {
  const cell = content.widgets.find(item => item.node.contains(element));
  const outputs: unknown = cell?.model.sharedModel.toJSON().outputs;
  return asList(outputs).map(output => asRecord(output).data);
}
