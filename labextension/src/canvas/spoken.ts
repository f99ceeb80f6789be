// What screen readers are told about nodes, ports, edges and findings.

import type { IEnd } from './fit';
import { edgesOn } from './fit';
import type { IBox, IBoxPort, IScene, ISceneEdge } from './scene';
import { findPort } from './scene';
import type { Spot } from './spot';
import type { IDiagnostic } from './state';

const SEVERITY_WORDS = { error: 'error', warning: 'warning', info: 'note' } as const;

/** So many connections of a port are named. */
const MOST_SAID = 3;

/** A node with what is wrong with it. */
export function spokenBox(box: IBox): string {
  const off = box.enabled ? '' : 'disabled';
  return sentence(box.title, box.detail, off, ...spokenProblems(box.problems));
}

/** A port with its type, whether it is connected, and what is wrong with it. */
export function spokenPort(port: IBoxPort, problems: readonly IDiagnostic[] = []): string {
  return sentence(...portParts(port, problems));
}

function portParts(
  port: IBoxPort,
  problems: readonly IDiagnostic[]
): [name: string, type: string, state: string, ...problems: string[]] {
  const isMissing = port.side === 'input' && port.required && !port.connected;
  const state = port.connected
    ? 'connected'
    : isMissing
      ? 'required, not connected'
      : 'not connected';
  const own = problems.filter(item => item.port === port.name);
  return [`${port.side} ${port.title}`, port.type, state, ...spokenProblems(own)];
}

/** A port with its node and type, what it is connected to, and what is wrong with it. */
export function spokenPortOf(scene: IScene, end: IEnd): string {
  const box = scene.boxes.get(end.node);
  const port = box && findPort(box, end.side, end.port);
  if (!port) {
    return '';
  }
  const others = edgesOn(scene, end).map(edge =>
    end.side === 'output'
      ? spokenEnd(scene, { node: edge.targetNode, port: edge.targetPort, side: 'input' })
      : spokenEnd(scene, { node: edge.sourceNode, port: edge.sourcePort, side: 'output' })
  );
  const rest = others.length > MOST_SAID ? [`${others.length - MOST_SAID} more`] : [];
  const said = [...others.slice(0, MOST_SAID), ...rest].join(' and ');
  const [first, type, state, ...problems] = portParts(port, box.problems);
  return sentence(
    `${first} of ${box.title}`,
    type,
    said === '' ? state : `connected to ${said}`,
    ...problems
  );
}

/** What a port or an edge is; nodes, frames and comments have the focus and say so themselves. */
export function spokenSpot(scene: IScene, spot: Spot): string {
  const edge = spot.kind === 'edge' ? scene.edges.get(spot.id) : undefined;
  return spot.kind === 'port' ? spokenPortOf(scene, spot.end) : edge ? spokenEdge(scene, edge) : '';
}

/** An edge from end to end, with what is wrong with it. */
export function spokenEdge(scene: IScene, edge: ISceneEdge): string {
  const from = spokenEnd(scene, { node: edge.sourceNode, port: edge.sourcePort, side: 'output' });
  const to = spokenEnd(scene, { node: edge.targetNode, port: edge.targetPort, side: 'input' });
  return sentence(`Connection from ${from} to ${to}`, ...spokenProblems(edge.problems));
}

/** A port by the names of its node and itself. */
export function spokenEnd(scene: IScene, { node, port, side }: IEnd): string {
  const box = scene.boxes.get(node);
  const name = (box && findPort(box, side, port)?.title) ?? port;
  return `${name} of ${box?.title ?? node}`;
}

/** Findings, each with how serious it is. */
export function spokenProblems(problems: readonly IDiagnostic[]): string[] {
  return problems.map(({ severity, message }) => `${SEVERITY_WORDS[severity]}: ${message}`);
}

/** How many findings there are of each severity. */
export function countedProblems(problems: readonly IDiagnostic[]): string {
  const parts = (['error', 'warning', 'info'] as const).flatMap(severity => {
    const count = problems.filter(item => item.severity === severity).length;
    const word = SEVERITY_WORDS[severity];
    return count === 0 ? [] : [`${count} ${word}${count > 1 ? 's' : ''}`];
  });
  return parts.join(', ') || 'no problems';
}

function sentence(...parts: string[]): string {
  return parts.filter(part => part !== '').join(', ');
}
