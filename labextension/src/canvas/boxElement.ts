// The HTML of one box. Sparing on purpose: every clip, transform and SVG root in a box costs time in each
// frame, times the number of boxes. So: one drawing a box, places by left and top, clips for long texts only.

import { make, makeSvg } from './dom';
import { otherSide } from './fit';
import { foldedPorts } from './folding';
import { drawingOf } from './icons';
import type { PortSide } from './ports';
import { portPath } from './ports';
import type { IBox, IBoxPort } from './scene';
import { portOffset, portsOf } from './scene';
import { spokenBox, spokenPort } from './spoken';

/** Longer texts may not fit, and are cut off with an ellipsis. */
const LONG = { title: 14, detail: 22, port: 12 } as const;

/** Makes an element show a box. */
export function fillBox(element: HTMLElement, box: IBox): void {
  element.dataset.node = box.id;
  element.dataset.family = box.family;
  element.dataset.severity = box.severity ?? '';
  element.dataset.spoken = spokenBox(box);
  element.classList.toggle('jp-mod-alone', box.detail === '');
  element.classList.toggle('jp-mod-disabled', !box.enabled);
  element.style.width = `${box.width}px`;
  element.style.height = `${box.height}px`;
  const ports = make('div', '', { role: 'list', 'aria-label': 'Ports' });
  ports.append(...shownPorts(box).map(port => portElement(box, port)));
  ports.append(...foldElement(box, 'input'), ...foldElement(box, 'output'));
  element.replaceChildren(drawing(box), ...texts(box), ports);
  if (box.severity) {
    element.append(make('div', 'jp-StratCraft-Node-badge', { 'aria-hidden': 'true' }, '!'));
  }
}

/** Puts an element where its box is. */
export function placeBox(element: HTMLElement, { x, y }: IBox): void {
  element.style.left = `${x}px`;
  element.style.top = `${y}px`;
}

/** The icon and the shapes of all ports, in one drawing. */
function drawing(box: IBox): SVGSVGElement {
  const icon = makeSvg('path', { class: 'jp-StratCraft-Node-icon', d: drawingOf(box.family) });
  return makeSvg(
    'svg',
    {
      class: 'jp-StratCraft-Node-drawing',
      width: String(box.width),
      height: String(box.height),
      'aria-hidden': 'true'
    },
    icon,
    ...shownPorts(box).map(port => portShape(box, port))
  );
}

function portShape(box: IBox, port: IBoxPort): SVGPathElement {
  const { x, y } = portOffset(box, port.side, port.name);
  return makeSvg('path', {
    class: `jp-StratCraft-PortShape${portMarks(port)}`,
    'data-side': port.side,
    'data-port': port.name,
    'data-type': port.type,
    d: portPath(port.type, x, y)
  });
}

function texts(box: IBox): HTMLElement[] {
  const lines = [text('jp-StratCraft-Node-title', box.title, LONG.title)];
  if (box.detail) {
    lines.push(text('jp-StratCraft-Node-detail', box.detail, LONG.detail));
  } else {
    lines[0]?.classList.add('jp-mod-alone');
  }
  return lines;
}

function text(className: string, content: string, long: number): HTMLElement {
  return make('div', content.length > long ? `${className} jp-mod-long` : className, {}, content);
}

function portElement(box: IBox, port: IBoxPort): HTMLElement {
  const isAlone = !portsOf(box, otherSide(port.side)).some(other => other.row === port.row);
  const element = make(
    'div',
    `jp-StratCraft-Port${portMarks(port)}${isAlone ? ' jp-mod-alone' : ''}`,
    {
      role: 'listitem',
      'data-side': port.side,
      'data-port': port.name,
      'data-type': port.type,
      'aria-label': spokenPort(port, box.problems)
    },
    make('span', 'jp-StratCraft-Port-grip'),
    text('jp-StratCraft-Port-label', port.title, LONG.port)
  );
  element.style.top = `${portOffset(box, port.side, port.name).y}px`;
  return element;
}

function shownPorts(box: IBox): IBoxPort[] {
  return [...box.inputs, ...box.outputs].filter(port => port.row !== null);
}

/** How many ports of a side are folded away; nothing if none are. */
function foldElement(box: IBox, side: PortSide): HTMLElement[] {
  const folded = foldedPorts(portsOf(box, side));
  if (folded.length === 0) {
    return [];
  }
  const names = folded.map(port => port.title).join(', ');
  const attributes = {
    role: 'listitem',
    'data-fold': side,
    'aria-label': `${folded.length} more ${side}${folded.length > 1 ? 's' : ''}: ${names}`
  };
  return [make('div', 'jp-StratCraft-Fold', attributes, `+${folded.length}`)];
}

function portMarks({ connected, problem }: IBoxPort): string {
  return `${connected ? ' jp-mod-connected' : ''}${problem ? ' jp-mod-problem' : ''}`;
}

/** Selects the elements of one port within its box. */
export function portSelector(side: PortSide, name: string): string {
  return `[data-side="${side}"][data-port="${CSS.escape(name)}"]`;
}
