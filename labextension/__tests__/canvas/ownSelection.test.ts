import { expect, it } from 'vitest';

import { OwnSelection } from '../../src/canvas/ownSelection';
import { readState } from '../../src/canvas/state';

/** A state in which Python has some nodes selected. */
function selected(...nodes: string[]): ReturnType<typeof readState> {
  return readState(name => (name === 'selected_nodes' ? nodes : undefined));
}

it('keeps what was selected last until Python has heard of it', () => {
  const own = new OwnSelection();
  own.told('c-1', ['fast'], []);
  own.told('c-2', ['fast', 'slow'], ['a.x->b.y']);
  for (const [state, answered] of [
    [selected(), ''],
    [selected('fast'), 'c-1']
  ] as const) {
    expect(own.over(state, answered).selectedNodes).toEqual(['fast', 'slow']);
    expect(own.over(state, answered).selectedEdges).toEqual(['a.x->b.y']);
  }
});

it('follows Python from the answer on', () => {
  const own = new OwnSelection();
  own.told('c-2', ['fast', 'gone'], []);
  expect(own.over(selected('fast'), 'c-2').selectedNodes).toEqual(['fast']);
  expect(own.over(selected('pasted'), 'c-2').selectedNodes).toEqual(['pasted']);
});

it('follows Python where nothing was told', () => {
  expect(new OwnSelection().over(selected('slow'), '').selectedNodes).toEqual(['slow']);
});
