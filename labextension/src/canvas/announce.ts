// The live region: tells screen readers what an edit, an undo or a selection has changed.

import { make } from './dom';
import type { IScene } from './scene';
import type { ISelection } from './selection';
import { countedProblems } from './spoken';
import type { ICanvasState } from './state';

/** What has changed from one state to the next, in words; empty if it is not worth a word. */
export function changeInWords(before: ICanvasState | null, after: ICanvasState): string {
  if (before === null) {
    return '';
  }
  const problems = countedProblems(after.diagnostics);
  const said = [
    before.document.raw === after.document.raw ? '' : editInWords(before, after),
    problems === countedProblems(before.diagnostics) ? '' : `${capital(problems)}.`
  ];
  return said.filter(part => part !== '').join(' ');
}

/** What is selected, in words. */
export function selectionInWords(scene: IScene, { nodes, edges, areas }: ISelection): string {
  const count = nodes.size + edges.size + areas.size;
  if (count === 0) {
    return 'Nothing selected.';
  }
  const [only] = nodes;
  const title = count === 1 && only !== undefined ? scene.boxes.get(only)?.title : undefined;
  return title === undefined ? `${count} selected.` : `${title} selected.`;
}

function editInWords(before: ICanvasState, after: ICanvasState): string {
  if (before.undoName !== null && after.redoName === before.undoName) {
    return `Undone: ${before.undoName}.`;
  }
  if (before.redoName !== null && after.undoName === before.redoName) {
    return `Done again: ${before.redoName}.`;
  }
  return after.undoName === null ? '' : `Done: ${after.undoName}.`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** The region itself. */
export class Announcer {
  readonly node = make('div', 'jp-StratCraft-live', { role: 'status', 'aria-live': 'polite' });

  /** Says something; twice the same is said twice. */
  say(text: string): void {
    if (text !== '') {
      this._isSecond = !this._isSecond;
      // a text that stays the same is not news to a screen reader
      this.node.textContent = this._isSecond ? `${text}\u00a0` : text;
    }
  }

  private _isSecond = false;
}
