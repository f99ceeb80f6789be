// The drawings in boxes and buttons: lines in the colour of what they stand for.

import { makeSvg } from './dom';
import type { PortType } from './ports';
import { portPath } from './ports';

/** Drawings on a field of 24 by 24. */
const DRAWINGS = {
  data: 'M7 3.5v3M7 15v5M4.5 6.5h5V15h-5zM17 4v4.5M17 17v3.5M14.5 8.5h5V17h-5z',
  indicator: 'M3 16.5c4 0 4.5-10 8-10s4 11 7 11c1.5 0 2.5-1.5 3-3.5',
  math: 'M4 8h8M8 4v8M13.5 17H20M5 14.5l5.5 5.5M10.5 14.5L5 20M15 6l5 0',
  condition: 'M3 18.5C9 18.5 15 5.5 21 5.5M3 8.5c6 0 12 7.5 18 7.5',
  logic: 'M6 5h5a7 7 0 0 1 0 14H6zM18 12h3.5M2.5 9H6M2.5 15H6',
  regime: 'M12 3.5l9 5-9 5-9-5zM3 13.5l9 5 9-5',
  action: 'M3.5 12h15M12.5 6l6 6-6 6',
  sizing: 'M20.5 12.5A8.5 8.5 0 1 1 11.5 3.5v9zM15 3.800a8.5 8.5 0 0 1 5.300 5.300H15z',
  risk: 'M12 3l7.5 3v5.5c0 5-3.200 8-7.5 9.5-4.300-1.5-7.5-4.5-7.5-9.5V6z',
  unknown: 'M8.5 9a3.5 3.5 0 1 1 5 3.200c-1 .5-1.5 1.300-1.5 2.800M12 18.5v.5',
  undo: 'M8.5 4.5L4 9l4.5 4.5M4 9h10a5.5 5.5 0 0 1 0 11h-3.5',
  redo: 'M15.5 4.5L20 9l-4.5 4.5M20 9H10a5.5 5.5 0 0 0 0 11h3.5',
  remove: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  arrange: 'M3 5h5v5H3zM3 14h5v5H3zM16 9.5h5v5h-5zM8 7.5h3.500v9H8M11.5 12H16',
  grid: 'M4 4h16v16H4zM4 9.300h16M4 14.700h16M9.300 4v16M14.700 4v16',
  map: 'M4 5h16v14H4zM12.500 12h5v4.500h-5z',
  save: 'M12 4v10.500M7.500 10l4.500 4.500L16.500 10M4.500 16v3.500h15V16',
  fit: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5'
} as const;

/** Name of a drawing. */
export type IconName = keyof typeof DRAWINGS;

/** The path of a drawing; what has none gets a question mark. */
export function drawingOf(name: string): string {
  return name in DRAWINGS ? DRAWINGS[name as IconName] : DRAWINGS.unknown;
}

/** A drawing as an element; what has none gets a question mark. */
export function icon(name: string): SVGSVGElement {
  return makeSvg(
    'svg',
    { viewBox: '0 0 24 24', 'aria-hidden': 'true', class: 'jp-StratCraft-Icon' },
    makeSvg('path', { d: drawingOf(name) })
  );
}

/** The shape of a port type. */
export function portShape(type: PortType): SVGSVGElement {
  return makeSvg(
    'svg',
    { viewBox: '-8 -8 16 16', 'aria-hidden': 'true', class: 'jp-StratCraft-PortShape' },
    makeSvg('path', { d: portPath(type) })
  );
}
