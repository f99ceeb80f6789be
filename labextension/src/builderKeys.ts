// Keys pressed on a builder's buttons and lists belong to the builder: "x" must not cut its cell.

const BUILDER = '.jp-StratCraft-Builder';
const CANVAS = '.jp-StratCraft-Canvas';
const MARK = 'data-lm-suppress-shortcuts';

/** The list of what fits into a place of the table, and the button that closes it. */
const LIST = '.jp-StratCraft-adder';
const CLOSES = '.jp-StratCraft-closes';

/**
 * Keeps the notebook's one-key shortcuts from keys pressed inside a builder; those with Ctrl, Cmd
 * or Alt still work, except on the canvas, which has its own. Returns what ends it.
 */
export function keepBuilderKeys(page: Window, save: () => void): () => void {
  const mark = (event: KeyboardEvent): void => {
    const { target } = event;
    if (!(target instanceof Element) || !target.closest(BUILDER)) {
      return;
    }
    const isOnCanvas = target.closest(CANVAS) !== null;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    // on the target itself: the notebook's shortcuts match it before its ancestors are asked
    target.toggleAttribute(MARK, isPlain || isOnCanvas);
    if (isSave(event) && !isOnCanvas) {
      // ipywidgets keep the keys pressed in their fields from JupyterLab
      event.preventDefault();
      event.stopPropagation();
      target.dispatchEvent(new Event('change', { bubbles: true })); // what was typed is told first
      save();
    } else if (event.key === 'Escape' && isPlain && !event.isComposing) {
      closeList(event, target);
    }
  };
  // JupyterLab listens on the document, so that the window comes first
  page.addEventListener('keydown', mark, true);
  return () => {
    page.removeEventListener('keydown', mark, true);
  };
}

function isSave({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 's' && ctrlKey !== metaKey && !altKey && !shiftKey;
}

/** Escape in a list that has a button to close it. */
function closeList(event: KeyboardEvent, target: Element): void {
  const button = target.closest(LIST)?.querySelector<HTMLElement>(CLOSES);
  if (button) {
    event.preventDefault();
    event.stopPropagation();
    button.click();
  }
}
