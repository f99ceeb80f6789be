// Which output fits which input, and why another does not. Python decides; this says the same, sooner.

import type { PortSide, PortType } from './ports';
import type { IBox, IScene, ISceneEdge } from './scene';
import { findPort, portsOf } from './scene';
import { edgeId, splitEndpoint } from './state';

/** One end of an edge to be. */
export interface IEnd {
  node: string;
  port: string;
  side: PortSide;
}

/** The types in sentences. */
export const A_TYPE: Record<PortType, string> = {
  bars: 'whole bars',
  series: 'a series',
  signal: 'a signal',
  size: 'a size',
  order: "an entry's order"
};

/** The end as it is written in edges. */
export function endpointOf(end: IEnd): string {
  return `${end.node}.${end.port}`;
}

/** Whether two ends are one port. */
export function isSameEnd(one: IEnd, other: IEnd): boolean {
  return one.node === other.node && one.port === other.port && one.side === other.side;
}

/** The other side of an edge. */
export function otherSide(side: PortSide): PortSide {
  return side === 'input' ? 'output' : 'input';
}

/** The edges that begin or end at a port. */
export function edgesOn(scene: IScene, end: IEnd): ISceneEdge[] {
  const endpoint = endpointOf(end);
  return [...scene.edges.values()].filter(
    edge => (end.side === 'output' ? edge.source : edge.target) === endpoint
  );
}

/** Why an edge between two ports, begun at either, cannot be; null if it can. */
export function whyNotJoin(scene: IScene, one: IEnd, other: IEnd): string | null {
  const [source, target] = one.side === 'output' ? [one, other] : [other, one];
  return whyNotConnect(scene, endpointOf(source), endpointOf(target));
}

/** Why an edge from `source` to `target` cannot be; null if it can. */
export function whyNotConnect(scene: IScene, source: string, target: string): string | null {
  const [sourceNode, sourcePort] = splitEndpoint(source);
  const [targetNode, targetPort] = splitEndpoint(target);
  const giver = scene.boxes.get(sourceNode);
  const taker = scene.boxes.get(targetNode);
  if (!giver || !taker) {
    return 'That node is gone.';
  }
  const output = findPort(giver, 'output', sourcePort);
  if (!output) {
    return noSuchPort(giver, 'output', sourcePort);
  }
  const input = findPort(taker, 'input', targetPort);
  if (!input) {
    return noSuchPort(taker, 'input', targetPort);
  }
  if (output.type !== input.type) {
    const given = A_TYPE[output.type];
    const verb = output.type === 'bars' ? 'do' : 'does';
    return (
      `${given.charAt(0).toUpperCase()}${given.slice(1)} ${verb} not fit here: ` +
      `${input.title} of ${taker.title} takes ${A_TYPE[input.type]}.`
    );
  }
  if (scene.edges.has(edgeId({ source, target }))) {
    return 'These two are connected already.';
  }
  return reachableFrom(scene, targetNode, 'downstream').has(sourceNode)
    ? 'That would make a loop.'
    : null;
}

/** The edge that a new one to this input takes the place of, in words; null if it takes none's. */
export function edgeReplaced(scene: IScene, input: IEnd): string | null {
  const taker = scene.boxes.get(input.node);
  const port = taker && findPort(taker, 'input', input.port);
  const endpoint = endpointOf(input);
  const edge = [...scene.edges.values()].find(({ target }) => target === endpoint);
  if (!edge || port?.multiple !== false) {
    return null;
  }
  const giver = scene.boxes.get(edge.sourceNode);
  const output = giver && findPort(giver, 'output', edge.sourcePort);
  const isOne = (giver?.outputs.length ?? 0) < 2;
  const given = (isOne ? undefined : output?.title) ?? giver?.title ?? edge.sourceNode;
  return `${given} → ${taker?.title ?? input.node}`;
}

/** All ends that an edge begun at this one could go to. */
export function fittingEnds(scene: IScene, from: IEnd): IEnd[] {
  const side = otherSide(from.side);
  const box = scene.boxes.get(from.node);
  const type = box && findPort(box, from.side, from.port)?.type;
  // one walk for all boxes, not one for each: a thousand boxes light up at once
  const barred = reachableFrom(
    scene,
    from.node,
    from.side === 'output' ? 'upstream' : 'downstream'
  );
  const ends: IEnd[] = [];
  for (const other of scene.boxes.values()) {
    if (barred.has(other.id)) {
      continue;
    }
    for (const port of portsOf(other, side)) {
      const end = { node: other.id, port: port.name, side };
      if (port.type === type && !isJoined(scene, from, end)) {
        ends.push(end);
      }
    }
  }
  return ends;
}

function isJoined(scene: IScene, one: IEnd, other: IEnd): boolean {
  const [source, target] = one.side === 'output' ? [one, other] : [other, one];
  return scene.edges.has(edgeId({ source: endpointOf(source), target: endpointOf(target) }));
}

function noSuchPort(box: IBox, side: PortSide, name: string): string {
  if (findPort(box, otherSide(side), name)) {
    return side === 'output'
      ? 'Edges begin at an output; this is an input.'
      : 'Edges end at an input; this is an output.';
  }
  return `${box.title} has no ${side} named '${name}'.`;
}

/** A node with all that its edges lead to, or with all whose edges lead to it. */
export function reachableFrom(
  scene: IScene,
  start: string,
  way: 'downstream' | 'upstream'
): Set<string> {
  const next = new Map<string, string[]>();
  for (const { sourceNode, targetNode } of scene.edges.values()) {
    const [from, to] = way === 'downstream' ? [sourceNode, targetNode] : [targetNode, sourceNode];
    next.set(from, [...(next.get(from) ?? []), to]);
  }
  return reachable(start, next);
}

function reachable(start: string, next: ReadonlyMap<string, string[]>): Set<string> {
  const seen = new Set([start]);
  const pending = [start];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    for (const following of next.get(id) ?? []) {
      if (!seen.has(following)) {
        seen.add(following);
        pending.push(following);
      }
    }
  }
  return seen;
}
