// The colours of a saved picture, as plain values: those of the theme now, or those of a light one.

import { make } from './dom';
import type { PortType } from './ports';
import { PORT_TYPES } from './ports';

/** What a saved picture is painted with; each "#rrggbb". */
export interface IPictureColors {
  ground: string;
  card: string;
  line: string;
  text: string;
  muted: string;
  frame: string;
  frameLine: string;
  comment: string;
  commentLine: string;
  types: Record<PortType, string>;
  /** By family of kinds; other families are drawn as data are. */
  families: Record<string, string>;
}

type Channels = [red: number, green: number, blue: number, alpha: number];

const FAMILIES = [
  ...(['data', 'indicator', 'math', 'condition', 'logic', 'regime'] as const),
  ...(['action', 'sizing', 'risk'] as const)
];

/** For paper and for pages that are white; much like JupyterLab's light theme. */
export const LIGHT: IPictureColors = {
  ground: '#ffffff',
  card: '#ffffff',
  line: '#cccccc',
  text: '#212121',
  muted: '#666666',
  frame: '#f5f5f5',
  frameLine: '#bdbdbd',
  comment: '#fff5e0',
  commentLine: '#f5b95c',
  types: {
    bars: '#5f6368',
    series: '#1c6fb8',
    signal: '#2e7d32',
    size: '#7b3fa0',
    order: '#c75c14'
  },
  families: {
    data: '#5f6368',
    indicator: '#1c6fb8',
    math: '#007f8c',
    condition: '#2e7d32',
    logic: '#1c7f66',
    regime: '#4c57ac',
    action: '#c75c14',
    sizing: '#7b3fa0',
    risk: '#b3261e'
  }
};

/** The colours that hold inside an element now. */
export function colorsIn(host: HTMLElement): IPictureColors {
  const probe = make('span', 'jp-StratCraft-probe', { 'aria-hidden': 'true' });
  host.append(probe);
  const read = (color: string, family = ''): Channels => {
    probe.dataset.family = family;
    probe.style.color = color;
    return channelsOf(getComputedStyle(probe).color);
  };
  const ground = read('var(--jp-StratCraft-ground)');
  const over = (color: string, family = ''): string => opaque(read(color, family), ground);
  const mixed = (color: string, percent: number): string =>
    over(`color-mix(in srgb, ${color} ${percent}%, transparent)`);
  const variable = (name: string): string => over(`var(--jp-StratCraft-${name})`);
  const colors: IPictureColors = {
    ground: opaque(ground, ground),
    card: variable('card'),
    line: variable('line'),
    text: over('var(--jp-ui-font-color1)'),
    muted: over('var(--jp-ui-font-color2)'),
    frame: mixed('var(--jp-ui-font-color0)', 4),
    frameLine: mixed('var(--jp-ui-font-color0)', 26),
    comment: mixed('var(--jp-warn-color1)', 13),
    commentLine: mixed('var(--jp-warn-color1)', 55),
    types: Object.fromEntries(PORT_TYPES.map(type => [type, variable(type)])) as Record<
      PortType,
      string
    >, // one entry for each of PORT_TYPES
    families: Object.fromEntries(
      FAMILIES.map(family => [family, over('var(--jp-StratCraft-family)', family)])
    )
  };
  probe.remove();
  return colors;
}

/** A computed colour in numbers: "rgb(…)", "rgba(…)" or "color(srgb …)". */
export function channelsOf(computed: string): Channels {
  const numbers = [...computed.matchAll(/-?[\d.]+(?:e-?\d+)?%?/g)].map(([text]) =>
    text.endsWith('%') ? parseFloat(text) / 100 : Number(text)
  );
  const [red = 0, green = 0, blue = 0, alpha = 1] = numbers;
  return computed.startsWith('color(')
    ? [red * 255, green * 255, blue * 255, alpha]
    : [red, green, blue, alpha];
}

/** A colour over a ground, without transparency: not every program that shows SVG knows that. */
export function opaque(color: Channels, ground: Channels): string {
  const [red, green, blue, alpha] = color;
  const mix = (one: number, other: number): string =>
    Math.round(Math.min(255, Math.max(0, one * alpha + other * (1 - alpha))))
      .toString(16)
      .padStart(2, '0');
  return `#${mix(red, ground[0])}${mix(green, ground[1])}${mix(blue, ground[2])}`;
}
