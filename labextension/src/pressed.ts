// Which entry of a list was pressed: the one the user saw there, though Python may show others by now.

import { markOf } from './marks';

const CHOOSES = 'jp-StratCraft-chooses-';
const FILL = 'jp-StratCraft-fill-';

/** A press on an entry, and the id of the list's model. */
export interface IPressed {
  modelId: string;
  /** The number of the entries as they were shown. */
  fill: number;
  /** The entry's place among them, from 0. */
  index: number;
  /** 2 for the second press of a double-click; 0 for a key. */
  clicks: number;
}

/** What a click presses in a list of ours; null if it is no entry of one. */
export function pressedBy(event: Event): IPressed | null {
  const { target } = event;
  // a cell that was run again has a bridge for each run, of which one acts
  if (event.type !== 'click' || event.defaultPrevented || !(target instanceof Element)) {
    return null;
  }
  const button = target.closest('button');
  const list = button?.closest(`[class*='${CHOOSES}']`);
  if (!button || !list) {
    return null;
  }
  const modelId = markOf(list, CHOOSES);
  const fill = Number(markOf(list, FILL) ?? NaN);
  return modelId === null || Number.isNaN(fill)
    ? null
    : {
        modelId,
        fill,
        index: [...list.querySelectorAll('button')].indexOf(button),
        clicks: (event as MouseEvent).detail
      };
}
