// Carries out what changes the view, arranges the strategy, and saves its picture.

import { zoomAt } from './geometry';
import { onGrid } from './grid';
import type { KeyCommand } from './keys';
import type { ILayout } from './layout';
import { arrangedLayout } from './layout';
import { savePicture } from './savePicture';
import { isEmpty } from './selection';
import type { IStage } from './stage';
import type { ViewSettings } from './viewSettings';

const ZOOM_STEP = 1.25;

/** Looks, arranges and saves pictures on a stage. */
export class ViewCommands {
  constructor(
    private readonly _stage: IStage,
    private readonly _settings: ViewSettings,
    private readonly _onSettings: () => void
  ) {}

  /** Does what is asked; false if it is no command of the view. */
  run(command: KeyCommand): boolean {
    const { picture } = this._stage;
    switch (command.name) {
      case 'zoom_in':
        this._zoom(ZOOM_STEP);
        return true;
      case 'zoom_out':
        this._zoom(1 / ZOOM_STEP);
        return true;
      case 'zoom_reset':
        this._zoom(1 / picture.view.zoom);
        return true;
      case 'fit':
        picture.fit('gliding');
        return true;
      case 'fit_selection':
        this._fitSelection();
        return true;
      case 'pan':
        this._pan(command.dx, command.dy);
        return true;
      case 'toggle_snapping':
        this._toggle('isSnapping', 'Snap to grid');
        return true;
      case 'toggle_map':
        this._toggle('isMapOn', 'Map');
        return true;
      case 'lay_out':
        this._layOut();
        return true;
      case 'picture_menu':
        this._stage.openPictureMenu({ x: picture.size.width - 10, y: picture.size.height - 10 });
        return true;
      case 'save_picture':
        this._savePicture(command);
        return true;
      default:
        return false;
    }
  }

  private _zoom(factor: number): void {
    const { picture } = this._stage;
    const { width, height } = picture.size;
    picture.look(zoomAt(picture.view, factor, { x: width / 2, y: height / 2 }));
  }

  private _pan(dx: number, dy: number): void {
    const { picture } = this._stage;
    const { panX, panY, zoom } = picture.view;
    picture.look({ zoom, panX: panX - dx, panY: panY - dy });
  }

  private _fitSelection(): void {
    const { picture, selection } = this._stage;
    const ends = [...selection.edges].flatMap(id => {
      const edge = picture.scene.edges.get(id);
      return edge ? [edge.sourceNode, edge.targetNode] : [];
    });
    if (isEmpty(selection)) {
      picture.fit('gliding');
    } else {
      picture.fitTo([...selection.nodes, ...ends], selection.areas);
    }
  }

  private _toggle(name: 'isSnapping' | 'isMapOn', words: string): void {
    this._settings.toggle(name);
    this._onSettings();
    this._stage.say(`${words} ${this._settings[name] ? 'on' : 'off'}.`);
  }

  /** Arranges the selected nodes, or all; one edit. */
  private _layOut(): void {
    const { picture, selection, isReadOnly, isSnapping } = this._stage;
    if (isReadOnly) {
      return;
    }
    const { scene, areas } = picture;
    const chosen = new Set(selection.nodes);
    for (const id of selection.areas) {
      areas.areas.get(id)?.nodes.forEach(node => chosen.add(node));
    }
    const isWhole = chosen.size < 2;
    const found = arrangedLayout(scene, areas.areas, isWhole ? null : chosen);
    const layout = isSnapping ? snapped(found) : found;
    const isSame = [...layout.boxes].every(([id, { x, y }]) => {
      const box = scene.boxes.get(id);
      return box?.x === x && box.y === y;
    });
    if (isSame) {
      this._stage.say('The nodes are arranged already.');
      return;
    }
    picture.showAt(layout.boxes);
    areas.showAt(layout.areas);
    this._stage.sendMove(layout, { how: 'layout' });
    if (isWhole) {
      picture.fit('gliding');
    } else {
      picture.reveal(layout.boxes.keys());
    }
  }

  private _savePicture(choice: Extract<KeyCommand, { name: 'save_picture' }>): void {
    const { picture, state } = this._stage;
    const middle = { x: picture.size.width / 2, y: picture.size.height / 2 };
    savePicture(picture, state?.document.name ?? '', choice).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : 'The browser could not draw it.';
      this._stage.refuse(`The picture was not saved. ${reason}`, middle);
    });
  }
}

function snapped({ boxes, areas }: ILayout): ILayout {
  return {
    boxes: new Map([...boxes].map(([id, corner]) => [id, onGrid(corner)])),
    areas: new Map([...areas].map(([id, area]) => [id, { ...area, ...onGrid(area) }]))
  };
}
