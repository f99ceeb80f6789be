// A notebook opened anew may show a builder whose kernel is gone. Where ipywidgets then says that a
// model was not found, we say what to do.

import { make } from './canvas/dom';
import { asRecord, asText } from './reading';

/** Begins the words that stand for a builder where it cannot be shown; Python writes the same. */
export const RUN_TO_SHOW = 'Run this cell to show the strategy builder.';

const NOT_FOUND = 'Error displaying widget';

/** Whether the data of an output are those of a builder. */
export function isBuilderOutput(data: unknown): boolean {
  const plain = asRecord(data)['text/plain'];
  const text = Array.isArray(plain) ? plain.join('') : asText(plain);
  return text.startsWith(RUN_TO_SHOW);
}

/**
 * Watches a notebook's element for outputs that could not be shown.
 *
 * @param root the element
 * @param isBuilder whether an output's element belongs to a builder
 * @param run runs the cell of an output's element
 * @returns what ends the watch
 */
export function explainMissing(
  root: HTMLElement,
  isBuilder: (output: Element) => boolean,
  run: (output: Element) => void
): () => void {
  const observer = new MutationObserver(records => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) {
        const output = node.parentElement;
        if (node.nodeType === Node.TEXT_NODE && node.textContent?.startsWith(NOT_FOUND) && output) {
          if (isBuilder(output)) {
            explain(output, run);
          }
        }
      }
    }
  });
  observer.observe(root, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
  };
}

function explain(output: Element, run: (output: Element) => void): void {
  const button = make('button', 'jp-mod-styled jp-mod-accept', { type: 'button' }, 'Run this cell');
  button.addEventListener('click', () => {
    run(output);
  });
  output.replaceChildren(
    make('div', 'jp-StratCraft-Missing', {}, make('span', '', {}, RUN_TO_SHOW), button)
  );
}
