import { expect, test } from 'vitest';

import { composeScene } from '../../src/canvas/compose';
import { Places } from '../../src/canvas/places';
import { exampleState } from './example';

const scene = composeScene(exampleState());

function shown(places: Places): [number | undefined, number | undefined] {
  const box = places.settle(scene).boxes.get('fast');
  return [box?.x, box?.y];
}

test('what the user holds stays in hand while the document changes', () => {
  const places = new Places();
  const before = shown(places);
  places.hold(new Map([['fast', { x: 900, y: 901 }]]));
  expect(shown(places)).toEqual([900, 901]);
  places.hold(null);
  expect(shown(places)).toEqual(before);
});

test('a refused move goes back to the document', () => {
  const places = new Places();
  const before = shown(places);
  places.sent(new Map([['fast', { x: 900, y: 901 }]]));
  expect(shown(places)).toEqual([900, 901]);
  places.takeBack();
  expect(shown(places)).toEqual(before);
});
