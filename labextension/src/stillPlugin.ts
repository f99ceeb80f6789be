// Shows the still picture of a strategy where there is no builder to show.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';

import { drawStill, STRATEGY_MIME } from './still';
import { PLUGIN_IDS } from './tokens';

/** Makes the pictures in the outputs of notebooks known to the page. */
export const stillPlugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_IDS.still,
  description: 'Shows strategies as pictures where no kernel runs.',
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: (_app: JupyterFrontEnd, rendermime: IRenderMimeRegistry): void => {
    rendermime.addFactory(
      {
        safe: true, // an image and texts, never markup
        mimeTypes: [STRATEGY_MIME],
        createRenderer: () => new StillRenderer()
      },
      0
    );
  }
};

class StillRenderer extends Widget implements IRenderMime.IRenderer {
  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const still = drawStill(model.data, async text => navigator.clipboard.writeText(text));
    this.node.replaceChildren(still);
    return Promise.resolve();
  }
}
