// Copied nodes as text, and the system's clipboard.

import { asList, asRecord } from '../reading';
import type { JSONRecord } from '../reading';
import type { ISelection } from './selection';
import { splitEndpoint } from './state';

/** More than this is no part of a strategy. */
const MAX_LENGTH = 5_000_000;

/** The text that stands for a part of a document; null if the part is empty. */
export function copiedText(document: JSONRecord, selection: ISelection): string | null {
  const { nodes, areas } = selection;
  if (nodes.size + areas.size === 0) {
    return null;
  }
  const isInside = (endpoint: unknown): boolean =>
    typeof endpoint === 'string' && nodes.has(splitEndpoint(endpoint)[0]);
  const layout: JSONRecord = {};
  for (const [key, value] of Object.entries(asRecord(document.layout))) {
    if (Array.isArray(value)) {
      layout[key] = value
        .map(asRecord)
        .filter(area => areas.has(String(area.id)))
        .map(area => withNodes(area, nodes));
    } else if (nodes.has(key)) {
      layout[key] = value;
    }
  }
  const part = {
    stratcraft: 'nodes',
    version: document.schema_version,
    nodes: asList(document.nodes).filter(node => nodes.has(String(asRecord(node).id))),
    edges: asList(document.edges)
      .map(asRecord)
      .filter(edge => isInside(edge.source) && isInside(edge.target)),
    layout
  };
  return JSON.stringify(part, null, 2);
}

/** Why a text cannot be pasted; null if Python shall look at it. Other texts never leave the page. */
export function whyNotPaste(text: string): string | null {
  if (!text.includes('"stratcraft"')) {
    return 'The clipboard holds no strategy nodes. Copy nodes on a canvas first.';
  }
  return text.length > MAX_LENGTH ? 'The clipboard holds too much to be pasted here.' : null;
}

/** Puts a text on the clipboard; fails where the page may not, such as without https. */
export async function writeClipboard(text: string): Promise<void> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard) {
    throw new Error('This page has no clipboard.');
  }
  await clipboard.writeText(text);
}

/** The text on the clipboard; null if the page may not read it. */
export async function readClipboard(): Promise<string | null> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  try {
    return (await clipboard?.readText()) ?? null;
  } catch {
    return null; // the user said no, or the browser never asks
  }
}

function withNodes(area: JSONRecord, nodes: ReadonlySet<string>): JSONRecord {
  if (!Array.isArray(area.nodes)) {
    return area;
  }
  return { ...area, nodes: area.nodes.filter(id => nodes.has(String(id))) };
}
