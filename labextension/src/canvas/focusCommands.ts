// Carries out the commands that move the keyboard over the canvas, and connect from where it is.

import { placeBeside } from './beside';
import type { Cursor } from './cursor';
import { middleOf } from './edgeMarks';
import type { IEnd } from './fit';
import { edgesOn } from './fit';
import { fitsInto } from './insertion';
import type { KeyConnect } from './keyConnect';
import type { KeyCommand } from './keys';
import type { Scope } from './keyTable';
import type { ISceneEdge } from './scene';
import { BOX_WIDTH, boxHeight } from './scene';
import { toggled } from './selection';
import { spokenSpot } from './spoken';
import type { Spot } from './spot';
import { firstPort, stepFrom, stepOrder, walk } from './spot';
import type { IStage } from './stage';

/** Carries them out on a stage. */
export class FocusCommands {
  constructor(
    private readonly _stage: IStage,
    private readonly _cursor: Cursor,
    private readonly _connect: KeyConnect
  ) {}

  /** What keys mean where the focus is, the narrowest first. */
  get scopes(): Scope[] {
    if (this._connect.isBusy) {
      return ['connecting'];
    }
    const { selection, isReadOnly, isJustAdded } = this._stage;
    const spot = this._cursor.spot?.kind ?? 'canvas';
    const isAny = selection.nodes.size + selection.areas.size > 0;
    const canMove = !isReadOnly && isAny && !isJustAdded && spot !== 'port' && spot !== 'edge';
    return canMove ? ['selection', spot, 'any'] : [spot, 'any'];
  }

  /** Does what is asked; null if it is not about the focus. */
  run(command: KeyCommand): boolean | null {
    switch (command.name) {
      case 'next_node':
        return this._step(1);
      case 'previous_node':
        return this._step(-1);
      case 'walk':
        return this._walk(command.way);
      case 'ports':
        return this._toPorts();
      case 'toggle_selection':
        return this._toggle(command.extend);
      case 'connect':
        return this._begin(command.from ?? this._cursor.port);
      case 'disconnect':
        return this._disconnect(command.from);
      case 'reconnect':
        return this._reconnect(command.end);
      case 'put_into_edge':
        return this._putInto();
      case 'next_fit':
      case 'previous_fit':
        this._connect.step(command.name === 'next_fit' ? 1 : -1);
        return true;
      case 'finish_connection':
        this._connect.finish();
        return true;
      case 'offer_fits':
        this._connect.offer();
        return true;
      default:
        return null;
    }
  }

  /** One step back: from drawing an edge, or from a port to its node; false if there is none. */
  stepBack(): boolean {
    const { port } = this._cursor;
    if (this._connect.isBusy) {
      this._connect.cancel();
    } else if (port) {
      this._cursor.go({ kind: 'node', id: port.node });
    } else {
      return false;
    }
    return true;
  }

  /** Selects what has the focus if nothing is selected, so that an edit is about it. */
  selectFocused(): void {
    const { nodes, edges, areas } = this._stage.selection;
    const { spot } = this._cursor;
    if (spot && nodes.size + edges.size + areas.size === 0) {
      this._select(spot);
    }
  }

  /** Moves from box to box; past the last one the focus leaves the canvas. */
  private _step(step: 1 | -1): boolean {
    const { scene, areas } = this._stage.picture;
    const { spot } = this._cursor;
    if (spot?.kind === 'edge') {
      const edge = scene.edges.get(spot.id);
      const id = step > 0 ? edge?.targetNode : edge?.sourceNode;
      this._cursor.go(id === undefined ? null : { kind: 'node', id });
      return true;
    }
    const next = stepFrom(stepOrder(scene, areas.areas), spot, step);
    if (next === undefined) {
      return false;
    }
    this._cursor.go(next);
    return true;
  }

  private _walk(way: 'left' | 'right' | 'up' | 'down'): boolean {
    const { spot } = this._cursor;
    if (!spot) {
      return this._step(way === 'left' || way === 'up' ? -1 : 1) || true;
    }
    this._goAndTell(walk(this._stage.picture.scene, spot, way));
    return true;
  }

