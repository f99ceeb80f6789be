// The picture as plain data: boxes with ports and typed edges, composed from the state; and what changed.

import type { IPosition } from '../messages';
import type { ICurve } from './curve';
import { curveBetween } from './curve';
import type { IRect } from './geometry';
import { placeUnplaced } from './placement';
import type { IPort, PortSide, PortType } from './ports';
import type { ICanvasState, IDiagnostic, IEdge, IKind, INode, Severity } from './state';
import { edgeId, splitEndpoint } from './state';

export const BOX_WIDTH = 200;
export const HEADER_HEIGHT = 44;
export const ROW_HEIGHT = 20;
export const FOOT_HEIGHT = 6;

/** Room that a port's shape takes on an edge's way, and the gap before the arrow's tip. */
const PORT_RADIUS = 6;

/** A port as it is shown. */
export interface IBoxPort extends IPort {
  side: PortSide;
  connected: boolean;
  problem: boolean;
}

/** A node as it is shown. */
export interface IBox extends IRect {
  id: string;
  kind: string;
  family: string;
  title: string;
  detail: string;
  help: string;
  note: string | null;
  inputs: IBoxPort[];
  outputs: IBoxPort[];
  problems: IDiagnostic[];
  severity: Severity | null;
}

/** An edge as it is shown. */
export interface ISceneEdge extends IEdge {
  id: string;
  sourceNode: string;
  sourcePort: string;
  targetNode: string;
  targetPort: string;
  type: PortType;
  problems: IDiagnostic[];
  severity: Severity | null;
}

/** All that is drawn. */
export interface IScene {
  boxes: ReadonlyMap<string, IBox>;
  edges: ReadonlyMap<string, ISceneEdge>;
}

/** What is different between two scenes. */
export interface ISceneChange {
  added: IBox[];
  removed: string[];
  changed: IBox[];
  moved: IBox[];
  edgesAdded: ISceneEdge[];
  edgesRemoved: string[];
  edgesChanged: ISceneEdge[];
}

export const EMPTY_SCENE: IScene = { boxes: new Map(), edges: new Map() };

/** The scene that shows a state. */
export function composeScene(state: ICanvasState): IScene {
  const ends = new Set(
    state.document.edges.flatMap(edge => [`>${edge.source}`, `<${edge.target}`])
  );
  const problems = groupProblems(state.diagnostics);
  const drafts = state.document.nodes.map(node => boxOf(node, state, ends, problems));
  const corners = new Map([...state.document.layout].map(([id, anchor]) => [id, cornerAt(anchor)]));
  const places = placeUnplaced(drafts, state.document.edges, corners);
  const boxes = new Map(drafts.map(box => [box.id, { ...box, ...places.get(box.id) }]));
  const edges = new Map(
    state.document.edges.map(edge => {
      const shown = sceneEdge(edge, boxes, problems.get(edgeId(edge)) ?? []);
      return [shown.id, shown];
    })
  );
  return { boxes, edges };
}

/** What has to be done to turn one scene into the other. */
export function diffScenes(before: IScene, after: IScene): ISceneChange {
  const change: ISceneChange = {
    added: [],
    removed: [...before.boxes.keys()].filter(id => !after.boxes.has(id)),
    changed: [],
    moved: [],
    edgesAdded: [],
    edgesRemoved: [...before.edges.keys()].filter(id => !after.edges.has(id)),
    edgesChanged: []
  };
  for (const box of after.boxes.values()) {
    const old = before.boxes.get(box.id);
    if (!old) {
      change.added.push(box);
      continue;
    }
    if (old.x !== box.x || old.y !== box.y) {
      change.moved.push(box);
    }
    if (contentKey(old) !== contentKey(box)) {
      change.changed.push(box);
    }
  }
  for (const edge of after.edges.values()) {
    const old = before.edges.get(edge.id);
    if (!old) {
      change.edgesAdded.push(edge);
    } else if (JSON.stringify(old) !== JSON.stringify(edge)) {
      change.edgesChanged.push(edge);
    }
  }
  return change;
}

/** Whether there is anything to do. */
export function isNoChange(change: ISceneChange): boolean {
  return Object.values(change).every((items: unknown[]) => items.length === 0);
}

/**
 * Upper left corner of a box with this anchor, which is what the document places: the middle of a box
 * with one row of ports. So boxes placed in line have their first ports in line, however many more follow.
 */
export function cornerAt(anchor: IPosition): IPosition {
  return { x: anchor.x - BOX_WIDTH / 2, y: anchor.y - boxHeight(1) / 2 };
}

/** Anchor of a box with this upper left corner. */
export function anchorOf(corner: IPosition): IPosition {
  return { x: corner.x + BOX_WIDTH / 2, y: corner.y + boxHeight(1) / 2 };
}

/** Ports on one side of a box. */
export function portsOf(box: IBox, side: PortSide): IBoxPort[] {
  return side === 'input' ? box.inputs : box.outputs;
}

/** The port of that name on one side, if the box has it. */
export function findPort(box: IBox, side: PortSide, name: string): IBoxPort | undefined {
  return portsOf(box, side).find(port => port.name === name);
}

