// Keys pressed on a builder's buttons and lists belong to the builder: "x" must not cut its cell.

const BUILDER = '.jp-StratCraft-Builder';
const MARK = 'data-lm-suppress-shortcuts';

/**
 * Keeps the notebook's one-key shortcuts from keys pressed inside a builder; those with Ctrl, Cmd
 * or Alt still work. Returns what ends it.
 */
export function keepBuilderKeys(page: Window): () => void {
  const mark = (event: KeyboardEvent): void => {
    if (event.target instanceof Element) {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      event.target.closest(BUILDER)?.toggleAttribute(MARK, isPlain);
    }
  };
  // JupyterLab listens on the document, so that the window comes first
  page.addEventListener('keydown', mark, true);
  return () => {
    page.removeEventListener('keydown', mark, true);
  };
}
