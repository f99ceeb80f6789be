import { YNotebook } from '@jupyter/ydoc';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import type { StreamRequest } from '../src/messages';
import type { IStreamAnswer } from '../src/stream';
import { CellStreams } from '../src/stream';
import type { SharedCell } from '../src/undo';

const DRAFT = { stratcraft: { builder_id: 'b1', is_draft: true } };
const DONE = { stratcraft: { builder_id: 'b1', is_draft: false } };
const MARKER = 'raise RuntimeError("draft")\n';

type Body<T extends StreamRequest['type']> = Omit<
  Extract<StreamRequest, { type: T }>,
  'type' | 'request_id' | 'client_id'
>;

/** A notebook with two cells, as JupyterLab's models have them. */
function newNotebook(isOneHistory = false): YNotebook {
  const notebook = YNotebook.create({ disableDocumentWideUndoRedo: !isOneHistory });
  notebook.insertCells(0, [
    { cell_type: 'code', id: 'builder', source: 'sc.build()', metadata: {} },
    { cell_type: 'code', id: 'notes', source: 'notes', metadata: {} }
  ]);
  notebook.clearUndoHistory();
  return notebook;
}

let notebook: YNotebook;
let streams: CellStreams;
let cellId: string;

beforeEach(() => {
  // yjs says so of cells that are read before they are in a notebook; JupyterLab itself does that
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  notebook = newNotebook();
  streams = new CellStreams();
});

function ask<T extends StreamRequest['type']>(type: T, body: Body<T>): IStreamAnswer {
  const request = { type, request_id: 'r-1', client_id: 'c-1', ...body };
  return streams.answer(notebook, request as unknown as StreamRequest);
}

function begin(text = ''): void {
  const source = MARKER + text;
  cellId = ask('begin_stream', { after_cell_id: 'builder', source, metadata: DRAFT }).cell_id;
}

function append(piece: number, text: string, is_anew = false): IStreamAnswer {
  return ask('append_stream', { cell_id: cellId, piece, text, is_anew });
}

function finish(streamed: string, source: string): IStreamAnswer {
  return ask('finish_stream', { cell_id: cellId, streamed, source, metadata: DONE });
}

function abandon(streamed: string): IStreamAnswer {
  return ask('abandon_stream', { cell_id: cellId, streamed, metadata: DRAFT });
}

function cell(id = cellId): SharedCell {
  const found = notebook.cells.find(item => item.getId() === id);
  expect(found, id).toBeDefined();
  return found as unknown as SharedCell;
}

/** What the editor of a cell does when the user types. */
function type(into: SharedCell, at: number, text: string): void {
  into.updateSource(at, at, text);
}

function sources(): string[] {
  return notebook.cells.map(item => item.getSource());
}

test('a new cell is filled at its end, piece by piece', () => {
  begin('a');
  expect(append(0, 'b\n')).toEqual({ cell_id: cellId, state: 'written', reason: '' });
  append(1, 'c\n');
  expect(sources()).toEqual(['sc.build()', `${MARKER}ab\nc\n`, 'notes']);
  expect(cell().getMetadata()).toEqual(DRAFT);
});

test('a piece that is sent twice is written once', () => {
  begin();
  append(0, 'a');
  expect(append(0, 'a').state).toBe('written');
  append(1, 'b');
  expect(cell().getSource()).toBe(`${MARKER}ab`);
});

test('a missing piece is no reason to write the next one', () => {
  begin();
  expect(() => append(1, 'b')).toThrow('Some of the text was lost');
  expect(cell().getSource()).toBe(MARKER);
});

test('a builder whose cell is gone gets no other place', () => {
  notebook.deleteCell(0);
  expect(() => {
    begin();
  }).toThrow('The cell of this builder was deleted');
});

