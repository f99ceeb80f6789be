// Strategy files in the file browser, the launcher and the command palette.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { URLExt } from '@jupyterlab/coreutils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { FileDialog, IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { INotebookTracker, NotebookActions } from '@jupyterlab/notebook';
import type { JSONObject } from '@lumino/coreutils';

import { asText } from './reading';
import { RunOnce } from './runOnce';
import { isStrategyPath, SUFFIX } from './strategyFiles';
import { strategyIcon } from './strategyIcon';
import type { StrategyNotebooks } from './strategyNotebooks';
import { StrategyOpenerFactory } from './strategyOpener';
import { PLUGIN_IDS } from './tokens';

const FILE_TYPE = 'stratcraft-strategy';
const CATEGORY = 'StratCraft';
export const COMMANDS = { create: 'stratcraft:new-notebook', open: 'stratcraft:open' } as const;

/** Opens strategies in notebooks. */
export const filesPlugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_IDS.files,
  description: 'Opens strategy files in notebooks, and makes new ones.',
  autoStart: true,
  requires: [IDocumentManager, INotebookTracker],
  optional: [ICommandPalette, ILauncher, IDefaultFileBrowser],
  activate: (
    app: JupyterFrontEnd,
    manager: IDocumentManager,
    tracker: INotebookTracker,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    browser: IDefaultFileBrowser | null
  ): void => {
    const runs = new RunOnce(window.localStorage);
    const notebooks = async (): Promise<StrategyNotebooks> => {
      const { StrategyNotebooks } = await import('./strategyNotebooks');
      return new StrategyNotebooks(app.serviceManager, manager, runs);
    };
    tracker.forEach(panel => void runBuilder(panel, runs)); // Notebook 7 may be faster than we are
    tracker.widgetAdded.connect((_sender, panel) => void runBuilder(panel, runs));
    addFileType(app, notebooks);
    app.commands.addCommand(COMMANDS.create, {
      label: 'New strategy notebook',
      caption: 'Open a notebook with a new strategy builder',
      icon: strategyIcon,
      describedBy: argumentOf('cwd', 'Folder of the new notebook'),
      execute: async args => {
        await (await notebooks()).openNew(asText(args.cwd) || (browser?.model.path ?? ''));
      }
    });
    app.commands.addCommand(COMMANDS.open, {
      label: 'Open strategy',
      caption: 'Open a strategy file in a notebook',
      icon: strategyIcon,
      describedBy: argumentOf('path', 'The strategy file; without it the user is asked'),
      execute: async args => {
        const path = asText(args.path) || (await askForFile(manager, browser?.model.path ?? ''));
        if (path !== '') {
          await (await notebooks()).openFor(path);
        }
      }
    });
    for (const [rank, command] of Object.values(COMMANDS).entries()) {
      palette?.addItem({ command, category: CATEGORY, rank });
      launcher?.add({ command, category: CATEGORY, rank });
    }
  }
};

/** What a command takes: one text that may be left out. */
function argumentOf(name: string, description: string): { args: JSONObject } {
  return { args: { type: 'object', properties: { [name]: { type: 'string', description } } } };
}

function addFileType(app: JupyterFrontEnd, notebooks: () => Promise<StrategyNotebooks>): void {
  app.docRegistry.addFileType({
    name: FILE_TYPE,
    displayName: 'Strategy',
    contentType: 'file',
    fileFormat: 'text',
    mimeTypes: ['application/json'],
    extensions: [SUFFIX],
    icon: strategyIcon
  });
  // Notebook 7 opens each document in a page of its own, and has just opened one
  const isBeside = app.name === 'JupyterLab';
  const factory = new StrategyOpenerFactory(
    {
      name: 'Strategy builder',
      modelName: 'text',
      fileTypes: [FILE_TYPE],
      defaultFor: [FILE_TYPE],
      readOnly: true
    },
    {
      isBeside,
      open: async path => {
        const found = await notebooks();
        if (isBeside) {
          await found.openFor(path);
        } else {
          goToNotebook(app, await found.notebookFor(path));
        }
      }
    }
  );
  app.docRegistry.addWidgetFactory(factory);
}

/** Shows a notebook in the place of this page, which Back passes over. */
function goToNotebook({ serviceManager }: JupyterFrontEnd, path: string): void {
  const { baseUrl } = serviceManager.serverSettings;
  window.location.replace(URLExt.join(baseUrl, 'notebooks', URLExt.encodeParts(path)));
}

/** The file that the user chose; empty for none. */
async function askForFile(manager: IDocumentManager, defaultPath: string): Promise<string> {
  const { value } = await FileDialog.getOpenFiles({
    manager,
    title: 'Open strategy',
    defaultPath,
    filter: ({ type, name }) => (type === 'directory' || isStrategyPath(name) ? {} : null)
  });
  const chosen = value?.find(({ path }) => isStrategyPath(path));
  return chosen?.path ?? '';
}

/** Runs the builder's cell of a notebook that was opened for it. */
async function runBuilder(panel: NotebookPanel, runs: RunOnce): Promise<void> {
  const { content, context } = panel;
  const { sessionContext } = context;
  await context.ready;
  // where Notebook 7 opens another page for it, this page makes a panel too but never shows it
  const asked = panel.isAttached ? runs.take(context.path) : null;
  if (!asked) {
    return;
  }
  await sessionContext.ready;
  await sessionContext.session?.kernel?.info;
  const place = content.widgets.findIndex(({ model }) =>
    model.sharedModel.getSource().includes('StrategyBuilder(')
  );
  if (place >= 0) {
    content.activeCellIndex = place;
    content.deselectAll();
    await NotebookActions.run(content, sessionContext);
    if (asked.isNew && !context.isDisposed) {
      await context.save(); // a reload would find the cell as if it had never run
    }
  }
}
