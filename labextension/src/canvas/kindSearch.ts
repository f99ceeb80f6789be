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

/** Kinds below one heading; without a heading they are in the order in which they match. */
export interface IKindShelf {
  title: string;
  found: IFoundKind[];
}

/** What to choose from, and what of it the user likes or used last. */
export interface IKindChoice {
  kinds: ReadonlyMap<string, IKind>;
  favourites: readonly string[];
  recent: readonly string[];
  wanted: Wanted;
}

const NO = 1000;
/** In a shorter word one wrong letter makes another word. */
const LEAST_MISSPELT = 4;

/** What fits: without words favourites, then what was used last, then all by family. */
export function shelvesOf(choice: IKindChoice, words: string): IKindShelf[] {
  const { kinds, favourites, recent, wanted } = choice;
  const found = findKinds(kinds, words, wanted);
  if (words.trim() !== '') {
    return [{ title: '', found }];
  }
  const named = (names: readonly string[]): IFoundKind[] =>
    names.flatMap(name => found.find(item => item.name === name) ?? []);
  const families = new Map<string, IFoundKind[]>();
  for (const item of found) {
    const { shelf } = item.kind;
    families.set(shelf, [...(families.get(shelf) ?? []), item]);
  }
  return [
    { title: 'Favourites', found: named(favourites) },
    { title: 'Recent', found: named(recent.filter(name => !favourites.includes(name))) },
    ...[...families].map(([title, members]) => ({ title, found: members }))
  ].filter(shelf => shelf.found.length > 0);
}

/** The kinds that fit and match every word, best first; in the order of the catalog without words. */
export function findKinds(
  kinds: ReadonlyMap<string, IKind>,
  words: string,
  wanted: Wanted
): IFoundKind[] {
  const fitting = [...kinds].filter(([, kind]) => kindFits(kind, wanted));
  const typed = wordsOf(words);
  for (const isStrict of [true, false]) {
    const found = fitting
      .map(([name, kind], order) => ({ name, kind, order, score: score(kind, typed, isStrict) }))
      .filter(item => item.score < NO)
      .sort((a, b) => a.score - b.score || a.order - b.order);
    if (found.length > 0) {
      return found.map(({ name, kind }) => ({ name, kind }));
    }
  }
  return [];
}

/** Whether a kind has the ports that are wanted. */
export function kindFits({ inputs, outputs }: IKind, wanted: Wanted): boolean {
  if (wanted.what === 'any') {
    return true;
  }
  const has = (side: PortSide): boolean =>
    (side === 'input' ? inputs : outputs).some(port => port.type === wanted.type);
  return wanted.what === 'port' ? has(wanted.side) : has('input') && has('output');
}

/** How badly a kind matches; the palette beside the canvas counts alike. */
function score(
  { title, aliases, help, meaning, family }: IKind,
  words: string[],
  isStrict: boolean
): number {
  const whole = words.join(' ');
  if (whole === wordsOf(title).join(' ')) {
    return -2;
  }
  if (words.length > 0 && aliases.some(alias => whole === wordsOf(alias).join(' '))) {
    return -1;
  }
  const names = [title, ...aliases].map(name => name.toLowerCase());
  const text = `${help} ${meaning} ${family}`.toLowerCase();
  return words.reduce((sum, word) => sum + wordScore(word, names, text, isStrict), 0);
}

function wordScore(word: string, names: string[], text: string, isStrict: boolean): number {
  if (names.includes(word)) {
    return 0;
  }
  if (names.some(name => name.startsWith(word))) {
    return 1;
  }
  if (names.some(name => name.split(/\s+/).some(part => part.startsWith(word)))) {
    return 2;
  }
  if (names.some(name => name.includes(word))) {
    return 3;
  }
  if (text.includes(word)) {
    return 5;
  }
  const at = isStrict
    ? -1
    : names.findIndex(name => wordsOf(name).some(part => isMisspelt(word, part)));
  return at < 0 ? NO : at === 0 ? 6 : 7;
}

/** Whether one letter is wrong, missing, too many, or two were swapped; the end may be missing. */
function isMisspelt(typed: string, meant: string): boolean {
  if (typed.length < LEAST_MISSPELT || !meant.startsWith(typed.charAt(0))) {
    return false;
  }
  let at = 0;
  while (at < typed.length && typed[at] === meant[at]) {
    at += 1;
  }
  const [rest, other] = [typed.slice(at), meant.slice(at)];
  if (rest === '' || other === '') {
    return rest.length === 1; // one is the beginning of the other
  }
  return (
    other.slice(1).startsWith(rest.slice(1)) ||
    other.slice(1).startsWith(rest) ||
    other.startsWith(rest.slice(1)) ||
    (rest.slice(0, 2) === `${other.charAt(1)}${other.charAt(0)}` &&
      other.slice(2).startsWith(rest.slice(2)))
  );
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\w<>=]+/g) ?? [];
}