describe.each([
  ['a history for each cell', false],
  ['one history for the whole notebook', true]
])('with %s', (_name, isOneHistory) => {
  beforeEach(() => {
    notebook = newNotebook(isOneHistory);
    begin();
    for (let piece = 0; piece < 30; piece++) {
      append(piece, `x${piece} = ${piece}\n`);
    }
  });

  test('one Undo of the notebook removes the whole cell and one Redo restores it', () => {
    finish('', 'final');
    notebook.undo();
    expect(sources()).toEqual(['sc.build()', 'notes']);
    notebook.redo();
    expect(sources()).toEqual(['sc.build()', 'final', 'notes']);
    expect(cell().getMetadata()).toEqual(DONE);
  });

  test('Undo while text arrives removes the cell, and Redo lets it go on', () => {
    const before = cell().getSource();
    notebook.undo();
    expect(append(30, 'more')).toMatchObject({ state: 'gone', reason: 'The cell was deleted.' });
    notebook.redo();
    expect(append(30, 'more').state).toBe('written');
    expect(cell().getSource()).toBe(`${before}more`);
  });

  test('what the user did elsewhere before is another step', () => {
    notebook = newNotebook(isOneHistory);
    type(cell('notes'), 0, 'my ');
    begin();
    append(0, 'text');
    finish('', 'final');
    notebook.undo();
    expect(sources()).toEqual(['sc.build()', 'my notes']);
  });
});

describe('in the cell itself', () => {
  function history(): { undo(): boolean; redo(): boolean } {
    return cell();
  }

  test.each([
    ['finished', () => finish('', 'final'), 'final'],
    ['abandoned', () => abandon(`${MARKER}one two three`), `${MARKER}one two three`]
  ])('one Undo empties what was %s, one Redo fills it', (_name, end, text) => {
    begin('one');
    append(0, ' two');
    append(1, ' three');
    expect(end().state).toBe('written');
    expect(cell().getSource()).toBe(text);
    history().undo();
    expect(cell().getSource()).toBe('');
    history().redo();
    expect(cell().getSource()).toBe(text);
  });

  test('what the user typed and took back before stays apart', () => {
    begin('one');
    type(cell(), 0, '?');
    history().undo();
    append(0, ' two');
    expect(finish('', 'final').state).toBe('written');
    type(cell(), 5, '!');
    history().undo();
    expect(cell().getSource()).toBe('final');
    history().undo();
    expect(cell().getSource()).toBe('');
  });

  test('Undo while text arrives takes back what the user typed and nothing else', () => {
    begin('one');
    type(cell(), 0, 'mine ');
    append(0, ' two');
    history().undo();
    expect(cell().getSource()).toBe(`${MARKER}one two`);
    history().undo();
    expect(cell().getSource()).toBe(`${MARKER}one two`);
  });

  test('a stream whose kernel is gone becomes one step as well', () => {
    begin('one');
    append(0, ' two');
    streams.end(notebook, 'b1');
    expect(cell().getSource()).toBe(`${MARKER}one two`);
    expect(cell().getMetadata()).toEqual(DRAFT);
    history().undo();
    expect(cell().getSource()).toBe('');
    history().redo();
    expect(cell().getSource()).toBe(`${MARKER}one two`);
    expect(append(1, ' three').state).toBe('gone');
  });
});

test('only the streams of that builder and notebook end', () => {
  begin('one');
  streams.end(notebook, 'b2');
  streams.end(newNotebook(), 'b1');
  expect(append(0, ' two').state).toBe('written');
});

