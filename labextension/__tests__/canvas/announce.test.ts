// @vitest-environment jsdom
import { expect, test } from 'vitest';

import { Announcer, changeInWords, selectionInWords } from '../../src/canvas/announce';
import { composeScene } from '../../src/canvas/compose';
import { NOTHING } from '../../src/canvas/selection';
import { exampleDocument, exampleState } from './example';

const problem = { code: 'SC1', severity: 'error', message: 'Wrong.', hint: '', node_id: null };

test('an edit, undo and redo are told by name', () => {
  const before = exampleState();
  const after = exampleState({ document: exampleDocument(), undo_name: 'add RSI' });
  expect(changeInWords(before, after)).toBe('Done: add RSI.');
  const undone = exampleState({ document: exampleDocument(), redo_name: 'add RSI' });
  expect(changeInWords(after, undone)).toBe('Undone: add RSI.');
  expect(changeInWords(undone, after)).toBe('Done again: add RSI.');
  expect(changeInWords(null, after)).toBe('');
});

test('a change of the findings is told, and nothing else', () => {
  const before = exampleState();
  const after = exampleState({ diagnostics: [problem, problem] });
  expect(changeInWords(before, after)).toBe('2 errors.');
  expect(changeInWords(after, before)).toBe('No problems.');
  expect(changeInWords(after, after)).toBe('');
});

test('a selection is told', () => {
  const scene = composeScene(exampleState());
  const [box, other] = scene.boxes.values();
  expect(selectionInWords(scene, NOTHING)).toBe('Nothing selected.');
  expect(selectionInWords(scene, { ...NOTHING, nodes: new Set([box?.id ?? '']) })).toBe(
    `${box?.title ?? ''} selected.`
  );
  const two = new Set([box?.id ?? '', other?.id ?? '']);
  expect(selectionInWords(scene, { ...NOTHING, nodes: two })).toBe('2 selected.');
});

test('what is said twice is another text the second time', () => {
  const announcer = new Announcer();
  announcer.say('Nothing selected.');
  const first = announcer.node.textContent;
  announcer.say('Nothing selected.');
  expect(announcer.node.textContent).not.toBe(first);
  expect(announcer.node.textContent.trim()).toBe(first.trim());
});
