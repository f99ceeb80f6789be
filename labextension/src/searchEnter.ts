// Enter in a search: the text goes with it, because ipywidgets sends the last letters later.

const SEARCH = '.jp-StratCraft-search';
const ENTERS = 'jp-StratCraft-enters-';

/** What was entered, and the id of the widget's model that is to be told. */
export interface IEntered {
  field: HTMLInputElement;
  modelId: string;
  text: string;
}

/** What a key press enters in a search of ours; null if it is none that enters anything. */
export function enteredBy(event: Event): IEntered | null {
  const { target } = event;
  if (!(event instanceof KeyboardEvent) || !(target instanceof HTMLInputElement)) {
    return null;
  }
  const isModified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
  // while an input method is open, Enter takes what it offers; a cell that was run again has a
  // bridge for each run, of which one acts
  const isTaken = event.isComposing || event.defaultPrevented;
  if (event.key !== 'Enter' || isTaken || isModified) {
    return null;
  }
  const classes = [...(target.closest(SEARCH)?.classList ?? [])];
  const mark = classes.find(name => name.startsWith(ENTERS));
  return mark ? { field: target, modelId: mark.slice(ENTERS.length), text: target.value } : null;
}
