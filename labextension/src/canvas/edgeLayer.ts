// The edges, painted by cytoscape under the boxes. Its nodes are invisible stand-ins for the boxes.

import type { CollectionReturnValue, Core, StylesheetJson } from 'cytoscape';
import cytoscape from 'cytoscape';

import { relativeControls } from './curve';
import { make } from './dom';
import type { IViewport } from './geometry';
import { MAX_ZOOM, MIN_ZOOM } from './geometry';
import { PORT_TYPES } from './ports';
import type { IBox, IScene, ISceneEdge } from './scene';
import { edgeCurve, edgeOffset } from './scene';
import type { ISceneChange } from './sceneDiff';
import type { IEdgeColors } from './theme';

/** The layer of edges. */
export class EdgeLayer {
  /**
   * @param colors what to paint with
   * @param onDrawn called in each frame in which edges were painted, when they have been
   */
  constructor(colors: IEdgeColors, onDrawn: () => void) {
    this.node = make('div', 'jp-StratCraft-Edges', { 'aria-hidden': 'true' });
    this._cy = cytoscape({
      container: this.node,
      style: styleSheet(colors),
      layout: { name: 'preset' },
      minZoom: MIN_ZOOM,
      maxZoom: MAX_ZOOM,
      // the canvas has its own gestures, the same for boxes and edges
      userZoomingEnabled: false,
      userPanningEnabled: false,
      boxSelectionEnabled: false,
      autoungrabify: true,
      autounselectify: true
    });
    this._cy.on('render', onDrawn);
  }

  readonly node: HTMLElement;

  /** Brings the edges from one scene to the next. */
  apply(change: ISceneChange, scene: IScene): void {
    this._cy.batch(() => {
      for (const id of [...change.edgesRemoved, ...change.removed]) {
        this._routes.delete(id);
        this._cy.getElementById(id).remove();
      }
      this._cy.add(change.added.map(box => ({ group: 'nodes', data: { id: box.id } })));
      this._placeNodes([...change.added, ...change.changed, ...change.moved]);
      this._cy.add(
        change.edgesAdded.map(({ id, sourceNode, targetNode }) => ({
          group: 'edges',
          data: { id, source: sourceNode, target: targetNode }
        }))
      );
      for (const edge of [...change.edgesAdded, ...change.edgesChanged]) {
        this._cy.getElementById(edge.id).classes(classesOf(edge));
      }
    });
    // a box that comes, goes or moves may be in the way of any edge, or out of it
    const isShifted = [change.added, change.removed, change.changed, change.moved].some(
      list => list.length > 0
    );
    const touched = isShifted ? scene.edges.values() : change.edgesAdded;
    this._route(touched, scene);
  }

  /** Follows boxes that move. */
  place(boxes: readonly IBox[], scene: IScene): void {
    const moving = new Set(boxes.map(box => box.id));
    this._cy.batch(() => {
      this._placeNodes(boxes);
    });
    const turned: ISceneEdge[] = [];
    for (const edge of scene.edges.values()) {
      // an edge whose both ends move along keeps its shape
      if (moving.has(edge.sourceNode) !== moving.has(edge.targetNode)) {
        turned.push(edge);
      }
    }
    this._route(turned, scene);
  }

  /** Marks the selected edges. */
  select(ids: ReadonlySet<string>): void {
    this._cy.batch(() => {
      this._cy.edges('.selected').removeClass('selected');
      this._edges(ids).addClass('selected');
    });
  }

  /** Marks the edge under the pointer. */
  hover(id: string | null): void {
    this._cy.edges('.hovered').removeClass('hovered');
    if (id !== null) {
      this._cy.getElementById(id).addClass('hovered');
    }
  }

  /** Marks the edge that a box would be dropped into; null marks none. */
  aim(id: string | null): void {
    this._cy.edges('.aimed').removeClass('aimed');
    if (id !== null) {
      this._cy.getElementById(id).addClass('aimed');
    }
  }

  /** Fades all edges, while a new one is drawn. */
  fade(isFaded: boolean): void {
    this._cy.edges().toggleClass('faded', isFaded);
  }

