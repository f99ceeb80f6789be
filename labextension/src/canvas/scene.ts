// The picture as plain data: boxes with ports, typed edges, and where each of them is.

import type { IPosition } from '../messages';
import type { ICurve } from './curve';
import type { IRect } from './geometry';
import type { IPort, PortSide, PortType } from './ports';
import { courseBetween } from './routing';
import type { IDiagnostic, IEdge, Severity } from './state';

export const BOX_WIDTH = 166;
export const HEADER_HEIGHT = 44;
export const ROW_HEIGHT = 20;
export const FOOT_HEIGHT = 6;

/** Room that a port's shape takes on an edge's way, and the gap before the arrow's tip. */
const PORT_RADIUS = 6;

/** A port as it is shown. */
export interface IBoxPort extends IPort {
  side: PortSide;
  /** Row it is drawn in, from 0; null while it is folded away. */
  row: number | null;
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
  enabled: boolean;
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
  /** Whether both its nodes take part. */
  enabled: boolean;
  problems: IDiagnostic[];
  severity: Severity | null;
}

/** All that is drawn. */
export interface IScene {
  boxes: ReadonlyMap<string, IBox>;
  edges: ReadonlyMap<string, ISceneEdge>;
}

export const EMPTY_SCENE: IScene = { boxes: new Map(), edges: new Map() };

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

/** Anchor of a new box whose first port on one side is at a place. */
export function newPlaceAt(port: IPosition, side: PortSide): IPosition {
  const x = side === 'input' ? port.x : port.x - BOX_WIDTH;
  return anchorOf({ x: Math.round(x), y: Math.round(port.y - HEADER_HEIGHT - ROW_HEIGHT / 2) });
}

/** Anchor of a new box with its first ports at the height of a place, which is in its middle otherwise. */
export function newPlaceOn(edge: IPosition): IPosition {
  return { x: Math.round(edge.x), y: newPlaceAt(edge, 'input').y };
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
  const row = findPort(box, side, name)?.row ?? 0;
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

/** Courses found already: the pointer asks for all of them each time it moves. */
const courses = new WeakMap<IScene, Map<string, ICurve>>();

/** The course of an edge between the boxes as they stand; null if one of its own is missing. */
export function edgeCurve(scene: IScene, edge: ISceneEdge): ICurve | null {
  const known = courses.get(scene) ?? new Map<string, ICurve>();
  courses.set(scene, known);
  const curve = known.get(edge.id) ?? findCurve(scene, edge);
  if (curve) {
    known.set(edge.id, curve);
  }
  return curve;
}

function findCurve({ boxes }: IScene, edge: ISceneEdge): ICurve | null {
  const source = boxes.get(edge.sourceNode);
  const target = boxes.get(edge.targetNode);
  if (!source || !target) {
    return null;
  }
  const from = edgeOffset(source, 'output', edge.sourcePort);
  const to = edgeOffset(target, 'input', edge.targetPort);
  return courseBetween(
    { x: source.x + from.x, y: source.y + from.y },
    { x: target.x + to.x, y: target.y + to.y },
    boxes.values()
  );
}

/** Height of a box with so many rows of ports. */
export function boxHeight(rows: number): number {
  return HEADER_HEIGHT + ROW_HEIGHT * rows + (rows > 0 ? FOOT_HEIGHT : 0);
}
