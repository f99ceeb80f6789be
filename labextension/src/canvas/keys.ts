// The keyboard map of the canvas: which key means which command.

import type { Arrangement } from '../canvasEdits';

/** What a key press or a menu asks for. */
export type KeyCommand =
  | { name: 'delete' | 'undo' | 'redo' | 'select_all' | 'duplicate' | 'escape' }
  | { name: 'zoom_in' | 'zoom_out' | 'zoom_reset' | 'fit' }
  | { name: 'toggle_selection'; extend: boolean }
  | { name: 'next_node' | 'previous_node' }
  | { name: 'copy' | 'cut' | 'paste' | 'delete_and_reconnect' | 'toggle_enabled' }
  | { name: 'frame' | 'comment' | 'edit_text' | 'menu' | 'add' | 'insert' }
  | { name: 'arrange'; how: Exclude<Arrangement, 'layout'> }
  | { name: 'nudge'; dx: number; dy: number };

/** The part of a keyboard event that the map looks at. */
export interface IKeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** How far an arrow key moves the selection; with Shift, for fine work, one unit. */
export const NUDGE = 10;

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1]
};

/** The command of a key press; null if it has none here. */
export function commandFor(press: IKeyPress): KeyCommand | null {
  if (press.altKey) {
    return null;
  }
  return press.ctrlKey || press.metaKey ? withModifier(press) : plain(press);
}

function withModifier({ key, shiftKey }: IKeyPress): KeyCommand | null {
  switch (key.toLowerCase()) {
    case 'z':
      return { name: shiftKey ? 'redo' : 'undo' };
    case 'y':
      return { name: 'redo' };
    case 'a':
      return { name: 'select_all' };
    case 'd':
      return { name: 'duplicate' };
    case 'g':
      return { name: 'frame' };
    case 'delete':
    case 'backspace':
      return { name: 'delete_and_reconnect' };
    default:
      return null;
  }
}

function plain({ key, shiftKey }: IKeyPress): KeyCommand | null {
  const arrow = ARROWS[key];
  if (arrow) {
    const step = shiftKey ? 1 : NUDGE;
    return { name: 'nudge', dx: arrow[0] * step, dy: arrow[1] * step };
  }
  switch (key) {
    case 'Delete':
    case 'Backspace':
      return { name: 'delete' };
    case 'Escape':
      return { name: 'escape' };
    case 'Tab':
      return { name: shiftKey ? 'previous_node' : 'next_node' };
    case 'Enter':
      return { name: 'toggle_selection', extend: shiftKey };
    case '+':
    case '=':
      return { name: 'zoom_in' };
    case '-':
    case '_':
      return { name: 'zoom_out' };
    case '0':
      return { name: 'zoom_reset' };
    case '/':
      return { name: 'add' };
    case 'e':
    case 'E':
      return { name: 'toggle_enabled' };
    case 'c':
    case 'C':
      return { name: 'comment' };
    case 'F2':
      return { name: 'edit_text' };
    case 'ContextMenu':
      return { name: 'menu' };
    case 'F10':
      return shiftKey ? { name: 'menu' } : null;
    case 'f':
    case 'F':
      return { name: 'fit' };
    default:
      return null;
  }
}
