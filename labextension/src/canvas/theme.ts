// The theme's colours as values, for what is painted and cannot take a CSS variable.

import { make } from './dom';
import type { PortType } from './ports';
import { PORT_TYPES } from './ports';

/** The colours that edges are painted with. */
export interface IEdgeColors {
  types: Record<PortType, string>;
  selected: string;
  error: string;
  warning: string;
}

/** How long after its name a theme's style sheet may come into force, on a busy page too. */
const SETTLING = [100, 400, 1000, 2500] as const;

/** Reads the colours that hold inside an element, and tells when they change. */
export class Theme {
  constructor(
    host: HTMLElement,
    private readonly _onChange: (colors: IEdgeColors) => void
  ) {
    this._probe = make('span', 'jp-StratCraft-probe', { 'aria-hidden': 'true' });
    // a theme's style sheet may come after its name: a colour that changes is a transition that ends
    this._watched = make('span', 'jp-StratCraft-watched', { 'aria-hidden': 'true' });
    this._watched.addEventListener('transitionend', () => {
      this._follow();
    });
    host.append(this._probe, this._watched);
    // JupyterLab names its theme on the body once the new style sheet is there
    this._observer = new MutationObserver(() => {
      this._follow();
    });
    this._observer.observe(document.body, {
      attributeFilter: ['data-jp-theme-name', 'data-jp-theme-light', 'class', 'style']
    });
    // the system's contrast changes colours too, and the page gets no word in its attributes
    for (const query of ['(forced-colors: active)', '(prefers-contrast: more)']) {
      const tell = (): void => {
        this._follow();
      };
      window.matchMedia(query).addEventListener('change', tell, { signal: this._abort.signal });
    }
  }

  /** The colours as they are now. */
  colors(): IEdgeColors {
    const types = Object.fromEntries(
      PORT_TYPES.map(type => [type, this._resolve(`--jp-StratCraft-${type}`)])
    ) as Record<PortType, string>; // one entry for each of PORT_TYPES
    return {
      types,
      selected: this._resolve('--jp-StratCraft-selected'),
      error: this._resolve('--jp-StratCraft-error'),
      warning: this._resolve('--jp-StratCraft-warning')
    };
  }

  /** Stops watching. */
  dispose(): void {
    this._forget();
    this._observer.disconnect();
    this._abort.abort();
    this._probe.remove();
    this._watched.remove();
  }

  /** Tells the colours at once, and again until they can be trusted to stay. */
  private _follow(): void {
    this._forget();
    this._onChange(this.colors());
    this._timers = SETTLING.map(delay =>
      window.setTimeout(() => {
        this._onChange(this.colors());
      }, delay)
    );
  }

  private _forget(): void {
    this._timers.forEach(timer => {
      window.clearTimeout(timer);
    });
  }

  private _resolve(variable: string): string {
    this._probe.style.color = `var(${variable})`;
    // an element outside the page has no colours yet
    return getComputedStyle(this._probe).color || 'gray';
  }

  private _timers: number[] = [];
  private readonly _abort = new AbortController();
  private readonly _probe: HTMLElement;
  private readonly _watched: HTMLElement;
  private readonly _observer: MutationObserver;
}
