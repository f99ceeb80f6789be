// Makes and finds the notebooks in which strategies are edited.

import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { ServiceManager } from '@jupyterlab/services';
import { UUID } from '@lumino/coreutils';

import { asList, asRecord } from './reading';
import type { RunOnce } from './runOnce';
import {
  builderSource,
  firstFitting,
  notebookContent,
  placeOfBuilder,
  pythonKernel,
  splitPath,
  SUFFIX
} from './strategyFiles';

type Services = Pick<ServiceManager.IManager, 'contents' | 'kernelspecs' | 'sessions'>;

/** Notebooks that were made for a strategy, and open with their cell run. */
export class StrategyNotebooks {
  constructor(
    private readonly _services: Services,
    private readonly _manager: IDocumentManager,
    private readonly _runs: RunOnce
  ) {}

  /** Opens a new notebook whose first cell asks which strategy to begin with. */
  async openNew(folder: string): Promise<void> {
    const base = folder === '' ? '' : `${folder.replace(/\/$/, '')}/`;
    const name = await firstFitting('Strategy', async name => !(await this._exists(base + name)));
    await this._make(base + name, null);
    this._open(base + name);
  }

  /** Opens the notebook of a strategy file. */
  async openFor(strategy: string): Promise<void> {
    this._open(await this.notebookFor(strategy));
  }

  /** The notebook beside a strategy file that will show the builder on it; made if need be. */
  async notebookFor(strategy: string): Promise<string> {
    const { folder, name: file } = splitPath(strategy);
    const found = { isNew: true };
    const name = await firstFitting(file.slice(0, -SUFFIX.length), async name => {
      const exists = await this._exists(folder + name);
      const isOurs = exists && placeOfBuilder(await this._cellsOf(folder + name), file) >= 0;
      found.isNew = !exists;
      return !exists || isOurs;
    });
    if (found.isNew) {
      await this._make(folder + name, file);
    } else if ((await this._services.sessions.findByPath(folder + name)) === undefined) {
      this._runs.ask(folder + name); // with a running kernel it shows what it has
    }
    return folder + name;
  }

  private async _make(path: string, file: string | null): Promise<void> {
    const { contents, kernelspecs } = this._services;
    await kernelspecs.ready;
    const kernel = pythonKernel(kernelspecs.specs);
    const content = notebookContent(builderSource(file), kernel, UUID.uuid4());
    await contents.save(path, { type: 'notebook', format: 'json', content });
    this._runs.ask(path, true);
  }

  private _open(path: string): void {
    this._manager.openOrReveal(path, 'Notebook');
  }

  private async _exists(path: string): Promise<boolean> {
    try {
      await this._services.contents.get(path, { content: false });
      return true;
    } catch (error) {
      if ((error as { response?: Response }).response?.status === 404) {
        return false;
      }
      throw error;
    }
  }

  private async _cellsOf(path: string): Promise<unknown[]> {
    const model = await this._services.contents.get(path, {
      type: 'notebook',
      content: true
    });
    return asList(asRecord(model.content).cells);
  }
}
