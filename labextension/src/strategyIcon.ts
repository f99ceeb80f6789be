// The icon of strategies: three boxes and the lines between them, in the theme's colours.

import { LabIcon } from '@jupyterlab/ui-components';

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon-selectable" fill="none" stroke="#2f81d6" stroke-width="2">
    <path d="M8 6h3c3 0 1 6 5 6M8 18h3c3 0 1-6 5-6"/>
  </g>
  <g class="jp-icon3 jp-icon-selectable" fill="#616161">
    <rect x="1" y="3" width="7" height="6" rx="1.5"/>
    <rect x="1" y="15" width="7" height="6" rx="1.5"/>
    <rect x="16" y="9" width="7" height="6" rx="1.5"/>
  </g>
</svg>`;

export const strategyIcon = new LabIcon({ name: 'stratcraft-jupyter:strategy', svgstr: SVG });
