// From key events to commands. No key leaves the canvas: the notebook must not act on it too.

import type { KeyCommand } from './keys';
import { commandFor } from './keys';
import type { Scope } from './keyTable';

/** Listens to the keys pressed on the canvas. */
export class Keyboard {
  constructor(
    private readonly _root: HTMLElement,
    private readonly _surface: HTMLElement,
    /** Carries out a command; false if the browser should do what it does with the key. */
    private readonly _run: (command: KeyCommand) => boolean,
    /** Where the focus is. */
    private readonly _scopes: () => readonly Scope[],
    private readonly _save: () => void
  ) {
    const { signal } = this._abort;
    _root.addEventListener(
      'keydown',
      event => {
        this._press(event);
      },
      { signal }
    );
    _root.addEventListener(
      'keyup',
      event => {
        event.stopPropagation();
        if (event.key === ' ') {
          this._holdPanKey(false);
        }
      },
      { signal }
    );
    // a ring round the focused box helps who moves by keys, and is in the way of who clicks
    _root.addEventListener(
      'pointerdown',
      () => {
        _root.classList.remove('jp-mod-byKeys');
      },
      { signal, capture: true }
    );
    _root.addEventListener(
      'focusout',
      () => {
        this._holdPanKey(false);
      },
      { signal }
    );
  }

  /** Whether the key is down that makes every drag a pan. */
  get isPanKeyDown(): boolean {
    return this._isPanKeyDown;
  }

  /** Stops listening. */
  dispose(): void {
    this._abort.abort();
  }

  private _press(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.target instanceof Element && event.target.matches('input, textarea')) {
      return; // what is typed there is text
    }
    this._root.classList.add('jp-mod-byKeys');
    const hasModifier = event.ctrlKey || event.metaKey;
    const isOnSurface = this._isOnSurface(event.target);
    if (hasModifier && event.key.toLowerCase() === 's') {
      event.preventDefault();
      this._save();
      return;
    }
    if (isOnSurface && event.key === ' ' && !hasModifier) {
      event.preventDefault();
      this._holdPanKey(true);
      return;
    }
    const command = commandFor(event, this._scopes());
    // in the bar plain keys belong to its buttons
    const isOurs = isOnSurface || hasModifier || event.key === 'Escape';
    if (command && isOurs && this._run(command)) {
      event.preventDefault();
    }
  }

  /** Buttons that lie on the surface are none of its parts. */
  private _isOnSurface(target: EventTarget | null): boolean {
    return (
      target instanceof Element &&
      this._surface.contains(target) &&
      target.closest('button') === null
    );
  }

  private _holdPanKey(isDown: boolean): void {
    this._isPanKeyDown = isDown;
    this._surface.classList.toggle('jp-mod-panKey', isDown);
  }

  private readonly _abort = new AbortController();
  private _isPanKeyDown = false;
}
