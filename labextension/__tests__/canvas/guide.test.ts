import { expect, test } from 'vitest';

import { composeScene } from '../../src/canvas/compose';
import { isOther } from '../../src/canvas/guide';
import { EMPTY_SCENE } from '../../src/canvas/scene';
import { diffScenes } from '../../src/canvas/sceneDiff';
import { exampleState } from './example';

const whole = composeScene(exampleState());
const ids = [...whole.boxes.keys()];
const size = ids.length;

test('a document that takes the place of another is one to look at whole', () => {
  expect(isOther(diffScenes(EMPTY_SCENE, whole), size, [])).toBe(true);
});

test('what the user adds is not, however little was there', () => {
  const [first, ...rest] = ids;
  const few = { boxes: new Map([...whole.boxes].slice(0, 1)), edges: EMPTY_SCENE.edges };
  expect(isOther(diffScenes(EMPTY_SCENE, few), 1, [first ?? ''])).toBe(false);
  expect(isOther(diffScenes(EMPTY_SCENE, few), 1, [])).toBe(false);
  expect(isOther(diffScenes(few, whole), size, rest)).toBe(false);
});

test('a node that makes others move on is no other document either', () => {
  const moved = new Map([...whole.boxes].map(([id, box]) => [id, { ...box, x: box.x + 196 }]));
  const [last = ''] = ids.slice(-1);
  const before = { boxes: new Map([...moved].slice(0, -1)), edges: whole.edges };
  expect(isOther(diffScenes(before, whole), size, [last])).toBe(false);
  expect(isOther(diffScenes({ ...whole, boxes: moved }, whole), size, [])).toBe(false);
});
