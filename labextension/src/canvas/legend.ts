// The legend of port types in the corner of the canvas; it can be folded away.

import { make } from './dom';
import { portShape } from './icons';
import { PORT_TYPES } from './ports';

/** Makes the legend. */
export function makeLegend(isOpen: boolean, onToggle: (isOpen: boolean) => void): HTMLElement {
  const items = make(
    'div',
    'jp-StratCraft-PortLegend-items',
    { role: 'img', 'aria-label': `Port types: ${PORT_TYPES.join(', ')}` },
    ...PORT_TYPES.map(type =>
      make('span', 'jp-StratCraft-PortLegend-item', { 'data-type': type }, portShape(type), type)
    )
  );
  const button = make('button', 'jp-StratCraft-PortLegend-button', { type: 'button' }, 'Ports');
  const node = make('div', 'jp-StratCraft-PortLegend', { 'data-own-pointer': '' }, button, items);
  const show = (open: boolean): void => {
    items.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    button.title = open ? 'Hide the port types' : 'Show the port types';
  };
  button.addEventListener('click', () => {
    show(items.hidden);
    onToggle(!items.hidden);
  });
  show(isOpen);
  return node;
}
