// Where to show something about what has the focus: places on the screen, within the canvas.

import type { IPosition } from '../messages';
import { middleOf } from './edgeMarks';
import { clamp, toScreen } from './geometry';
import type { Picture } from './picture';
import { portPlace } from './scene';
import type { Spot } from './spot';

/** Below the head of a box, at a port, at the middle of an edge, in an area's corner. */
export function placeBeside(picture: Picture, spot: Spot | null): IPosition {
  const { width, height } = picture.size;
  const at = spot && placeIn(picture, spot);
  if (!at) {
    return { x: width / 2, y: height / 2 };
  }
  const { x, y } = toScreen(at, picture.view);
  return { x: clamp(x, 0, width), y: clamp(y, 0, height) };
}

function placeIn(picture: Picture, spot: Spot): IPosition | null {
  const { scene, shown, areas } = picture;
  switch (spot.kind) {
    case 'node': {
      const box = scene.boxes.get(spot.id);
      return box ? { x: box.x + box.width / 2, y: box.y + 24 } : null;
    }
    case 'port': {
      const box = shown.boxes.get(spot.end.node);
      return box ? portPlace(box, spot.end.side, spot.end.port) : null;
    }
    case 'edge': {
      const edge = scene.edges.get(spot.id);
      return edge ? middleOf(scene, edge) : null;
    }
    case 'area': {
      const area = areas.areas.get(spot.id);
      return area ? { x: area.x + 24, y: area.y + 24 } : null;
    }
  }
}
