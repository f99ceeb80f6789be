// The plugins of this extension.

import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { cellsPlugin } from './cellsPlugin';
import { filesPlugin } from './filesPlugin';
import { missingPlugin } from './missingPlugin';
import { stillPlugin } from './stillPlugin';
import { widgetsPlugin } from './widgetsPlugin';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  cellsPlugin,
  filesPlugin,
  missingPlugin,
  stillPlugin,
  widgetsPlugin
];

export default plugins;