  /** Shows another part of the document. */
  setViewport({ panX, panY, zoom }: IViewport): void {
    this._cy.viewport({ zoom, pan: { x: panX, y: panY } });
  }

  /** Paints with other colours. */
  setColors(colors: IEdgeColors): void {
    this._cy.style(styleSheet(colors));
  }

  /** Takes on the size of its container. */
  resize(): void {
    this._cy.resize();
  }

  /** Frees all that cytoscape holds. */
  dispose(): void {
    this._cy.destroy();
  }

  private _edges(ids: Iterable<string>): CollectionReturnValue {
    let found = this._cy.collection();
    for (const id of ids) {
      found = found.union(this._cy.getElementById(id));
    }
    return found;
  }

  private _placeNodes(boxes: Iterable<IBox>): void {
    for (const box of boxes) {
      this._cy
        .getElementById(box.id)
        .data({ width: box.width, height: box.height })
        .position({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
    }
  }

  private _route(edges: Iterable<ISceneEdge>, scene: IScene): void {
    this._cy.batch(() => {
      for (const edge of edges) {
        const course = routeOf(scene, edge);
        const text = JSON.stringify(course);
        if (course && this._routes.get(edge.id) !== text) {
          this._routes.set(edge.id, text);
          this._cy.getElementById(edge.id).data(course);
        }
      }
    });
  }

  private readonly _cy: Core;
  /** What each edge was told last: most edges stay as they are, and telling them takes time. */
  private readonly _routes = new Map<string, string>();
}

/** An edge's course in cytoscape's terms. */
function routeOf(scene: IScene, edge: ISceneEdge): Record<string, unknown> | null {
  const curve = edgeCurve(scene, edge);
  const source = scene.boxes.get(edge.sourceNode);
  const target = scene.boxes.get(edge.targetNode);
  if (!curve || !source || !target) {
    return null;
  }
  return {
    from: fromCentre(source, edgeOffset(source, 'output', edge.sourcePort)),
    to: fromCentre(target, edgeOffset(target, 'input', edge.targetPort)),
    ...relativeControls(curve)
  };
}

function fromCentre(box: IBox, offset: { x: number; y: number }): string {
  return `${offset.x - box.width / 2}px ${offset.y - box.height / 2}px`;
}

function classesOf(edge: ISceneEdge): string {
  const off = edge.enabled ? null : 'disabled';
  return [edge.type, edge.severity, off].filter(name => name !== null).join(' ');
}

function styleSheet(colors: IEdgeColors): StylesheetJson {
  return [
    {
      selector: 'node',
      style: {
        shape: 'rectangle',
        width: 'data(width)',
        height: 'data(height)',
        'background-opacity': 0,
        'border-width': 0
      }
    },
    {
      selector: 'edge',
      style: {
        width: 2,
        'curve-style': 'unbundled-bezier',
        'edge-distances': 'endpoints',
        'source-endpoint': 'data(from)',
        'target-endpoint': 'data(to)',
        'control-point-weights': 'data(weights)',
        'control-point-distances': 'data(distances)',
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.85
      }
    },
    ...PORT_TYPES.map(type => painted(`edge.${type}`, colors.types[type])),
    painted('edge.warning', colors.warning, { 'line-style': 'dashed' }),
    painted('edge.error', colors.error, { 'line-style': 'dashed' }),
    { selector: 'edge.disabled', style: { 'line-style': 'dotted', opacity: 0.45 } },
    { selector: 'edge.hovered', style: { width: 3 } },
    { selector: 'edge.aimed', style: { width: 6 } },
    {
      selector: 'edge.selected',
      style: {
        width: 3,
        'underlay-color': colors.selected,
        'underlay-opacity': 0.3,
        'underlay-padding': 4
      }
    },
    { selector: 'edge.faded', style: { opacity: 0.25 } }
  ] as StylesheetJson; // its types know no mapping from data for endpoints
}

function painted(selector: string, color: string, more: object = {}): object {
  return { selector, style: { 'line-color': color, 'target-arrow-color': color, ...more } };
}