/** Centre of a port, relative to the box's corner. */
export function portOffset(box: IBox, side: PortSide, name: string): IPosition {
  const row = Math.max(
    0,
    portsOf(box, side).findIndex(port => port.name === name)
  );
  return {
    x: side === 'input' ? 0 : box.width,
    y: HEADER_HEIGHT + ROW_HEIGHT * (row + 0.5)
  };
}

/** Centre of a port in the document. */
export function portPlace(box: IBox, side: PortSide, name: string): IPosition {
  const offset = portOffset(box, side, name);
  return { x: box.x + offset.x, y: box.y + offset.y };
}

/** Where an edge leaves or enters a port, relative to the box's corner. */
export function edgeOffset(box: IBox, side: PortSide, name: string): IPosition {
  const { x, y } = portOffset(box, side, name);
  // the hair's breadth keeps the two ends of an edge apart when one port lies on the other
  return side === 'input' ? { x: x - PORT_RADIUS, y: y + 0.01 } : { x: x + PORT_RADIUS, y };
}

/** The course of an edge between two boxes as they stand. */
export function edgeCurve(edge: ISceneEdge, source: IBox, target: IBox): ICurve {
  const from = edgeOffset(source, 'output', edge.sourcePort);
  const to = edgeOffset(target, 'input', edge.targetPort);
  return curveBetween(
    { x: source.x + from.x, y: source.y + from.y },
    { x: target.x + to.x, y: target.y + to.y }
  );
}

/** Height of a box with so many rows of ports. */
export function boxHeight(rows: number): number {
  return HEADER_HEIGHT + ROW_HEIGHT * rows + (rows > 0 ? FOOT_HEIGHT : 0);
}

/** The gravest severity among findings. */
export function gravest(problems: readonly IDiagnostic[]): Severity | null {
  const order: Severity[] = ['error', 'warning', 'info'];
  return order.find(severity => problems.some(item => item.severity === severity)) ?? null;
}

function boxOf(
  node: INode,
  state: ICanvasState,
  ends: ReadonlySet<string>,
  problems: ReadonlyMap<string, IDiagnostic[]>
): IBox {
  const kind = state.kinds.get(node.kind) ?? strangeKind(node, state.document.edges);
  const caption = state.captions.get(node.id);
  const own = problems.get(node.id) ?? [];
  const ports = (items: IPort[], side: PortSide): IBoxPort[] =>
    items.map(port => ({
      ...port,
      side,
      connected: ends.has(`${side === 'input' ? '<' : '>'}${node.id}.${port.name}`),
      problem: own.some(item => item.port === port.name && item.severity === 'error')
    }));
  return {
    id: node.id,
    kind: node.kind,
    family: kind.family,
    title: caption?.title ?? node.label ?? kind.title,
    detail: caption?.detail ?? '',
    help: kind.semantics || kind.help,
    note: node.note,
    inputs: ports(kind.inputs, 'input'),
    outputs: ports(kind.outputs, 'output'),
    problems: own,
    severity: gravest(own),
    x: 0,
    y: 0,
    width: BOX_WIDTH,
    height: boxHeight(Math.max(kind.inputs.length, kind.outputs.length))
  };
}

/** A kind that the catalog does not have is still shown, with the ports its edges name. */
function strangeKind(node: INode, edges: readonly IEdge[]): IKind {
  const ports = (ends: string[]): IPort[] =>
    [
      ...new Set(ends.map(splitEndpoint).flatMap(([id, port]) => (id === node.id ? [port] : [])))
    ].map(name => ({
      name,
      type: 'series',
      title: name,
      required: false,
      multiple: true,
      help: ''
    }));
  return {
    title: node.kind,
    family: 'unknown',
    help: '',
    semantics: 'This kind is not in the catalog.',
    inputs: ports(edges.map(edge => edge.target)),
    outputs: ports(edges.map(edge => edge.source))
  };
}

function sceneEdge(
  edge: IEdge,
  boxes: ReadonlyMap<string, IBox>,
  problems: IDiagnostic[]
): ISceneEdge {
  const [sourceNode, sourcePort] = splitEndpoint(edge.source);
  const [targetNode, targetPort] = splitEndpoint(edge.target);
  const source = boxes.get(sourceNode);
  const port = source && findPort(source, 'output', sourcePort);
  return {
    ...edge,
    id: edgeId(edge),
    sourceNode,
    sourcePort,
    targetNode,
    targetPort,
    type: port?.type ?? 'series',
    problems,
    severity: gravest(problems)
  };
}

/** Findings by the edge, or else the node, they are about. */
function groupProblems(diagnostics: readonly IDiagnostic[]): Map<string, IDiagnostic[]> {
  const groups = new Map<string, IDiagnostic[]>();
  for (const item of diagnostics) {
    const place = item.edge ?? item.nodeId;
    if (place !== null) {
      groups.set(place, [...(groups.get(place) ?? []), item]);
    }
  }
  return groups;
}

function contentKey(box: IBox): string {
  return JSON.stringify({ ...box, x: 0, y: 0 });
}
