import { expect, test } from 'vitest';

import type { IKeyPress } from '../../src/canvas/keys';
import { commandFor, NUDGE } from '../../src/canvas/keys';

function press(key: string, modifiers: Partial<IKeyPress> = {}): IKeyPress {
  return { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...modifiers };
}

test.each([
  [press('Delete'), 'delete'],
  [press('Backspace'), 'delete'],
  [press('z', { ctrlKey: true }), 'undo'],
  [press('z', { metaKey: true }), 'undo'],
  [press('Z', { ctrlKey: true, shiftKey: true }), 'redo'],
  [press('y', { ctrlKey: true }), 'redo'],
  [press('a', { ctrlKey: true }), 'select_all'],
  [press('d', { metaKey: true }), 'duplicate'],
  [press('Escape'), 'escape'],
  [press('Tab'), 'next_node'],
  [press('Tab', { shiftKey: true }), 'previous_node'],
  [press('+'), 'zoom_in'],
  [press('-'), 'zoom_out'],
  [press('f'), 'fit'],
  [press('/'), 'add'],
  [press('e'), 'toggle_enabled'],
  [press('c'), 'comment'],
  [press('F2'), 'edit_text'],
  [press('ContextMenu'), 'menu'],
  [press('F10', { shiftKey: true }), 'menu'],
  [press('g', { ctrlKey: true }), 'frame'],
  [press('Delete', { ctrlKey: true }), 'delete_and_reconnect']
])('%j is %s', (pressed, name) => {
  expect(commandFor(pressed)?.name).toBe(name);
});

test('arrows move, with Shift finely', () => {
  expect(commandFor(press('ArrowLeft'))).toEqual({ name: 'nudge', dx: -NUDGE, dy: 0 });
  expect(commandFor(press('ArrowDown', { shiftKey: true }))).toEqual({
    name: 'nudge',
    dx: 0,
    dy: 1
  });
});

test.each([press('x'), press('d'), press('z'), press('a'), press('z', { altKey: true })])(
  '%j does nothing',
  pressed => {
    expect(commandFor(pressed)).toBeNull();
  }
);
