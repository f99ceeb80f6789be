// What becomes of a builder whose kernel is gone: it stays in sight, cannot be used, and says what to do.

import { make } from './canvas/dom';

const PANEL = 'jp-StratCraft-Lost';
const LOST = 'jp-mod-lost';

/** What the panel of a lost builder can do. */
export interface ILostHelp {
  /** Runs the cell again; null where there is none. */
  readonly run: (() => void) | null;
  /** The strategy as it was last shown; null if it is not at hand. */
  readonly document: () => unknown;
}

/** Makes a builder inert, below a panel that says why and how to go on. Once is enough. */
export function markLost(builder: HTMLElement, reason: string, help: ILostHelp): void {
  if (builder.classList.contains(LOST)) {
    return;
  }
  builder.classList.add(LOST);
  for (const part of builder.children) {
    part.toggleAttribute('inert', true);
  }
  const panel = make('div', PANEL, { role: 'alert' });
  panel.append(
    make('p', `${PANEL}-text`, {}, `${reason} Run this cell again to go on.`),
    ...buttons(panel, help)
  );
  builder.prepend(panel);
}

function buttons(panel: HTMLElement, { run, document }: ILostHelp): HTMLElement[] {
  const made: HTMLElement[] = [];
  if (run) {
    made.push(button('Run this cell', 'jp-mod-accept', run));
  }
  const strategy = document();
  if (strategy !== null) {
    const copy = button('Copy strategy as JSON', 'jp-mod-reject', () => {
      void copyText(JSON.stringify(strategy, null, 2), panel);
    });
    made.push(copy);
  }
  return made;
}

function button(text: string, look: string, press: () => void): HTMLButtonElement {
  const element = make('button', `jp-mod-styled ${look}`, { type: 'button' }, text);
  element.addEventListener('click', press);
  return element;
}

/** Copies a text; where the browser does not let us, shows it so that the user can. */
async function copyText(text: string, panel: HTMLElement): Promise<void> {
  panel.querySelector(`.${PANEL}-copied`)?.remove();
  const answer = make('div', `${PANEL}-copied`, { role: 'status' });
  panel.append(answer);
  try {
    await navigator.clipboard.writeText(text);
    answer.textContent = 'Copied. Paste it into a file whose name ends in .strategy.json.';
  } catch {
    const field = make('textarea', `${PANEL}-json`, { readonly: '', 'aria-label': 'Strategy' });
    field.value = text;
    answer.append('The browser does not allow copying here. Copy this text yourself.', field);
    field.select();
  }
}
