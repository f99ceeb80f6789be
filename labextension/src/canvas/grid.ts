// The grid of dots, which what is dragged keeps to if the user wants it to.

import type { IPosition } from '../messages';
import type { IPlaces } from './moving';
import { shifted } from './moving';
import { anchorOf, cornerAt } from './scene';

/** Distance between the dots of the grid, in the document. */
export const GRID = 20;

/** The nearest place on the grid. */
export function onGrid({ x, y }: IPosition): IPosition {
  return { x: GRID * Math.round(x / GRID), y: GRID * Math.round(y / GRID) };
}

/** The place of a new box whose corner is on the grid. */
export function anchorOnGrid(anchor: IPosition): IPosition {
  return anchorOf(onGrid(cornerAt(anchor)));
}

/** Everything moved by so much, as one, and a little more so that the leading corner is on the grid. */
export function shiftedOnGrid(places: IPlaces, lead: IPosition, dx: number, dy: number): IPlaces {
  const there = onGrid({ x: lead.x + dx, y: lead.y + dy });
  return shifted(places, there.x - lead.x, there.y - lead.y);
}
