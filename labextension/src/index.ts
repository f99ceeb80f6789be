// The plugins of this extension.

import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { cellsPlugin } from './cellsPlugin';
import { widgetsPlugin } from './widgetsPlugin';

const plugins: JupyterFrontEndPlugin<unknown>[] = [cellsPlugin, widgetsPlugin];

export default plugins;
