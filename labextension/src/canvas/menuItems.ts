// What the context menu offers for what is selected.

import type { Arrangement } from '../canvasEdits';
import type { IEnd } from './fit';
import type { KeyCommand } from './keys';
import { keyOf } from './keyTable';

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
  /** The port that it is asked for, and whether anything is connected there. */
  port: { end: IEnd; isConnected: boolean } | null;
  nodes: number;
  edges: number;
  frames: number;
  comments: number;
  /** Whether any of the selected nodes takes part. */
  isAnyEnabled: boolean;
  isReadOnly: boolean;
  /** Whether the theme is dark: then a light picture is another one. */
  isDark: boolean;
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

/** Commands that change nothing. */
const HARMLESS: ReadonlySet<KeyCommand['name']> = new Set([
  ...(['copy', 'select_all', 'shortcuts', 'save_picture'] as const),
  ...(['fit', 'fit_selection'] as const)
]);

/** The parts of the menu; what cannot be done now is off. */
export function menuFor(state: IMenuState, ctrl: string): MenuPart[] {
  const { nodes, edges, frames, comments, isReadOnly } = state;
  const some = nodes + edges + frames + comments;
  const copied = nodes + frames + comments;
  const item = (label: string, command: KeyCommand, isOff = false, keys?: string): IMenuItem => ({
    label,
    command,
    keys: keys ?? keyOf(command, ctrl),
    isOff: isOff || (isReadOnly && !HARMLESS.has(command.name))
  });
  const arrange = (entries: typeof ALIGN): IMenuItem[] =>
    entries.map(([how, label]) => item(label, { name: 'arrange', how }));
  const parts: MenuPart[] = [];
  if (state.port) {
    const { end, isConnected } = state.port;
    parts.push([
      item(
        'Connect from here…',
        { name: 'connect', from: end },
        false,
        keyOf({ name: 'connect' }, ctrl)
      ),
      ...(isConnected ? [item('Disconnect', { name: 'disconnect', from: end })] : [])
    ]);
  }
  if (edges === 1 && some === 1) {
    parts.push([
      item('Insert node…', { name: 'insert' }, false, keyOf({ name: 'add' }, ctrl)),
      item('Move its end…', { name: 'reconnect', end: 'target' }),
      item('Move its start…', { name: 'reconnect', end: 'source' })
    ]);
  } else if (some === 0) {
    parts.push([item('Add node…', { name: 'add' })]);
  }
  parts.push([
    item('Cut', { name: 'cut' }, copied === 0, `${ctrl}+X`),
    item('Copy', { name: 'copy' }, copied === 0, `${ctrl}+C`),
    item('Paste', { name: 'paste' }, false, `${ctrl}+V`),
    item('Duplicate', { name: 'duplicate' }, copied === 0),
    item('Select all', { name: 'select_all' })
  ]);
  if (frames + comments === 1 && some === 1) {
    const label = frames === 1 ? 'Rename frame' : 'Edit comment';
    parts.push([item(label, { name: 'edit_text' })]);
  }
  if (nodes > 0) {
    const label = state.isAnyEnabled ? 'Disable' : 'Enable';
    parts.push([item(label, { name: 'toggle_enabled' })]);
  }
  if (nodes > 1) {
    parts.push({ label: 'Align', items: arrange(ALIGN), isOff: isReadOnly });
    parts.push({ label: 'Distribute', items: arrange(SPREAD), isOff: isReadOnly || nodes < 3 });
  }
  parts.push([
    item('Group into frame', { name: 'frame' }, nodes === 0),
    item('Add comment', { name: 'comment' })
  ]);
  parts.push([
    ...(nodes > 0 ? [item('Delete and reconnect', { name: 'delete_and_reconnect' })] : []),
    item('Delete', { name: 'delete' }, some === 0)
  ]);
  parts.push([
    item(nodes > 1 ? 'Arrange these' : 'Arrange all', { name: 'lay_out' }),
    some > 0
      ? item('Show selection', { name: 'fit_selection' })
      : item('Show everything', { name: 'fit' })
  ]);
  parts.push({ label: 'Save picture', items: pictureItems(state.isDark) });
  parts.push([item('Keys…', { name: 'shortcuts' })]);
  return parts;
}

/** The ways to save a picture. */
export function pictureItems(isDark: boolean): IMenuItem[] {
  const looks = isDark ? (['theme', 'light'] as const) : (['theme'] as const);
  return looks.flatMap(look =>
    (['svg', 'png'] as const).map(format => ({
      label: `${format.toUpperCase()}${look === 'light' ? ', light' : ''}`,
      command: { name: 'save_picture', format, look } as const
    }))
  );
}
