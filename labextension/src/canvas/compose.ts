// From the state to the scene: which boxes and edges there are, what they say, and what is wrong with them.

import { gravest } from './findings';
import { foldedSides, rowCount } from './folding';
import { placeUnplaced } from './placement';
import type { IPort, PortSide } from './ports';
import type { IBox, IBoxPort, IScene, ISceneEdge } from './scene';
import { BOX_WIDTH, boxHeight, cornerAt, findPort } from './scene';
import type { ICanvasState, IDiagnostic, IEdge, IKind, INode } from './state';
import { edgeId, sentenceOf, splitEndpoint } from './state';

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
      row: null,
      connected: ends.has(`${side === 'input' ? '<' : '>'}${node.id}.${port.name}`),
      problem: own.some(item => item.port === port.name && item.severity === 'error')
    }));
  const sides = foldedSides(ports(kind.inputs, 'input'), ports(kind.outputs, 'output'));
  return {
    id: node.id,
    kind: node.kind,
    family: kind.family,
    title: caption?.title ?? node.label ?? kind.title,
    detail: caption?.detail ?? '',
    help: sentenceOf(kind),
    note: node.note,
    enabled: node.enabled,
    ...sides,
    problems: own,
    severity: gravest(own),
    x: 0,
    y: 0,
    width: BOX_WIDTH,
    height: boxHeight(rowCount(sides))
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
    shelf: '',
    meaning: 'This kind is not in the catalog.',
    aliases: [],
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
    enabled: (source?.enabled ?? true) && (boxes.get(targetNode)?.enabled ?? true),
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
