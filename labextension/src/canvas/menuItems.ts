// What the context menu offers for what is selected.

import type { Arrangement } from '../canvasEdits';
import type { KeyCommand } from './keys';

/** One line of the menu. */
export interface IMenuItem {
  label: string;
  command: KeyCommand;
  keys?: string;
  isOff?: boolean;
}

/** Items between two lines, or a group that opens. */
export type MenuPart = IMenuItem[] | { label: string; items: IMenuItem[]; isOff?: boolean };

/** What the menu is opened on. */
export interface IMenuState {
  nodes: number;
  edges: number;
  frames: number;
  comments: number;
  /** Whether any of the selected nodes takes part. */
  isAnyEnabled: boolean;
  isReadOnly: boolean;
}

const ALIGN: [Exclude<Arrangement, 'layout'>, string][] = [
  ['left', 'Left edges'],
  ['centre', 'Centres, in a column'],
  ['right', 'Right edges'],
  ['top', 'Top edges'],
  ['middle', 'Middles, in a row'],
  ['bottom', 'Bottom edges']
];
const SPREAD: [Exclude<Arrangement, 'layout'>, string][] = [
  ['across', 'Across, left to right'],
  ['down', 'Down, top to bottom']
];

/** The parts of the menu; what cannot be done now is off. */
export function menuFor(state: IMenuState, ctrl: string): MenuPart[] {
  const { nodes, edges, frames, comments, isReadOnly } = state;
  const some = nodes + edges + frames + comments;
  const copied = nodes + frames + comments;
  const item = (label: string, command: KeyCommand, keys = '', isOff = false): IMenuItem => ({
    label,
    command,
    keys,
    isOff: isOff || (isReadOnly && command.name !== 'copy' && command.name !== 'select_all')
  });
  const arrange = (entries: typeof ALIGN): IMenuItem[] =>
    entries.map(([how, label]) => item(label, { name: 'arrange', how }));
  const parts: MenuPart[] = [];
  if (edges === 1 && some === 1) {
    parts.push([item('Insert node…', { name: 'insert' })]);
  } else if (some === 0) {
    parts.push([item('Add node…', { name: 'add' }, '/')]);
  }
  parts.push([
    item('Cut', { name: 'cut' }, `${ctrl}+X`, copied === 0),
    item('Copy', { name: 'copy' }, `${ctrl}+C`, copied === 0),
    item('Paste', { name: 'paste' }, `${ctrl}+V`),
    item('Duplicate', { name: 'duplicate' }, `${ctrl}+D`, copied === 0),
    item('Select all', { name: 'select_all' }, `${ctrl}+A`)
  ]);
  if (frames + comments === 1 && some === 1) {
    const label = frames === 1 ? 'Rename frame' : 'Edit comment';
    parts.push([item(label, { name: 'edit_text' }, 'F2')]);
  }
  if (nodes > 0) {
    const label = state.isAnyEnabled ? 'Disable' : 'Enable';
    parts.push([item(label, { name: 'toggle_enabled' }, 'E')]);
  }
  if (nodes > 1) {
    parts.push({ label: 'Align', items: arrange(ALIGN), isOff: isReadOnly });
    parts.push({ label: 'Distribute', items: arrange(SPREAD), isOff: isReadOnly || nodes < 3 });
  }
  parts.push([
    item('Group into frame', { name: 'frame' }, `${ctrl}+G`, nodes === 0),
    item('Add comment', { name: 'comment' }, 'C')
  ]);
  parts.push([
    ...(nodes > 0
      ? [item('Delete and reconnect', { name: 'delete_and_reconnect' }, `${ctrl}+Delete`)]
      : []),
    item('Delete', { name: 'delete' }, 'Delete', some === 0)
  ]);
  return parts;
}
