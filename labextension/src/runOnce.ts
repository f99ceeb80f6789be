// Notebooks that run a cell when they open, because the user has just asked for them.

const PREFIX = 'stratcraft-jupyter:run:';
const MOMENT = 120_000; // milliseconds

/**
 * Which notebooks run their builder's cell once when they open. Another page may open them, so it
 * is kept in the browser: nothing in a notebook can ask for it.
 */
export class RunOnce {
  constructor(
    private readonly _storage: Storage,
    private readonly _now: () => number = Date.now
  ) {}

  ask(path: string): void {
    this._storage.setItem(PREFIX + path, String(this._now()));
  }

  /** Whether it was asked for a moment ago; asking again says no. */
  take(path: string): boolean {
    const asked = Number(this._storage.getItem(PREFIX + path) ?? 'never');
    this._storage.removeItem(PREFIX + path);
    return this._now() - asked < MOMENT;
  }
}
