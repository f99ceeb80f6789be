// How the user likes to look at canvases: remembered in the browser, the same for all of them.

import { asRecord } from '../reading';

const KEY = 'stratcraft-jupyter:canvas';

/** What can be switched on and off. */
export interface IViewSettings {
  /** Whether what is dragged keeps to the grid. */
  isSnapping: boolean;
  /** Whether the small map is shown. */
  isMapOn: boolean;
}

/** The part of the browser's storage that is needed. */
export type Store = Pick<Storage, 'getItem' | 'setItem'>;

/** Reads and changes the settings. */
export class ViewSettings implements IViewSettings {
  constructor(private readonly _store: Store | null = browserStore()) {
    const kept = read(this._store?.getItem(KEY) ?? null);
    this._now = { isSnapping: kept.isSnapping === true, isMapOn: kept.isMapOn !== false };
  }

  get isSnapping(): boolean {
    return this._now.isSnapping;
  }

  get isMapOn(): boolean {
    return this._now.isMapOn;
  }

  /** Switches one on or off. */
  toggle(name: keyof IViewSettings): void {
    this._now = { ...this._now, [name]: !this._now[name] };
    try {
      this._store?.setItem(KEY, JSON.stringify(this._now));
    } catch (error) {
      // a full or closed storage: it holds until the page is left
      console.warn('The view settings of the canvas were not kept:', error);
    }
  }

  private _now: IViewSettings;
}

function read(text: string | null): Record<string, unknown> {
  try {
    return asRecord(JSON.parse(text ?? '{}'));
  } catch {
    return {}; // another program's text: the settings are as for a new user
  }
}

/** A browser may forbid its storage; asking for it throws then. */
function browserStore(): Store | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
