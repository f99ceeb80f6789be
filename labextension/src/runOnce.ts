// Notebooks that run a cell when they open, because the user has just asked for them.

const PREFIX = 'stratcraft-jupyter:run:';
const MOMENT = 120_000; // milliseconds
const NEW = ' new';

/**
 * Which notebooks run their builder's cell once when they open. Another page may open them, so it
 * is kept in the browser: nothing in a notebook can ask for it.
 */
export class RunOnce {
  constructor(
    private readonly _storage: Storage,
    private readonly _now: () => number = Date.now
  ) {}

  /** Asks for a run; a notebook that was just made is also saved after it. */
  ask(path: string, isNew = false): void {
    this._storage.setItem(PREFIX + path, `${String(this._now())}${isNew ? NEW : ''}`);
  }

  /** What was asked for a moment ago; asking again gives null. */
  take(path: string): { isNew: boolean } | null {
    const asked = this._storage.getItem(PREFIX + path);
    this._storage.removeItem(PREFIX + path);
    if (asked === null || !(this._now() - parseInt(asked) < MOMENT)) {
      return null;
    }
    return { isNew: asked.endsWith(NEW) };
  }
}
