// Which ports of a box are always in sight, and which are folded away until somebody looks for them.

import type { IBox, IBoxPort } from './scene';
import { boxHeight } from './scene';

/** The ports of a box. */
export interface ISides {
  inputs: IBoxPort[];
  outputs: IBoxPort[];
}

/** The ports with their rows: required and connected ones have one, the others if there is room. */
export function foldedSides(inputs: readonly IBoxPort[], outputs: readonly IBoxPort[]): ISides {
  const isAnyUsed = outputs.some(port => port.connected);
  const sides = {
    inputs: inputs.map(port => port.required || port.connected || port.problem),
    // an output is never required; without an edge the first one stands for all
    outputs: outputs.map((port, index) => port.connected || (!isAnyUsed && index === 0))
  };
  const rows = Math.max(count(sides.inputs), count(sides.outputs));
  return {
    inputs: withRows(inputs, sides.inputs, rows),
    outputs: withRows(outputs, sides.outputs, rows)
  };
}

/** Rows of ports that a box shows. */
export function rowCount({ inputs, outputs }: ISides): number {
  return Math.max(...[...inputs, ...outputs].map(port => (port.row ?? -1) + 1), 0);
}

/** The ports on one side that are folded away. */
export function foldedPorts(ports: readonly IBoxPort[]): IBoxPort[] {
  return ports.filter(port => port.row === null);
}

/** The box with some of its folded ports below the others, which stay where they are. */
export function unfolded(box: IBox, isWanted: (port: IBoxPort) => boolean): IBox {
  const sides = {
    inputs: below(box.inputs, isWanted),
    outputs: below(box.outputs, isWanted)
  };
  return { ...box, ...sides, height: boxHeight(rowCount(sides)) };
}

function below(ports: readonly IBoxPort[], isWanted: (port: IBoxPort) => boolean): IBoxPort[] {
  let row = ports.length - foldedPorts(ports).length;
  return ports.map(port => (port.row === null && isWanted(port) ? { ...port, row: row++ } : port));
}

function count(flags: readonly boolean[]): number {
  return flags.filter(Boolean).length;
}

/** Rows in the order of the catalog; a side that fits as a whole is shown whole. */
function withRows(ports: readonly IBoxPort[], shown: boolean[], rows: number): IBoxPort[] {
  const isWhole = ports.length <= rows;
  let row = 0;
  return ports.map((port, index) => ({ ...port, row: isWhole || shown[index] ? row++ : null }));
}
