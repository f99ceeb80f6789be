// What the user selected on a canvas, until Python has heard of it: what it said before is old by then.

import type { ICanvasState } from './state';

type Ids = readonly string[];

/** Remembers the selection that was told to Python last. */
export class OwnSelection {
  /** A selection is told to Python; what it does then answers this request. */
  told(requestId: string, nodes: Ids, edges: Ids): void {
    this._last = { requestId, nodes, edges };
  }

  /** A state with the user's own selection, as long as Python's is older than it. */
  over(state: ICanvasState, answered: string): ICanvasState {
    if (this._last?.requestId === answered) {
      this._last = null;
    }
    return this._last === null
      ? state
      : { ...state, selectedNodes: this._last.nodes, selectedEdges: this._last.edges };
  }

  private _last: { requestId: string; nodes: Ids; edges: Ids } | null = null;
}
