// What is wrong with the strategy as a whole: a badge in the corner, with its text on hover and focus.

import { make } from './dom';
import type { Picture } from './picture';
import { countedProblems, spokenProblems } from './spoken';
import type { IDiagnostic } from './state';
import { findings, gravest } from './findings';

const AT = { x: 6, y: 26 } as const;

/** The badge. */
export class StrategyBadge {
  constructor(picture: Picture) {
    const { surface, bubble } = picture;
    for (const type of ['pointerenter', 'focus', 'click'] as const) {
      this._node.addEventListener(type, () => {
        bubble.explain(findings(this._problems), AT, picture.size);
      });
    }
    for (const type of ['pointerleave', 'blur'] as const) {
      this._node.addEventListener(type, () => {
        if (!bubble.isAnswer) {
          bubble.hide();
        }
      });
    }
    surface.prepend(this._node);
  }

  /** Shows the findings that are about no node and no edge. */
  show(diagnostics: readonly IDiagnostic[]): void {
    this._problems = diagnostics.filter(item => item.nodeId === null && item.edge === null);
    const said = spokenProblems(this._problems).join(', ');
    this._node.hidden = this._problems.length === 0;
    this._node.dataset.severity = gravest(this._problems) ?? '';
    this._node.textContent = `Strategy: ${countedProblems(this._problems)}`;
    this._node.setAttribute('aria-label', `The whole strategy: ${said}`);
  }

  private readonly _node = make('button', 'jp-StratCraft-Strategy-badge', {
    type: 'button',
    'data-own-pointer': '',
    hidden: ''
  });
  private _problems: readonly IDiagnostic[] = [];
}
