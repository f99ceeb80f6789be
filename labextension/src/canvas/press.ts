// What a press of the pointer begins, and what lies under it.

import type { IPosition } from '../messages';
import { Connect } from './connectGesture';
import { DragSelection, ResizeArea } from './dragGestures';
import type { IGrab } from './edgeEnds';
import { grabAt } from './edgeEnds';
import type { IEnd } from './fit';
import { toDocument } from './geometry';
import { Pan, SelectByBox } from './gestures';
import { edgeAt } from './hit';
import { toggled } from './selection';
import type { IGesture, IStage } from './stage';

/** How near an edge, on the screen, the pointer touches it. */
const EDGE_REACH = 7;

/** The gesture that a press begins; null if it begins none. */
export function beginGesture(
  stage: IStage,
  event: PointerEvent,
  { at, isPanKeyDown }: { at: IPosition; isPanKeyDown: boolean }
): IGesture | null {
  if (event.button === 1 || (event.button === 0 && isPanKeyDown)) {
    return new Pan(stage, at, () => undefined);
  }
  if (event.button !== 0 || !(event.target instanceof Element)) {
    return null;
  }
  const extend = event.shiftKey || event.ctrlKey || event.metaKey;
  const node = nodeOf(event.target);
  const end = stage.isReadOnly ? null : portAt(event.target);
  stage.picture.focus.goTo(node); // a box with the focus is drawn anew: its drawer opens
  if (node !== null) {
    return end ? new Connect(stage, at, end) : new DragSelection(stage, at, { node }, extend);
  }
  const grab = stage.isReadOnly ? null : grabIn(stage, at);
  if (grab) {
    const { edge, fixed } = grab;
    const onClick = (): void => {
      selectEdge(stage, edge.id, extend);
    };
    return new Connect(stage, at, fixed, { edge: edge.id, onClick });
  }
  return beginBelow(stage, event, at, extend);
}

/** A press on an edge, a frame, a comment, or nothing. */
function beginBelow(stage: IStage, event: PointerEvent, at: IPosition, extend: boolean): IGesture {
  const edge = edgeIdAt(stage, at);
  if (edge !== null) {
    return new Pan(stage, at, () => {
      selectEdge(stage, edge, extend);
    });
  }
  const area = areaOf(event.target);
  if (area !== null) {
    const isGrip =
      event.target instanceof Element && event.target.matches('.jp-StratCraft-Area-grip');
    return isGrip
      ? new ResizeArea(stage, at, area)
      : new DragSelection(stage, at, { area }, extend);
  }
  if (event.shiftKey) {
    return new SelectByBox(stage, at);
  }
  return new Pan(stage, at, () => {
    stage.select([], []);
  });
}

/** Selects what lies at a place, unless it is selected already. */
export function selectAt(stage: IStage, at: IPosition, target: EventTarget | null): void {
  const { selection } = stage;
  const node = nodeOf(target);
  const edge = node === null ? edgeIdAt(stage, at) : null;
  const area = node === null && edge === null ? areaOf(target) : null;
  if (node !== null && !selection.nodes.has(node)) {
    stage.select([node], []);
  } else if (edge !== null && !selection.edges.has(edge)) {
    stage.select([], [edge]);
  } else if (area !== null && !selection.areas.has(area)) {
    stage.select([], [], [area]);
  } else if (node === null && edge === null && area === null) {
    stage.select([], []);
  }
}

/** The end of an edge within reach of a place. */
export function grabIn(stage: IStage, at: IPosition): IGrab | null {
  const { scene, view } = stage.picture;
  const point = toDocument(at, view);
  const edge = edgeAt(scene, point, EDGE_REACH / view.zoom);
  return edge && grabAt(scene, edge, point, view.zoom);
}

/** The edge within reach of a place. */
export function edgeIdAt(stage: IStage, at: IPosition): string | null {
  const { scene, view } = stage.picture;
  const point = toDocument(at, view);
  return edgeAt(scene, point, EDGE_REACH / view.zoom)?.id ?? null;
}

/** Whether an element over the canvas sees to the pointer itself. */
export function isOwn(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-own-pointer]') !== null;
}

/** The frame or comment that an element belongs to. */
export function areaOf(target: EventTarget | null): string | null {
  const area =
    target instanceof Element ? target.closest<HTMLElement>('.jp-StratCraft-Area') : null;
  return area?.dataset.area ?? null;
}

/** The node that an element belongs to. */
export function nodeOf(target: EventTarget | null): string | null {
  const box = target instanceof Element ? target.closest<HTMLElement>('.jp-StratCraft-Node') : null;
  return box?.dataset.node ?? null;
}

/** The port that an element is the grip of. */
export function portAt(target: EventTarget | null): IEnd | null {
  const grip = target instanceof Element ? target.closest('.jp-StratCraft-Port-grip') : null;
  const { port: name, side } = grip?.closest<HTMLElement>('.jp-StratCraft-Port')?.dataset ?? {};
  const node = nodeOf(target);
  return node !== null && name !== undefined && (side === 'input' || side === 'output')
    ? { node, port: name, side }
    : null;
}

function selectEdge(stage: IStage, edge: string, extend: boolean): void {
  const { nodes, edges, areas } = stage.selection;
  if (!extend) {
    stage.select([], [edge]);
  } else {
    stage.select(nodes, toggled(edges, edge), areas);
  }
}
