// Which kinds of nodes there are to choose from: found by words, and by the port they are to fit.

import type { PortSide, PortType } from './ports';
import type { IKind } from './state';

/** What a chosen kind has to have. */
export type Wanted =
  | { what: 'any' }
  /** A port of a type on one side. */
  | { what: 'port'; type: PortType; side: PortSide }
  /** Ports of a type on both sides. */
  | { what: 'both'; type: PortType };

/** A kind that was found. */
export interface IFoundKind {
  name: string;
  kind: IKind;
}

/** The kinds that fit and match, best first; in the order of the catalog without words. */
export function findKinds(
  kinds: ReadonlyMap<string, IKind>,
  words: string,
  wanted: Wanted
): IFoundKind[] {
  const query = words.trim().toLowerCase();
  return [...kinds]
    .filter(([, kind]) => fits(kind, wanted))
    .map(([name, kind], order) => ({ name, kind, order, rank: query ? rank(kind, query) : 0 }))
    .filter(found => found.rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || a.order - b.order)
    .map(({ name, kind }) => ({ name, kind }));
}

function fits({ inputs, outputs }: IKind, wanted: Wanted): boolean {
  if (wanted.what === 'any') {
    return true;
  }
  const has = (side: PortSide): boolean =>
    (side === 'input' ? inputs : outputs).some(port => port.type === wanted.type);
  return wanted.what === 'port' ? has(wanted.side) : has('input') && has('output');
}

/** How well a kind matches, from 0 for best; null if not at all. */
function rank({ title, aliases, help }: IKind, query: string): number | null {
  const names = [title, ...aliases].map(name => name.toLowerCase());
  if (names.includes(query)) {
    return 0;
  }
  if (names.some(name => name.startsWith(query))) {
    return 1;
  }
  if (names.some(name => name.includes(query))) {
    return 2;
  }
  const said = [...names, help.toLowerCase()].join(' ');
  return query.split(/\s+/).every(word => said.includes(word)) ? 3 : null;
}
