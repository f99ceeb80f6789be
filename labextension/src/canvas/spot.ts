// Where the keyboard is on the canvas, and where it goes from there. Nothing here touches the page.

import type { IArea } from './areas';
import type { IEnd } from './fit';
import { otherSide } from './fit';
import type { Direction } from './keys';
import type { IBoxPort, IScene, ISceneEdge } from './scene';
import { findPort, portsOf } from './scene';
import { readingOrder } from './selection';

/** What has the focus. */
export type Spot =
  | { kind: 'node'; id: string }
  | { kind: 'area'; id: string }
  | { kind: 'port'; end: IEnd }
  /** An edge, come to from one of its nodes: up and down go through the edges of that one. */
  | { kind: 'edge'; id: string; from: 'source' | 'target' };

/** Nodes in the order that the eye takes, then frames and comments. */
export function stepOrder(scene: IScene, areas: ReadonlyMap<string, IArea>): Spot[] {
  const nodes = readingOrder(scene).map(id => ({ kind: 'node', id }) as const);
  const rest = [...areas.values()]
    .sort((a, b) => a.y - b.y || a.x - b.x)
    .map(({ id }) => ({ kind: 'area', id }) as const);
  return [...nodes, ...rest];
}

/** The spot one step further in that order; null for the surface itself, undefined for outside. */
export function stepFrom(
  order: readonly Spot[],
  spot: Spot | null,
  step: 1 | -1
): Spot | null | undefined {
  const home = spot && homeOf(spot);
  const at = order.findIndex(item => home !== null && isSameSpot(item, home));
  const next = at + step;
  if (home === null && step < 0) {
    return undefined;
  }
  return next < 0 ? null : order[next];
}

/** Where an arrow leads; null if there is nothing that way. */
export function walk(scene: IScene, spot: Spot, way: Direction): Spot | null {
  switch (spot.kind) {
    case 'node':
      return fromNode(scene, spot.id, way);
    case 'edge':
      return fromEdge(scene, spot, way);
    case 'port':
      return fromPort(scene, spot.end, way);
    case 'area':
      return null;
  }
}

/** The first port of a node to connect from. */
export function firstPort(scene: IScene, node: string): Spot | null {
  const box = scene.boxes.get(node);
  const port = box?.outputs[0] ?? box?.inputs[0];
  return port ? { kind: 'port', end: { node, port: port.name, side: port.side } } : null;
}

/** The edges that begin or end at a node, in the order of its ports. */
export function edgesAt(scene: IScene, node: string, at: 'source' | 'target'): ISceneEdge[] {
  const box = scene.boxes.get(node);
  const place = (ports: readonly IBoxPort[] | undefined, name: string): number =>
    ports?.findIndex(port => port.name === name) ?? 0;
  const other = (edge: ISceneEdge): number =>
    scene.boxes.get(at === 'source' ? edge.targetNode : edge.sourceNode)?.y ?? 0;
  return [...scene.edges.values()]
    .filter(edge => (at === 'source' ? edge.sourceNode : edge.targetNode) === node)
    .sort((a, b) =>
      at === 'source'
        ? place(box?.outputs, a.sourcePort) - place(box?.outputs, b.sourcePort) ||
          other(a) - other(b)
        : place(box?.inputs, a.targetPort) - place(box?.inputs, b.targetPort) || other(a) - other(b)
    );
}

/** The node or area that a spot belongs to. */
export function homeOf(spot: Spot): Spot | null {
  if (spot.kind === 'port') {
    return { kind: 'node', id: spot.end.node };
  }
  return spot.kind === 'edge' ? null : spot;
}

/** Whether a spot is still there. */
export function isThere(scene: IScene, areas: ReadonlyMap<string, IArea>, spot: Spot): boolean {
  switch (spot.kind) {
    case 'node':
      return scene.boxes.has(spot.id);
    case 'area':
      return areas.has(spot.id);
    case 'edge':
      return scene.edges.has(spot.id);
    case 'port': {
      const box = scene.boxes.get(spot.end.node);
      return box !== undefined && findPort(box, spot.end.side, spot.end.port) !== undefined;
    }
  }
}

function isSameSpot(one: Spot, other: Spot): boolean {
  return one.kind === other.kind && 'id' in one && 'id' in other && one.id === other.id;
}

function fromNode(scene: IScene, id: string, way: Direction): Spot | null {
  if (way === 'right' || way === 'left') {
    const from = way === 'right' ? 'source' : 'target';
    const [edge] = edgesAt(scene, id, from);
    return edge ? { kind: 'edge', id: edge.id, from } : null;
  }
  const order = readingOrder(scene);
  const next = order[order.indexOf(id) + (way === 'down' ? 1 : -1)];
  return next === undefined ? null : { kind: 'node', id: next };
}

function fromEdge(
  scene: IScene,
  { id, from }: Extract<Spot, { kind: 'edge' }>,
  way: Direction
): Spot | null {
  const edge = scene.edges.get(id);
  if (!edge) {
    return null;
  }
  if (way === 'right' || way === 'left') {
    return { kind: 'node', id: way === 'right' ? edge.targetNode : edge.sourceNode };
  }
  const siblings = edgesAt(scene, from === 'source' ? edge.sourceNode : edge.targetNode, from);
  const at = siblings.findIndex(item => item.id === id);
  const next = siblings[at + (way === 'down' ? 1 : -1)];
  return next ? { kind: 'edge', id: next.id, from } : null;
}

function fromPort(scene: IScene, end: IEnd, way: Direction): Spot | null {
  const box = scene.boxes.get(end.node);
  if (!box) {
    return null;
  }
  const own = portsOf(box, end.side);
  const at = own.findIndex(port => port.name === end.port);
  if (way === 'up' || way === 'down') {
    return portSpot(end.node, own[at + (way === 'down' ? 1 : -1)]);
  }
  const isAcross = (way === 'left') === (end.side === 'output');
  const across = portsOf(box, otherSide(end.side));
  return isAcross ? portSpot(end.node, across[Math.min(at, across.length - 1)]) : null;
}

function portSpot(node: string, port: IBoxPort | undefined): Spot | null {
  return port ? { kind: 'port', end: { node, port: port.name, side: port.side } } : null;
}
