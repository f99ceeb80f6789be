// What a double click on a strategy file opens: for a moment this, then the notebook with the builder.

import type { DocumentRegistry } from '@jupyterlab/docregistry';
import { ABCWidgetFactory, DocumentWidget } from '@jupyterlab/docregistry';
import { Widget } from '@lumino/widgets';

import { make } from './canvas/dom';

/** How a strategy file is opened. */
export interface IOpenStrategy {
  /** Whether the notebook opens beside this view, so that this can go; else it takes its page. */
  readonly isBeside: boolean;
  /** Opens the notebook of a strategy file. */
  open(path: string): Promise<void>;
}

/** Makes the views of strategy files. */
export class StrategyOpenerFactory extends ABCWidgetFactory<DocumentWidget> {
  constructor(
    options: DocumentRegistry.IWidgetFactoryOptions<DocumentWidget>,
    private readonly _how: IOpenStrategy
  ) {
    super(options);
  }

  protected override createNewWidget(context: DocumentRegistry.Context): DocumentWidget {
    const content = new Widget({ node: make('div', 'jp-StratCraft-Opener') });
    const view = new DocumentWidget({ content, context });
    const said = make('p', '', { role: 'status' });
    const button = make(
      'button',
      'jp-mod-styled jp-mod-accept',
      { type: 'button', hidden: '' },
      'Open in a notebook'
    );
    const open = async (): Promise<void> => {
      said.textContent = 'Opening the strategy in a notebook.';
      try {
        await this._how.open(context.path);
        if (this._how.isBeside) {
          view.dispose();
        }
      } catch (error) {
        console.error(error);
        button.hidden = false;
        said.textContent = `The notebook could not be opened: ${String(error)}`;
      }
    };
    button.addEventListener('click', () => void open());
    content.node.append(make('h2', '', {}, context.path), button, said);
    void context.ready.then(open);
    return view;
  }
}
