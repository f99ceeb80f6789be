// Positions sent to Python and not yet come back: a box stays where it was dropped, also while the kernel is busy.

import type { IPosition } from '../messages';

/** Remembers moves until the document confirms them. */
export class PendingMoves {
  /** Notes positions that were sent. */
  sent(places: ReadonlyMap<string, IPosition>): void {
    for (const [id, place] of places) {
      this._sent.set(id, [...(this._sent.get(id) ?? []), place]);
    }
  }

  /**
   * Where to show a node, now that the document says `documented` and said `before` until now.
   * A place that was never sent is Python's own, and wins.
   */
  resolve(id: string, documented: IPosition, before: IPosition | undefined): IPosition {
    const waiting = this._sent.get(id);
    if (!waiting) {
      return documented;
    }
    const arrived = waiting.findIndex(place => isSame(place, documented));
    const isOurs = arrived >= 0 || (before !== undefined && isSame(before, documented));
    const left = isOurs ? waiting.slice(arrived + 1) : [];
    const last = left.at(-1);
    if (last === undefined) {
      this._sent.delete(id);
      return documented;
    }
    this._sent.set(id, left);
    return last;
  }

  /** Forgets all: the document alone counts. */
  clear(): void {
    this._sent.clear();
  }

  private readonly _sent = new Map<string, IPosition[]>();
}

function isSame(one: IPosition, other: IPosition): boolean {
  return one.x === other.x && one.y === other.y;
}
