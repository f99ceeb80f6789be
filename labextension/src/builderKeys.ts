// Keys pressed on a builder's buttons and lists belong to the builder: "x" must not cut its cell.

const BUILDER = '.jp-StratCraft-Builder';
const CANVAS = '.jp-StratCraft-Canvas';
const MARK = 'data-lm-suppress-shortcuts';

/**
 * Keeps the notebook's one-key shortcuts from keys pressed inside a builder; those with Ctrl, Cmd
 * or Alt still work, except on the canvas, which has its own. Returns what ends it.
 */
export function keepBuilderKeys(page: Window): () => void {
  const mark = (event: KeyboardEvent): void => {
    const { target } = event;
    if (target instanceof Element && target.closest(BUILDER)) {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      // on the target itself: the notebook's shortcuts match it before its ancestors are asked
      target.toggleAttribute(MARK, isPlain || target.closest(CANVAS) !== null);
    }
  };
  // JupyterLab listens on the document, so that the window comes first
  page.addEventListener('keydown', mark, true);
  return () => {
    page.removeEventListener('keydown', mark, true);
  };
}
