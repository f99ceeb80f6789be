// The plugins of this extension.

import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { cellsPlugin } from './cellsPlugin';
import { missingPlugin } from './missingPlugin';
import { widgetsPlugin } from './widgetsPlugin';

const plugins: JupyterFrontEndPlugin<unknown>[] = [cellsPlugin, missingPlugin, widgetsPlugin];

export default plugins;
