// What the user has just asked for: when it comes, the keyboard goes there.

import type { IStage } from './stage';
import type { Tools } from './tools';

/** What is awaited. */
export type Awaited = 'node' | 'frame' | 'comment';

/** Awaits one new thing at a time. */
export class Arrivals {
  constructor(
    private readonly _stage: IStage,
    private readonly _tools: Tools
  ) {}

  /** Whether what is selected is a node that was just added, and not chosen by the user since. */
  get isFresh(): boolean {
    const { nodes } = this._stage.selection;
    return this._fresh !== null && nodes.size === 1 && nodes.has(this._fresh);
  }

  /** Awaits something; null nothing any more. */
  expect(what: Awaited | null): void {
    this._awaited = what;
  }

  /** The user has chosen what is selected. */
  chosen(): void {
    this._fresh = null;
  }

  /** These are new on the canvas. */
  tell(nodes: readonly string[], areas: readonly string[]): void {
    const { _awaited: awaited, _stage: stage } = this;
    const [id] = awaited === 'node' ? nodes : areas;
    if (id === undefined || awaited === null) {
      return;
    }
    this._awaited = null;
    if (!stage.picture.surface.contains(document.activeElement)) {
      return; // the user is elsewhere by now
    }
    if (awaited === 'node') {
      this._fresh = id;
      stage.cursor.arrive(id);
      return;
    }
    stage.select([], [], [id]);
    if (awaited === 'frame') {
      this._tools.write(id);
    } else {
      stage.picture.focus.goToArea(id);
    }
  }

  private _awaited: Awaited | null = null;
  private _fresh: string | null = null;
}
