import { describe, expect, test } from 'vitest';

import {
  boundsOf,
  encloses,
  fitViewport,
  MAX_ZOOM,
  MIN_ZOOM,
  overlaps,
  rectBetween,
  revealViewport,
  rimPush,
  toDocument,
  toScreen,
  visibleRect,
  within,
  zoomAt
} from '../../src/canvas/geometry';

const view = { panX: 30, panY: -20, zoom: 0.5 };
const screen = { width: 900, height: 420 };

describe('the viewport', () => {
  test('there and back is the same point', () => {
    const point = { x: 123, y: -45 };
    expect(toDocument(toScreen(point, view), view)).toEqual(point);
  });

  test('zooming keeps the point under the pointer', () => {
    const anchor = { x: 200, y: 100 };
    const before = toDocument(anchor, view);
    const after = toDocument(anchor, zoomAt(view, 1.7, anchor));
    expect(after.x).toBeCloseTo(before.x);
    expect(after.y).toBeCloseTo(before.y);
  });

  test('zoom has limits', () => {
    expect(zoomAt(view, 1e6, { x: 0, y: 0 }).zoom).toBe(MAX_ZOOM);
    expect(zoomAt(view, 1e-6, { x: 0, y: 0 }).zoom).toBe(MIN_ZOOM);
  });

  test.each([
    { x: 0, y: 0, width: 2000, height: 300 },
    { x: -500, y: 900, width: 100, height: 3000 },
    { x: 5, y: 5, width: 10, height: 10 }
  ])('fitting shows all of %j, centred, not larger than life', content => {
    const fitted = fitViewport(content, screen, 20);
    expect(encloses(visibleRect(fitted, screen), content)).toBe(true);
    expect(fitted.zoom).toBeLessThanOrEqual(1);
    const centre = toScreen(
      { x: content.x + content.width / 2, y: content.y + content.height / 2 },
      fitted
    );
    expect(centre.x).toBeCloseTo(screen.width / 2);
    expect(centre.y).toBeCloseTo(screen.height / 2);
  });

  test('revealing moves no further than needed and keeps the zoom', () => {
    const home = { panX: 0, panY: 0, zoom: 1 };
    const right = revealViewport(home, { x: 1000, y: 100, width: 100, height: 50 }, screen, 20);
    expect(right.panX).toBe(-220);
    expect(right.panY).toBeCloseTo(0);
    expect(right.zoom).toBe(1);
  });

  test('revealing zooms out when it must', () => {
    const wide = { x: 0, y: 0, width: 3000, height: 100 };
    const shown = revealViewport({ panX: 0, panY: 0, zoom: 1 }, wide, screen, 20);
    expect(encloses(visibleRect(shown, screen), wide)).toBe(true);
  });
});

describe('rectangles', () => {
  test('bounds hold all; of none there are none', () => {
    const rects = [
      { x: 0, y: 0, width: 10, height: 10 },
      { x: -5, y: 20, width: 1, height: 1 }
    ];
    expect(boundsOf(rects)).toEqual({ x: -5, y: 0, width: 15, height: 21 });
    expect(boundsOf([])).toBeNull();
  });

  test('two corners make a rectangle in any order', () => {
    expect(rectBetween({ x: 5, y: 1 }, { x: 2, y: 9 })).toEqual({
      x: 2,
      y: 1,
      width: 3,
      height: 8
    });
  });

  test('overlap includes touching, and is not for those apart', () => {
    const rect = { x: 0, y: 0, width: 10, height: 10 };
    expect(overlaps(rect, { ...rect, x: 10 })).toBe(true);
    expect(overlaps(rect, { ...rect, x: 10.1 })).toBe(false);
  });
});

describe('panning at the rim', () => {
  test('is still in the middle, and pushes towards what is hidden', () => {
    expect(rimPush({ x: 450, y: 200 }, screen)).toEqual({ x: 0, y: 0 });
    expect(rimPush({ x: 14, y: 406 }, screen)).toEqual({ x: 0, y: 0 }); // where "fit" puts boxes
    expect(rimPush({ x: 2, y: 200 }, screen).x).toBeGreaterThan(0);
    expect(rimPush({ x: 450, y: 500 }, screen).y).toBeLessThan(0);
  });
});

test('a strategy of a hundred branches is shown whole', () => {
  const branches = { x: 0, y: 0, width: 600, height: 100 * 98 };
  const shown = visibleRect(fitViewport(branches, screen, 14), screen);
  expect(encloses(shown, branches)).toBe(true);
});

test('a point beyond a rectangle is brought to its rim, one inside stays', () => {
  const room = { x: 0, y: 0, ...screen };
  expect(within({ x: -300, y: 5000 }, room)).toEqual({ x: 0, y: 420 });
  expect(within({ x: 7, y: 8 }, room)).toEqual({ x: 7, y: 8 });
  expect(within({ x: 7, y: 8 }, { x: 20, y: 20, width: -5, height: 0 })).toEqual({ x: 20, y: 20 });
});
