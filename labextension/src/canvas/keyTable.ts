// The one table of the canvas' keys: what is pressed is looked up here, and the shortcut sheet shows it.

import type { KeyCommand } from './keys';

/** Where the focus has to be for a key to mean something. */
export type Scope =
  'any' | 'canvas' | 'selection' | 'node' | 'port' | 'edge' | 'area' | 'connecting';

/** One line of the shortcut sheet. */
export interface IKeyRow {
  scope: Scope;
  does: string;
  /** Each key with its command; null where the browser or the canvas' element sees to it. */
  keys: readonly (readonly [chord: string, command: KeyCommand | null])[];
}

/** How far an arrow key moves the selection; with Shift, for fine work, one unit. */
export const NUDGE = 10;
const PAN = 40;

const ARROWS = [
  ['ArrowLeft', 'left', -1, 0],
  ['ArrowRight', 'right', 1, 0],
  ['ArrowUp', 'up', 0, -1],
  ['ArrowDown', 'down', 0, 1]
] as const;

type KeysOf = IKeyRow['keys'];

function arrows(prefix: string, command: (arrow: (typeof ARROWS)[number]) => KeyCommand): KeysOf {
  return ARROWS.map(arrow => [`${prefix}${arrow[0]}`, command(arrow)] as const);
}

function walking(prefix = ''): KeysOf {
  return arrows(prefix, ([, way]) => ({ name: 'walk', way }));
}

function row(scope: Scope, does: string, ...keys: KeysOf): IKeyRow {
  return { scope, does, keys };
}

/** Every key of the canvas. */
export const KEY_TABLE: readonly IKeyRow[] = [
  row('any', 'Next node, frame or comment; after the last, out of the canvas', [
    'Tab',
    { name: 'next_node' }
  ]),
  row('any', 'The one before', ['Shift+Tab', { name: 'previous_node' }]),
  row('any', 'Walk from node to node, also while something is selected', ...walking('Alt+')),
  row('any', 'End what is being done; clear the selection; back to the notebook', [
    'Escape',
    { name: 'escape' }
  ]),
  row('any', 'Open the menu', ['ContextMenu', { name: 'menu' }], ['Shift+F10', { name: 'menu' }]),
  row('any', 'Add a node; on a connection, into it', ['/', { name: 'add' }]),
  row('any', 'Add a comment', ['C', { name: 'comment' }]),
  row('any', 'Select all', ['Ctrl+A', { name: 'select_all' }]),
  row('any', 'Undo', ['Ctrl+Z', { name: 'undo' }]),
  row('any', 'Redo', ['Ctrl+Y', { name: 'redo' }], ['Ctrl+Shift+Z', { name: 'redo' }]),
  row('any', 'Copy, cut, paste', ['Ctrl+C', null], ['Ctrl+X', null], ['Ctrl+V', null]),
  row('any', 'Duplicate', ['Ctrl+D', { name: 'duplicate' }]),
  row('any', 'Group the selected nodes into a frame', ['Ctrl+G', { name: 'frame' }]),
  row('any', 'Disable or enable the selected nodes', ['E', { name: 'toggle_enabled' }]),
  row('any', 'Delete', ['Delete', { name: 'delete' }], ['Backspace', { name: 'delete' }]),
  row(
    'any',
    'Delete and connect what is left',
    ['Ctrl+Delete', { name: 'delete_and_reconnect' }],
    ['Ctrl+Backspace', { name: 'delete_and_reconnect' }]
  ),
  row('any', 'Zoom in', ['+', { name: 'zoom_in' }], ['=', { name: 'zoom_in' }]),
  row('any', 'Zoom out', ['-', { name: 'zoom_out' }], ['_', { name: 'zoom_out' }]),
  row('any', 'Zoom to 100 %', ['0', { name: 'zoom_reset' }]),
  row('any', 'Show everything', ['F', { name: 'fit' }]),
  row('any', 'Show what is selected', ['Shift+F', { name: 'fit_selection' }]),
  row('any', 'Arrange the selected nodes, or all', ['A', { name: 'lay_out' }]),
  row('any', 'Snap to the grid, or no longer', ['G', { name: 'toggle_snapping' }]),
  row('any', 'Show or hide the map', ['M', { name: 'toggle_map' }]),
  row('any', 'Save the notebook', ['Ctrl+S', null]),
  row('any', 'This list', ['?', { name: 'shortcuts' }]),

  row('canvas', 'Move the view', ...arrows('', ([, , x, y]) => pan(x, y))),

  row(
    'selection',
    'Move what is selected; a node just added after Enter',
    ...arrows('', ([, , x, y]) => nudge(x, y, NUDGE))
  ),
  row('selection', 'Move it by a hair', ...arrows('Shift+', ([, , x, y]) => nudge(x, y, 1))),

  row(
    'node',
    'Along a connection, to the next or the previous node',
    ...walking().filter(([chord]) => /Left|Right/.test(chord))
  ),
  row('node', 'The node above or below', ...walking().filter(([chord]) => /Up|Down/.test(chord))),
  row('node', 'Select', ['Enter', { name: 'toggle_selection', extend: false }]),
  row('node', 'Select too, or no longer', [
    'Shift+Enter',
    { name: 'toggle_selection', extend: true }
  ]),
  row('node', 'To its ports', ['P', { name: 'ports' }]),

  row('port', 'From port to port', ...walking()),
  row('port', 'Connect from here', ['Enter', { name: 'connect' }]),

  row(
    'connecting',
    'The next or previous port that fits',
    ['ArrowRight', { name: 'next_fit' }],
    ['ArrowDown', { name: 'next_fit' }],
    ['Tab', { name: 'next_fit' }],
    ['ArrowLeft', { name: 'previous_fit' }],
    ['ArrowUp', { name: 'previous_fit' }],
    ['Shift+Tab', { name: 'previous_fit' }]
  ),
  row('connecting', 'Connect', ['Enter', { name: 'finish_connection' }]),
  row('connecting', 'Connect to a new node', ['/', { name: 'offer_fits' }]),
  row('connecting', 'Leave it', ['Escape', { name: 'escape' }]),

  row(
    'edge',
    'To the node at its start or end',
    ...walking().filter(([chord]) => /Left|Right/.test(chord))
  ),
  row(
    'edge',
    'The next or previous connection of that node',
    ...walking().filter(([chord]) => /Up|Down/.test(chord))
  ),
  row('edge', 'Select', ['Enter', { name: 'toggle_selection', extend: false }]),
  row('edge', 'Select too, or no longer', [
    'Shift+Enter',
    { name: 'toggle_selection', extend: true }
  ]),
  row('edge', 'Move its end to another port', ['R', { name: 'reconnect', end: 'target' }]),
  row('edge', 'Move its start to another port', ['Shift+R', { name: 'reconnect', end: 'source' }]),
  row('edge', 'Put the selected node into it', ['I', { name: 'put_into_edge' }]),

  row('area', 'Select', ['Enter', { name: 'toggle_selection', extend: false }]),
  row('area', 'Select too, or no longer', [
    'Shift+Enter',
    { name: 'toggle_selection', extend: true }
  ]),
  row('area', 'Write its text', ['F2', { name: 'edit_text' }]),
  row('area', 'Make it larger or smaller', ...arrows('Ctrl+', ([, , x, y]) => resize(x, y)))
];

