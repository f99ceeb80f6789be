// What a field of ours is confirmed with: its text goes along, because ipywidgets sends letters later.

import { markOf } from './marks';

const BUILDER = '.jp-StratCraft-Builder';
const SEARCH = '.jp-StratCraft-search';
const ENTERS = 'jp-StratCraft-enters-';
const CONFIRMS = 'jp-StratCraft-confirms-';

/** What was entered, and the id of the widget's model that is to be told. */
export interface IEntered {
  field: HTMLInputElement;
  modelId: string;
  text: string;
  by: 'enter' | 'button';
  /** Whether what is typed before the answer is the next text, not more of this one. */
  beginsAnew: boolean;
}

/** What a key press or a click enters in a field of ours; null if it is none that enters anything. */
export function enteredBy(event: Event): IEntered | null {
  const { target } = event;
  // a cell that was run again has a bridge for each run, of which one acts
  if (event.defaultPrevented || !(target instanceof Element)) {
    return null;
  }
  if (event.type === 'click') {
    return clicked(target);
  }
  return event instanceof KeyboardEvent && isEnter(event) && target instanceof HTMLInputElement
    ? entered(target, markOf(target, ENTERS), 'enter')
    : null;
}

/** While an input method is open, Enter takes what it offers. */
function isEnter(event: KeyboardEvent): boolean {
  const isModified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
  return event.key === 'Enter' && !event.isComposing && !isModified;
}

function clicked(target: Element): IEntered | null {
  const id = markOf(target, CONFIRMS);
  const builder = target.closest(BUILDER);
  const field = id && builder?.querySelector<HTMLInputElement>(`.${ENTERS}${id} input`);
  return field ? entered(field, id, 'button') : null;
}

function entered(
  field: HTMLInputElement,
  modelId: string | null,
  by: IEntered['by']
): IEntered | null {
  if (modelId === null) {
    return null;
  }
  const beginsAnew = by === 'enter' && field.closest(SEARCH) !== null;
  return { field, modelId, text: field.value, by, beginsAnew };
}