describe('while text arrives, the user', () => {
  beforeEach(() => {
    begin('one');
    append(0, ' two');
  });

  test('types elsewhere: both texts stay apart', () => {
    type(cell('notes'), 5, ' of mine');
    append(1, ' three');
    expect(sources()).toEqual(['sc.build()', `${MARKER}one two three`, 'notes of mine']);
  });

  test('types in the cell: that stays, and finished code goes below it', () => {
    const end = cell().getSource().length;
    type(cell(), end, ' MINE ');
    expect(append(1, 'three').state).toBe('edited');
    const answer = finish('', 'final');
    expect(answer.state).toBe('edited');
    expect(answer.cell_id).not.toBe(cellId);
    expect(sources()).toEqual(['sc.build()', `${MARKER}one two MINE three`, 'final', 'notes']);
    expect(cell().getMetadata()).toEqual(DRAFT);
    expect(cell(answer.cell_id).getMetadata()).toEqual(DONE);
    notebook.undo();
    expect(sources()).toEqual(['sc.build()', `${MARKER}one two MINE three`, 'notes']);
  });

  test('types in a cell that is then abandoned: it is left alone', () => {
    type(cell(), 0, 'MINE ');
    expect(abandon(`${MARKER}one two`).state).toBe('edited');
    expect(cell().getSource()).toBe(`MINE ${MARKER}one two`);
    expect(notebook.cells).toHaveLength(3);
  });

  test('empties the cell: it is not filled again', () => {
    cell().setSource('');
    expect(finish(`${MARKER}one two`, 'final').state).toBe('edited');
    expect(sources()).toEqual(['sc.build()', '', 'final', 'notes']);
  });

  test('moves the cell: it is filled where it is', () => {
    notebook.moveCell(1, 2);
    expect(append(1, ' three').state).toBe('written');
    expect(sources()).toEqual(['sc.build()', 'notes', `${MARKER}one two three`]);
    expect(finish('', 'final')).toMatchObject({ cell_id: cellId, state: 'written' });
    expect(sources()).toEqual(['sc.build()', 'notes', 'final']);
  });

  test('moves the builder: the cell stays where it is', () => {
    notebook.moveCell(0, 2);
    append(1, ' three');
    expect(sources()).toEqual([`${MARKER}one two three`, 'notes', 'sc.build()']);
  });

  test('deletes the cell: nothing is written anywhere', () => {
    notebook.deleteCell(1);
    for (const answer of [append(1, ' three'), finish('', 'final'), abandon('')]) {
      expect(answer).toEqual({ cell_id: cellId, state: 'gone', reason: 'The cell was deleted.' });
    }
    expect(sources()).toEqual(['sc.build()', 'notes']);
  });

  test.each(['markdown', 'raw'] as const)('makes it a %s cell: it is left alone', kind => {
    const source = cell().getSource();
    notebook.transact(() => {
      notebook.deleteCell(1);
      notebook.insertCell(1, { id: cellId, cell_type: kind, source, metadata: DRAFT });
    });
    const reason = `The cell was made a ${kind} cell.`;
    expect(append(1, ' three')).toEqual({ cell_id: cellId, state: 'gone', reason });
    expect(finish('', 'final').state).toBe('gone');
    expect(cell().getSource()).toBe(`${MARKER}one two`);
  });

  test('cuts and pastes the cell: it goes on', () => {
    const cut = cell().toJSON();
    notebook.deleteCell(1);
    expect(append(1, ' three').state).toBe('gone');
    notebook.insertCell(2, cut);
    expect(append(1, ' three').state).toBe('written');
    expect(sources()).toEqual(['sc.build()', 'notes', `${MARKER}one two three`]);
  });

  test('copies the cell: the copy is left alone', () => {
    const source = cell().getSource();
    notebook.insertCell(0, { cell_type: 'code', source, metadata: DRAFT });
    append(1, ' three');
    expect(sources()).toEqual([
      `${MARKER}one two`,
      'sc.build()',
      `${MARKER}one two three`,
      'notes'
    ]);
  });

  test('tags the cell: the tags stay', () => {
    cell().setMetadata('tags', ['mine']);
    finish('', 'final');
    expect(cell().getMetadata()).toEqual({ ...DONE, tags: ['mine'] });
  });

  test('saves, closes and opens the notebook: it gets the end of the text', () => {
    const saved = notebook.toJSON();
    append(1, ' three');
    notebook.dispose();
    notebook = YNotebook.create({ disableDocumentWideUndoRedo: true, data: saved });
    expect(append(2, ' four')).toMatchObject({ state: 'gone' });
    expect(cell().getSource()).toBe(`${MARKER}one two`);
    expect(finish(`${MARKER}one two three four`, 'final').state).toBe('written');
    expect(sources()).toEqual(['sc.build()', 'final', 'notes']);
  });

  test.each([`MINE ${MARKER}one two`, ''])(
    'opens the notebook again and makes the text %j: that stays',
    mine => {
      const saved = notebook.toJSON();
      notebook = YNotebook.create({ disableDocumentWideUndoRedo: true, data: saved });
      cell().setSource(mine);
      expect(finish(`${MARKER}one two three`, 'final').state).toBe('edited');
      expect(sources()).toEqual(['sc.build()', mine, 'final', 'notes']);
    }
  );
});

describe('a text that begins anew', () => {
  test('takes the place of the one before', () => {
    begin('wrong');
    append(0, ' too');
    expect(append(1, `${MARKER}right`, true).state).toBe('written');
    append(2, ' so');
    expect(cell().getSource()).toBe(`${MARKER}right so`);
    expect(finish('', 'final').state).toBe('written');
    expect(sources()).toEqual(['sc.build()', 'final', 'notes']);
  });

  test('stands below what the user typed', () => {
    begin('wrong\n');
    type(cell(), 0, '# MINE\n');
    expect(append(0, `${MARKER}right`, true).state).toBe('edited');
    expect(cell().getSource()).toBe(`# MINE\n${MARKER}wrong\n${MARKER}right`);
  });
});
