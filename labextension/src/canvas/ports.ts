// Port types: their words and shapes.

/** The types, in the order of a strategy from data to order. */
export const PORT_TYPES = ['bars', 'series', 'signal', 'size', 'order'] as const;

/** What flows through a port. */
export type PortType = (typeof PORT_TYPES)[number];

/** Side of a box that a port sits on. */
export type PortSide = 'input' | 'output';

/** A port of a kind. */
export interface IPort {
  name: string;
  type: PortType;
  title: string;
  required: boolean;
  multiple: boolean;
  help: string;
}

/** Whether a text names a port type. */
export function isPortType(value: unknown): value is PortType {
  return (PORT_TYPES as readonly unknown[]).includes(value);
}

/** Outlines: where the pen starts from the middle, and its way from there in relative steps. */
const OUTLINES: Record<PortType, [x: number, y: number, way: string]> = {
  bars: [-4.5, -4.5, 'h9v9h-9z'],
  series: [-5, 0, 'a5 5 0 1 0 10 0a5 5 0 1 0-10 0z'],
  signal: [0, -6, 'l6 6l-6 6l-6-6z'],
  size: [-4.5, -5.5, 'l10 5.5l-10 5.5z'],
  order: [-3, -5.2, 'h6l3 5.2l-3 5.2h-6l-3-5.2z']
};

/** A type's shape round a point, about 12 wide, as an SVG path. */
export function portPath(type: PortType, x = 0, y = 0): string {
  const [dx, dy, way] = OUTLINES[type];
  return `M${x + dx} ${y + dy}${way}`;
}
