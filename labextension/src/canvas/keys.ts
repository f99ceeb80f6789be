// From a key press to a command: looks it up in the one table of keys.

import type { Arrangement } from '../canvasEdits';
import type { IEnd } from './fit';
import type { Scope } from './keyTable';
import { KEY_TABLE } from './keyTable';

/** Where the focus goes. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/** What a key press or a menu asks for. */
export type KeyCommand =
  | { name: 'delete' | 'undo' | 'redo' | 'select_all' | 'duplicate' | 'escape' }
  | { name: 'zoom_in' | 'zoom_out' | 'zoom_reset' | 'fit' | 'fit_selection' }
  | { name: 'lay_out' | 'toggle_snapping' | 'toggle_map' | 'picture_menu' }
  | { name: 'save_picture'; format: 'svg' | 'png'; look: 'theme' | 'light' }
  | { name: 'toggle_selection'; extend: boolean }
  | { name: 'next_node' | 'previous_node' | 'ports' | 'shortcuts' }
  | { name: 'connect'; from?: IEnd }
  | { name: 'disconnect'; from: IEnd }
  | { name: 'walk'; way: Direction }
  | { name: 'reconnect'; end: 'source' | 'target' }
  | { name: 'next_fit' | 'previous_fit' | 'finish_connection' | 'offer_fits' }
  | { name: 'copy' | 'cut' | 'paste' | 'delete_and_reconnect' | 'toggle_enabled' }
  | { name: 'frame' | 'comment' | 'edit_text' | 'menu' | 'add' | 'insert' | 'put_into_edge' }
  | { name: 'arrange'; how: Exclude<Arrangement, 'layout'> }
  | { name: 'resize'; dx: number; dy: number }
  | { name: 'pan'; dx: number; dy: number }
  | { name: 'nudge'; dx: number; dy: number };

/** The part of a keyboard event that the map looks at. */
export interface IKeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** The command of a key press where the focus is; null if it has none there. */
export function commandFor(press: IKeyPress, scopes: readonly Scope[]): KeyCommand | null {
  const chord = chordOf(press);
  for (const scope of scopes) {
    const command = commands().get(scope)?.get(chord);
    if (command) {
      return command;
    }
  }
  return null;
}

/** A key press as the table writes it. */
export function chordOf({ key, ctrlKey, metaKey, shiftKey, altKey }: IKeyPress): string {
  const name = key.length === 1 ? key.toUpperCase() : key;
  const isLetter = name.toLowerCase() !== name && key.length === 1;
  // a sign such as "?" needs Shift on one keyboard and not on another
  const isShiftPart = shiftKey && (key.length > 1 || isLetter);
  const parts = [ctrlKey || metaKey ? 'Ctrl' : '', altKey ? 'Alt' : '', isShiftPart ? 'Shift' : ''];
  return [...parts.filter(part => part !== ''), name].join('+');
}

function commands(): Map<Scope, Map<string, KeyCommand>> {
  if (known.size === 0) {
    for (const { scope, keys } of KEY_TABLE) {
      const there = known.get(scope) ?? new Map<string, KeyCommand>();
      known.set(scope, there);
      for (const [chord, command] of keys) {
        if (command !== null) {
          there.set(chord, command);
        }
      }
    }
  }
  return known;
}

const known = new Map<Scope, Map<string, KeyCommand>>();
