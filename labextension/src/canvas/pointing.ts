// What the pointer does on one canvas, put together: gestures, hovering, and drags from the palette.

import type { Desk } from './desk';
import type { KeyConnect } from './keyConnect';
import type { Keyboard } from './keyboard';
import type { KeyCommand } from './keys';
import type { Nudges } from './nudges';
import type { PaletteDrag } from './paletteDrag';
import { dragOnto } from './paletteDrag';
import { Pointer } from './pointer';
import { edgeIdAt } from './press';
import type { IKind } from './state';
import type { Tips } from './tips';

/** What else is being done on the canvas, which a press ends. */
export interface IPointing {
  keyboard: Keyboard;
  keyConnect: KeyConnect;
  nudges: Nudges;
  tips: Tips;
  readonly run: (command: KeyCommand) => void;
}

/** Makes gestures of what the pointer does. */
export function pointerOn(
  desk: Desk,
  { keyboard, keyConnect, nudges, tips, run }: IPointing
): Pointer {
  const { picture } = desk;
  return new Pointer(picture.surface, desk, {
    isPanKeyDown: () => keyboard.isPanKeyDown,
    onPress: node => {
      keyConnect.drop();
      nudges.flush();
      picture.bubble.hide();
      tips.silence(node);
    },
    onHoverEdge: (id, at) => {
      picture.hover(id);
      tips.offerEdge(id, at);
    },
    onRelease: at => {
      desk.lastPlace = at;
    },
    onDoubleClick: (at, area) => {
      const edge = edgeIdAt(desk, at);
      if (edge !== null) {
        desk.select([], [edge]);
        run({ name: 'insert' });
      } else if (area !== null) {
        desk.writeArea(area);
      } else {
        run({ name: 'add' });
      }
    }
  });
}

/** Lets kinds be dragged from the palette onto the canvas. */
export function paletteDragOn(desk: Desk): PaletteDrag {
  return dragOnto(
    desk,
    () => desk.state?.kinds ?? new Map<string, IKind>(),
    at => {
      desk.lastPlace = at;
    }
  );
}
