// Texts of ours in a notebook's own metadata. What is there may come from anywhere.

import type { JSONObject } from '@lumino/coreutils';

import { METADATA_KEY } from './cells';
import { asRecord } from './reading';

/** What these functions need to know of a notebook. */
export interface INotebookLike {
  getMetadata(key: string): unknown;
  setMetadata(key: string, value: JSONObject): void;
}

/** One of our texts, or null if there is none. */
export function notebookText(notebook: INotebookLike, key: string): string | null {
  const ours = asRecord(notebook.getMetadata(METADATA_KEY));
  const value = Object.hasOwn(ours, key) ? ours[key] : null;
  return typeof value === 'string' ? value : null;
}

/** Puts one of our texts beside the others. */
export function setNotebookText(notebook: INotebookLike, key: string, value: string): void {
  const ours = asRecord(notebook.getMetadata(METADATA_KEY));
  notebook.setMetadata(METADATA_KEY, { ...ours, [key]: value } as JSONObject);
}
