import { expect, test } from 'vitest';

import type { IKeyPress } from '../../src/canvas/keys';
import { chordOf, commandFor } from '../../src/canvas/keys';
import type { Scope } from '../../src/canvas/keyTable';
import { KEY_TABLE, keyOf, keyText, NUDGE, SCOPE_TITLES } from '../../src/canvas/keyTable';

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
  [press('a'), 'lay_out'],
  [press('F', { shiftKey: true }), 'fit_selection'],
  [press('g'), 'toggle_snapping'],
  [press('m'), 'toggle_map'],
  [press('d', { metaKey: true }), 'duplicate'],
  [press('Escape'), 'escape'],
  [press('Tab'), 'next_node'],
  [press('Tab', { shiftKey: true }), 'previous_node'],
  [press('+'), 'zoom_in'],
  [press('+', { shiftKey: true }), 'zoom_in'],
  [press('-'), 'zoom_out'],
  [press('f'), 'fit'],
  [press('/'), 'add'],
  [press('?', { shiftKey: true }), 'shortcuts'],
  [press('e'), 'toggle_enabled'],
  [press('c'), 'comment'],
  [press('ContextMenu'), 'menu'],
  [press('F10', { shiftKey: true }), 'menu'],
  [press('g', { ctrlKey: true }), 'frame'],
  [press('Delete', { ctrlKey: true }), 'delete_and_reconnect'],
  [press('ArrowLeft', { altKey: true }), 'walk']
])('%j is %s anywhere', (pressed, name) => {
  expect(commandFor(pressed, ['any'])?.name).toBe(name);
});

test('an arrow means what is nearest', () => {
  const arrow = press('ArrowLeft');
  const name = (...scopes: Scope[]): string | undefined => commandFor(arrow, scopes)?.name;
  expect(name('canvas', 'any')).toBe('pan');
  expect(name('selection', 'node', 'any')).toBe('nudge');
  expect(name('node', 'any')).toBe('walk');
  expect(name('port', 'any')).toBe('walk');
  expect(name('connecting')).toBe('previous_fit');
});

test('arrows move what is selected, with Shift finely', () => {
  expect(commandFor(press('ArrowLeft'), ['selection'])).toEqual({
    name: 'nudge',
    dx: -NUDGE,
    dy: 0
  });
  expect(commandFor(press('ArrowDown', { shiftKey: true }), ['selection'])).toEqual({
    name: 'nudge',
    dx: 0,
    dy: 1
  });
});

test.each([press('x'), press('d'), press('z'), press('b'), press('z', { altKey: true })])(
  '%j does nothing',
  pressed => {
    expect(commandFor(pressed, ['selection', 'node', 'any'])).toBeNull();
  }
);

test('while an edge is drawn the other keys rest', () => {
  expect(commandFor(press('Delete'), ['connecting'])).toBeNull();
  expect(commandFor(press('Tab'), ['connecting'])?.name).toBe('next_fit');
});

test('every key of the table is found by pressing it', () => {
  for (const { scope, keys } of KEY_TABLE) {
    for (const [chord, command] of keys) {
      if (command !== null) {
        expect(commandFor(pressOf(chord), [scope]), chord).toEqual(command);
      }
    }
  }
});

test('no key means two things in one place', () => {
  for (const scope of Object.keys(SCOPE_TITLES)) {
    const chords = KEY_TABLE.filter(row => row.scope === scope).flatMap(row =>
      row.keys.map(([chord]) => chord)
    );
    expect(new Set(chords).size).toBe(chords.length);
  }
});

test('keys read as on the keyboard', () => {
  expect(keyText('Ctrl+Shift+Z', '⌘')).toBe('⌘+Shift+Z');
  expect(keyText('+', 'Ctrl')).toBe('+');
  expect(keyText('Alt+ArrowLeft', 'Ctrl')).toBe('Alt+←');
  expect(keyOf({ name: 'duplicate' }, 'Ctrl')).toBe('Ctrl+D');
  expect(keyOf({ name: 'insert' }, 'Ctrl')).toBe('');
});

test('a sign is itself with and without Shift', () => {
  expect(chordOf(press('?', { shiftKey: true }))).toBe('?');
  expect(chordOf(press('R', { shiftKey: true }))).toBe('Shift+R');
});

function pressOf(chord: string): IKeyPress {
  const parts = chord.length === 1 ? [chord] : chord.split('+');
  return press(parts.at(-1) ?? '', {
    ctrlKey: parts.includes('Ctrl'),
    altKey: parts.includes('Alt'),
    shiftKey: parts.includes('Shift')
  });
}
