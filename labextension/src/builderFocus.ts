// A builder keeps the focus it was given: a press on its texts, or the end of what had it, would
// leave the next key to the notebook, where "x" cuts the cell.

const BUILDER = '.jp-StratCraft-Builder';
const SURFACE = '.jp-StratCraft-Surface';
const HIDDEN = '.jp-StratCraft-hidden';
const TYPED = 'input, textarea, select, [contenteditable]';

/** Keeps the focus in the builders of a page; Escape gives it back. Returns what ends it. */
export function keepBuilderFocus(page: Document): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const keeper = new Keeper(page);
  page.addEventListener('mousedown', takeFocus, { capture: true, signal });
  page.addEventListener(
    'focusin',
    ({ target }) => {
      keeper.follow(target);
    },
    { signal }
  );
  page.addEventListener('keydown', giveBack, { signal });
  return () => {
    listening.abort();
    keeper.follow(null);
  };
}

/** A press where nothing takes the focus gives it to the builder, no longer to the cell. */
function takeFocus({ target }: Event): void {
  const builder = builderOf(target);
  if (builder && !builder.hasAttribute('tabindex')) {
    builder.tabIndex = -1;
  }
}

/** Escape where it means nothing else. */
function giveBack(event: KeyboardEvent): void {
  const { target } = event;
  if (event.key === 'Escape' && !event.defaultPrevented && target instanceof HTMLElement) {
    const isTyped = target.matches(TYPED);
    if (!isTyped) {
      builderOf(target)?.closest<HTMLElement>('.jp-Cell')?.focus();
    }
  }
}

function builderOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(BUILDER) : null;
}

/** Sees when what has the focus is taken away or can no longer have it. */
class Keeper {
  constructor(private readonly _page: Document) {}

  follow(target: EventTarget | null): void {
    const builder = builderOf(target);
    this._last = builder && target instanceof HTMLElement ? target : null;
    if (builder !== this._builder) {
      this._builder = builder;
      this._observer.disconnect();
      if (builder) {
        const attributeFilter = ['class', 'disabled'];
        const all = { attributes: true, attributeFilter, childList: true, subtree: true };
        this._observer.observe(builder, all);
      }
    }
  }

  private readonly _look = (): void => {
    const { _builder: builder, _last: last } = this;
    // the page takes the focus from what can no longer have it a little later
    const isNowhere = [this._page.body, last].includes(this._page.activeElement as HTMLElement);
    if (builder?.isConnected && last && isNowhere && isGone(last)) {
      const surface = builder.querySelector<HTMLElement>(SURFACE);
      builder.tabIndex = -1;
      (surface && !isGone(surface) ? surface : builder).focus({ preventScroll: true });
    }
  };

  private readonly _observer = new MutationObserver(this._look);
  private _builder: HTMLElement | null = null;
  private _last: HTMLElement | null = null;
}

function isGone(element: HTMLElement): boolean {
  return !element.isConnected || element.matches(':disabled') || element.closest(HIDDEN) !== null;
}
