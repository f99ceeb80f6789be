// What the canvas shows, read from the traits of its Python half. Nothing here knows Jupyter or the DOM.

import type { IPosition } from '../messages';
import type { JSONRecord } from '../reading';
import { asList, asRecord, asText, asTextOrNull, asTexts, isFiniteNumber } from '../reading';
import type { IArea } from './areas';
import { readAreas } from './areas';
import type { IPort } from './ports';
import { isPortType } from './ports';

/** A node of the strategy document, as far as a picture needs it. */
export interface INode {
  id: string;
  kind: string;
  label: string | null;
  note: string | null;
  enabled: boolean;
}

/** An edge: two endpoints `"node.port"`. */
export interface IEdge {
  source: string;
  target: string;
}

/** The strategy document, as far as a picture needs it. */
export interface IStrategyDocument {
  name: string;
  nodes: INode[];
  edges: IEdge[];
  layout: Map<string, IPosition>;
  areas: Map<string, IArea>;
  /** The document as it came, to copy parts of. */
  raw: JSONRecord;
}

/** A kind of the catalog, as far as a picture needs it. */
export interface IKind {
  title: string;
  family: string;
  /** The family's name, as people read it. */
  shelf: string;
  help: string;
  /** One sentence, then the ports, a line each. */
  meaning: string;
  inputs: IPort[];
  outputs: IPort[];
  aliases: string[];
}

/** The two lines of text in a box. */
export interface ICaption {
  title: string;
  detail: string;
}

/** How serious a finding is. */
export type Severity = 'error' | 'warning' | 'info';

/** One finding about the strategy. */
export interface IDiagnostic {
  code: string;
  severity: Severity;
  message: string;
  hint: string;
  nodeId: string | null;
  port: string | null;
  edge: string | null;
}

/** Everything that the canvas shows. */
export interface ICanvasState {
  document: IStrategyDocument;
  kinds: ReadonlyMap<string, IKind>;
  captions: ReadonlyMap<string, ICaption>;
  diagnostics: readonly IDiagnostic[];
  selectedNodes: readonly string[];
  selectedEdges: readonly string[];
  undoName: string | null;
  redoName: string | null;
  /** Kinds that the user keeps on top. */
  favouriteKinds: readonly string[];
  /** Kinds that were added last, the latest first. */
  recentKinds: readonly string[];
  readOnly: boolean;
}

/** The names of the traits that hold the state, in Python's spelling. */
export const STATE_TRAITS = [
  'document',
  'kinds',
  'captions',
  'diagnostics',
  'selected_nodes',
  'selected_edges',
  'undo_name',
  'redo_name',
  'favourite_kinds',
  'recent_kinds',
  'read_only'
] as const;

/** A trait that holds a part of the state. */
export type StateTrait = (typeof STATE_TRAITS)[number];

/** What a kind means, in one sentence. */
export function sentenceOf({ meaning, help }: IKind): string {
  const [sentence = ''] = meaning.split('\n', 1);
  return sentence === '' ? help : sentence;
}

/** The id of an edge, as Python writes it. */
export function edgeId(edge: IEdge): string {
  return `${edge.source}->${edge.target}`;
}

/** The two parts of an endpoint `"node.port"`. */
export function splitEndpoint(endpoint: string): [node: string, port: string] {
  const dot = endpoint.indexOf('.');
  return dot < 0 ? [endpoint, ''] : [endpoint.slice(0, dot), endpoint.slice(dot + 1)];
}

/** The state, from the values of the traits. */
export function readState(trait: (name: StateTrait) => unknown): ICanvasState {
  return {
    document: readDocument(trait('document')),
    kinds: readKinds(trait('kinds')),
    captions: readCaptions(trait('captions')),
    diagnostics: asList(trait('diagnostics')).map(readDiagnostic),
    selectedNodes: asTexts(trait('selected_nodes')),
    selectedEdges: asTexts(trait('selected_edges')),
    undoName: asTextOrNull(trait('undo_name')),
    redoName: asTextOrNull(trait('redo_name')),
    favouriteKinds: asTexts(trait('favourite_kinds')),
    recentKinds: asTexts(trait('recent_kinds')),
    readOnly: trait('read_only') === true
  };
}

/** A strategy document; what is no node, edge or position is left out. */
export function readDocument(value: unknown): IStrategyDocument {
  const record = asRecord(value);
  const nodes = asList(record.nodes)
    .map(asRecord)
    .filter(node => typeof node.id === 'string' && typeof node.kind === 'string')
    .map(node => ({
      id: asText(node.id),
      kind: asText(node.kind),
      label: asTextOrNull(node.label),
      note: asTextOrNull(node.note),
      enabled: node.enabled !== false
    }));
  const known = new Set(nodes.map(node => node.id));
  const edges = asList(record.edges)
    .map(asRecord)
    .map(edge => ({ source: asText(edge.source), target: asText(edge.target) }))
    .filter(edge => known.has(splitEndpoint(edge.source)[0]))
    .filter(edge => known.has(splitEndpoint(edge.target)[0]));
  const layout = new Map<string, IPosition>();
  const drawn = asRecord(record.layout);
  for (const [id, value] of Object.entries(drawn)) {
    const { x, y } = asRecord(value);
    if (known.has(id) && isFiniteNumber(x) && isFiniteNumber(y)) {
      layout.set(id, { x, y });
    }
  }
  return {
    name: asText(record.name),
    nodes,
    edges,
    layout,
    areas: readAreas(drawn),
    raw: record
  };
}

/** The kinds of the catalog by name. */
export function readKinds(value: unknown): Map<string, IKind> {
  return new Map(
    Object.entries(asRecord(value)).map(([name, item]) => {
      const kind = asRecord(item);
      return [
        name,
        {
          title: asText(kind.title) || name,
          family: asText(kind.family) || (name.split('.')[0] ?? name),
          shelf: asText(kind.shelf),
          help: asText(kind.help),
          meaning: asText(kind.meaning),
          inputs: readPorts(kind.inputs),
          outputs: readPorts(kind.outputs),
          aliases: asTexts(kind.aliases)
        }
      ];
    })
  );
}

function readPorts(value: unknown): IPort[] {
  return asList(value).map(asRecord).flatMap(readPort);
}

function readPort(port: JSONRecord): IPort[] {
  if (!isPortType(port.type) || typeof port.name !== 'string') {
    return [];
  }
  return [
    {
      name: port.name,
      type: port.type,
      title: asText(port.title) || port.name,
      required: port.required === true,
      multiple: port.multiple === true,
      help: asText(port.help)
    }
  ];
}

function readCaptions(value: unknown): Map<string, ICaption> {
  return new Map(
    Object.entries(asRecord(value)).map(([id, item]) => {
      const caption = asRecord(item);
      return [id, { title: asText(caption.title), detail: asText(caption.detail) }];
    })
  );
}

function readDiagnostic(value: unknown): IDiagnostic {
  const item = asRecord(value);
  const severity =
    item.severity === 'warning' || item.severity === 'info' ? item.severity : 'error';
  return {
    code: asText(item.code),
    severity,
    message: asText(item.message),
    hint: asText(item.hint),
    nodeId: asTextOrNull(item.node_id),
    port: asTextOrNull(item.port),
    edge: asTextOrNull(item.edge)
  };
}
