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

/** Outline of a port's shape, as an SVG path round the origin, about 12 units wide. */
export const PORT_SHAPES: Record<PortType, string> = {
  bars: 'M-4.5-4.5h9v9h-9z',
  series: 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z',
  signal: 'M0-6L6 0L0 6L-6 0z',
  size: 'M-4.5-5.5L5.5 0L-4.5 5.5z',
  order: 'M-3-5.2h6L6 0L3 5.2h-6L-6 0z'
};