/** The headings of the shortcut sheet. */
export const SCOPE_TITLES: Record<Scope, string> = {
  any: 'Anywhere on the canvas',
  canvas: 'With nothing selected or focused',
  selection: 'With something selected',
  node: 'On a node',
  port: 'On a port',
  connecting: 'While connecting',
  edge: 'On a connection',
  area: 'On a frame or comment'
};

/** A key as people read it. */
export function keyText(chord: string, ctrl: string): string {
  const names: Record<string, string> = {
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
    ContextMenu: 'Menu',
    Ctrl: ctrl,
    Escape: 'Esc'
  };
  return partsOf(chord)
    .map(part => names[part] ?? part)
    .join('+');
}

/** The first key of a command, as people read it; empty if it has none. */
export function keyOf(command: KeyCommand, ctrl: string): string {
  const wanted = JSON.stringify(command);
  for (const { keys } of KEY_TABLE) {
    const found = keys.find(([, known]) => JSON.stringify(known) === wanted);
    if (found) {
      return keyText(found[0], ctrl);
    }
  }
  return '';
}

/** The parts of a chord; "+" itself is a key too. */
function partsOf(chord: string): string[] {
  return chord === '+' ? ['+'] : chord.split('+');
}

function nudge(x: number, y: number, step: number): KeyCommand {
  return { name: 'nudge', dx: x * step, dy: y * step };
}

function resize(x: number, y: number): KeyCommand {
  return { name: 'resize', dx: x * NUDGE, dy: y * NUDGE };
}

function pan(x: number, y: number): KeyCommand {
  return { name: 'pan', dx: x * PAN, dy: y * PAN };
}
