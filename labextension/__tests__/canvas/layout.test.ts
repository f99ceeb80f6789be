import { expect, test } from 'vitest';

import type { IArea } from '../../src/canvas/areas';
import { composeScene } from '../../src/canvas/compose';
import type { IRect } from '../../src/canvas/geometry';
import { boundsOf, encloses, overlaps } from '../../src/canvas/geometry';
import { layered } from '../../src/canvas/layering';
import type { ILayout } from '../../src/canvas/layout';
import { arrangedLayout } from '../../src/canvas/layout';
import type { IScene } from '../../src/canvas/scene';
import { exampleState } from './example';

/** The example with all its boxes on one heap. */
function heap(): IScene {
  const scene = composeScene(exampleState());
  const boxes = new Map([...scene.boxes].map(([id, box]) => [id, { ...box, x: 300, y: 200 }]));
  return { ...scene, boxes };
}

function at(scene: IScene, layout: ILayout): Map<string, IRect> {
  return new Map(
    [...scene.boxes].map(([id, box]) => [id, { ...box, ...layout.boxes.get(id) }] as const)
  );
}

function area(id: string, kind: IArea['kind'], rect: IRect, nodes: string[] = []): IArea {
  return { id, kind, ...rect, text: '', nodes };
}

function expectApart(rects: Iterable<IRect>): void {
  const all = [...rects];
  all.forEach((one, index) => {
    for (const other of all.slice(index + 1)) {
      if (overlaps(one, other)) {
        expect([one, other]).toBe('apart');
      }
    }
  });
}

test('all boxes lie apart, edges run to the right, and the corner stays', () => {
  const scene = heap();
  const places = at(scene, arrangedLayout(scene, new Map(), null));
  expectApart(places.values());
  for (const { sourceNode, targetNode } of scene.edges.values()) {
    expect(places.get(sourceNode)?.x).toBeLessThan(places.get(targetNode)?.x ?? -Infinity);
  }
  expect(boundsOf(places.values())).toMatchObject({ x: 300, y: 200 });
});

test('arranging what is arranged changes nothing', () => {
  const scene = heap();
  const first = arrangedLayout(scene, new Map(), null);
  const boxes = new Map(
    [...scene.boxes].map(([id, box]) => [id, { ...box, ...first.boxes.get(id) }])
  );
  expect(arrangedLayout({ ...scene, boxes }, new Map(), null)).toEqual(first);
});

test('with a selection the others stay, and are not covered', () => {
  const scene = heap();
  const [one, two, ...others] = [...scene.boxes.keys()];
  const chosen = new Set([one ?? '', two ?? '']);
  const layout = arrangedLayout(scene, new Map(), chosen);
  expect(new Set(layout.boxes.keys())).toEqual(chosen);
  const places = at(scene, layout);
  for (const moved of chosen) {
    for (const other of others) {
      const [a, b] = [places.get(moved), places.get(other)];
      expect(a && b && overlaps(a, b)).toBe(false);
    }
  }
});

test('a frame holds its boxes and no others; the comment in it too', () => {
  const scene = heap();
  const [first = '', second = ''] = [...scene.boxes.keys()];
  const frame = area('f', 'frame', { x: 0, y: 0, width: 900, height: 900 }, [first, second]);
  const comment = area('c', 'comment', { x: 20, y: 40, width: 120, height: 60 });
  const layout = arrangedLayout(
    scene,
    new Map([
      ['f', frame],
      ['c', comment]
    ]),
    null
  );
  const framed = { ...frame, ...layout.areas.get('f') };
  const noted = { ...comment, ...layout.areas.get('c') };
  expect(encloses(framed, noted)).toBe(true);
  for (const [id, rect] of at(scene, layout)) {
    const isHeld = id === first || id === second;
    expect(encloses(framed, rect)).toBe(isHeld);
    expect(overlaps(framed, rect)).toBe(isHeld);
    expect(overlaps(noted, rect)).toBe(false);
  }
});

test('a comment goes with the box it is about; one about nothing goes above', () => {
  const scene = heap();
  const boxes = new Map(scene.boxes);
  const [id = ''] = boxes.keys();
  const box = boxes.get(id);
  if (box) {
    boxes.set(id, { ...box, x: 3000, y: 0 });
  }
  const about = area('about', 'comment', { x: 3000, y: -70, width: 100, height: 60 });
  const alone = area('alone', 'comment', { x: -2000, y: 0, width: 100, height: 60 });
  const areas = new Map([about, alone].map(item => [item.id, item]));
  const layout = arrangedLayout({ ...scene, boxes }, areas, null);
  const corner = layout.boxes.get(id);
  expect(layout.areas.get('about')).toEqual({ x: corner?.x, y: (corner?.y ?? 0) - 70 });
  const tops = [...layout.boxes.values()].map(place => place.y);
  expect((layout.areas.get('alone')?.y ?? 0) + 60).toBeLessThan(Math.min(...tops));
});

test('a frame with a part of its boxes selected reaches as far as they go', () => {
  const scene = heap();
  const ids = [...scene.boxes.keys()];
  const frame = area('f', 'frame', { x: 290, y: 150, width: 200, height: 160 }, ids.slice(0, 3));
  const layout = arrangedLayout(scene, new Map([['f', frame]]), new Set(ids.slice(0, 2)));
  const framed = { ...frame, ...layout.areas.get('f') };
  const places = at(scene, layout);
  for (const id of ids.slice(0, 3)) {
    expect(encloses(framed, places.get(id) ?? framed)).toBe(true);
  }
});

test('what comes from a loop is arranged too', () => {
  const rects = ['a', 'b', 'c'].map(id => ({ id, x: 0, y: 0, width: 166, height: 90 }));
  const places = layered(rects, [
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'a']
  ]);
  expectApart(rects.map(rect => ({ ...rect, ...places.get(rect.id) })));
});

test('a thousand boxes with edges across all of them are arranged too', () => {
  const rects = Array.from({ length: 1000 }, (_, index) => ({
    ...{ id: `n${index}`, x: 0, y: 0, width: 166, height: 90 }
  }));
  const pairs = rects
    .slice(1)
    .flatMap(({ id }, index) => [
      [`n${index}`, id] as const,
      [`n${(index * 7) % (index + 1)}`, id] as const
    ]);
  const places = layered(rects, pairs);
  expectApart(rects.map(rect => ({ ...rect, ...places.get(rect.id) })));
  for (const [source, target] of pairs) {
    expect(places.get(source)?.x).toBeLessThan(places.get(target)?.x ?? -Infinity);
  }
});