  private _toPorts(): boolean {
    const { spot } = this._cursor;
    this._goAndTell(spot?.kind === 'node' ? firstPort(this._stage.picture.scene, spot.id) : null);
    return true;
  }

  /** Ports and edges never have the focus themselves, so that what they are is told. */
  private _goAndTell(spot: Spot | null): void {
    if (spot) {
      this._cursor.go(spot);
      this._stage.say(spokenSpot(this._stage.picture.scene, spot));
    }
  }

  private _toggle(extend: boolean): boolean {
    const { selection } = this._stage;
    const { spot } = this._cursor;
    if (!spot) {
      return false;
    }
    if (!extend) {
      this._select(spot);
    } else if (spot.kind === 'node') {
      this._stage.select(toggled(selection.nodes, spot.id), selection.edges, selection.areas);
    } else if (spot.kind === 'edge') {
      this._stage.select(selection.nodes, toggled(selection.edges, spot.id), selection.areas);
    } else if (spot.kind === 'area') {
      this._stage.select(selection.nodes, selection.edges, toggled(selection.areas, spot.id));
    }
    return true;
  }

  private _select(spot: Spot): void {
    switch (spot.kind) {
      case 'node':
        this._stage.select([spot.id], []);
        break;
      case 'port':
        this._stage.select([spot.end.node], []);
        break;
      case 'edge':
        this._stage.select([], [spot.id]);
        break;
      case 'area':
        this._stage.select([], [], [spot.id]);
        break;
    }
  }

  private _begin(port: IEnd | null): boolean {
    if (port) {
      this._connect.begin(port);
    }
    return true;
  }

  private _disconnect(port: IEnd): boolean {
    const edges = edgesOn(this._stage.picture.scene, port).map(edge => edge.id);
    if (edges.length > 0 && !this._stage.isReadOnly) {
      this._stage.send({ op: 'delete', nodes: [], edges });
    }
    return true;
  }

  private _reconnect(end: 'source' | 'target'): boolean {
    const edge = this._edge();
    if (edge) {
      const { sourceNode, sourcePort, targetNode, targetPort } = edge;
      this._connect.begin(
        end === 'target'
          ? { node: sourceNode, port: sourcePort, side: 'output' }
          : { node: targetNode, port: targetPort, side: 'input' },
        edge
      );
    }
    return true;
  }

  /** Puts the one selected node where the edge is, as a drop of the node on it does. */
  private _putInto(): boolean {
    const { picture, selection, isReadOnly } = this._stage;
    const edge = this._edge();
    const middle = edge && middleOf(picture.scene, edge);
    const [id] = selection.nodes;
    const box = id === undefined ? undefined : picture.scene.boxes.get(id);
    if (!edge || !middle || isReadOnly) {
      return true;
    }
    const at = placeBeside(picture, this._cursor.spot);
    if (!box || selection.nodes.size !== 1) {
      this._stage.refuse('Select the one node to put into this connection first.', at);
    } else if (!fitsInto(picture.scene, box, edge)) {
      this._stage.refuse(`${box.title} has no free ports that fit into this connection.`, at);
    } else {
      const corner = {
        x: Math.round(middle.x - BOX_WIDTH / 2),
        y: Math.round(middle.y - boxHeight(1) / 2)
      };
      const places = new Map([[box.id, corner]]);
      picture.showAt(places);
      this._stage.sendMove({ boxes: places, areas: new Map() }, { into: edge.id });
      this._cursor.go({ kind: 'node', id: box.id });
    }
    return true;
  }

  /** The edge that has the focus; else the one that is selected. */
  private _edge(): ISceneEdge | null {
    const { picture, selection } = this._stage;
    const { spot } = this._cursor;
    const [selected] = selection.edges;
    const id = spot?.kind === 'edge' ? spot.id : selected;
    return (id === undefined ? undefined : picture.scene.edges.get(id)) ?? null;
  }
}
