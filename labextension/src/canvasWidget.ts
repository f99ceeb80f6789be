// The canvas as a Jupyter widget: passes traits and messages between Python and the editor.

import { DOMWidgetModel, DOMWidgetView } from '@jupyter-widgets/base';

import type { JSONObject } from '@lumino/coreutils';

import type { StrategyEditor } from './canvas/editor';
import type { IMemory } from './canvas/frame';
import { OwnSelection } from './canvas/ownSelection';
import { readState, STATE_TRAITS } from './canvas/state';
import type { CanvasEdit, IEditMessage, ISelectMessage } from './messages';
import { readCanvasMessage } from './messages';
import { sendIfReachable } from './reach';
import { asText } from './reading';
import { CLIENT_ID } from './tokens';
import { MODULE_NAME, MODULE_VERSION } from './version';

/** The state of a canvas, as Python gives it. */
export class StrategyCanvasModel extends DOMWidgetModel {
  override defaults(): Record<string, unknown> {
    return {
      ...super.defaults(),
      _model_name: 'StrategyCanvasModel',
      _model_module: MODULE_NAME,
      _model_module_version: MODULE_VERSION,
      _view_name: 'StrategyCanvasView',
      _view_module: MODULE_NAME,
      _view_module_version: MODULE_VERSION,
      document: {},
      kinds: {},
      captions: {},
      diagnostics: [],
      selected_nodes: [],
      selected_edges: [],
      selected_by: '',
      undo_name: null,
      redo_name: null,
      favourite_kinds: [],
      recent_kinds: [],
      read_only: false
    };
  }
}

/** How many selections this page has told. */
let selections = 0;

/** What outlives a view, and concerns nobody but the screen. */
const memories = new WeakMap<object, IMemory>();

function memoryOf(model: object): IMemory {
  const memory = memories.get(model) ?? { height: null, isLegendOpen: true };
  memories.set(model, memory);
  return memory;
}

/** The models of the canvases on the page, by their elements. */
const shown = new WeakMap<Element, { get(trait: string): unknown }>();

/** The strategy document on the canvas inside an element; null if there is none. */
export function documentShownIn(element: Element): unknown {
  const canvas = element.querySelector('.jp-StratCraft-Canvas');
  return (canvas && shown.get(canvas)?.get('document')) ?? null;
}

/** One canvas on the page. */
export class StrategyCanvasView extends DOMWidgetView {
  /** Saves the notebook in front. Set once, by our plugin. */
  static save: () => void = () => undefined;

  override async render(): Promise<void> {
    super.render();
    // the editor is loaded when the first canvas is shown: many notebooks have none
    const { StrategyEditor } = await import('./canvas/editor');
    if (this._isRemoved) {
      return;
    }
    const { model } = this;
    this._own = new OwnSelection();
    shown.set(this.el, model);
    const editor = new StrategyEditor(
      this.el,
      {
        send: edit => {
          this._sendEdit(edit);
        },
        select: (nodes, edges) => {
          this._sendSelection(nodes, edges);
        },
        save: () => {
          StrategyCanvasView.save();
        }
      },
      memoryOf(model)
    );
    this._editor = editor;
    this._show();
    this.listenTo(model, 'change', () => {
      if ([...STATE_TRAITS, 'selected_by'].some(name => model.hasChanged(name))) {
        this._show();
      }
    });
    this.listenTo(model, 'change:document change:undo_name change:redo_name', () => {
      editor.answered();
    });
    this.listenTo(model, 'msg:custom', (content: unknown) => {
      const message = readCanvasMessage(content);
      if (message) {
        editor.receive(message);
      }
    });
    this.listenTo(model, 'comm_live_update', () => {
      editor.setConnected(model.comm_live);
    });
    editor.setConnected(model.comm_live);
  }

  override remove(): void {
    this._isRemoved = true;
    this._editor?.dispose();
    this._editor = undefined;
    super.remove();
  }

  private _show(): void {
    const state = readState(name => this.model.get(name) as unknown);
    const answered = asText(this.model.get('selected_by'));
    this._editor?.update(this._own?.over(state, answered) ?? state);
  }

  /** As a message and not as a trait: ipywidgets holds traits back, and edits would overtake them. */
  private _sendSelection(nodes: string[], edges: string[]): void {
    const message: ISelectMessage = {
      type: 'select',
      client_id: CLIENT_ID,
      request_id: `${CLIENT_ID}-${++selections}`,
      nodes,
      edges
    };
    if (sendIfReachable(this.model, message as unknown as JSONObject)) {
      this._own?.told(message.request_id, nodes, edges);
    }
  }

  private _sendEdit(edit: CanvasEdit): void {
    const message: IEditMessage = { type: 'edit', client_id: CLIENT_ID, edit };
    sendIfReachable(this.model, message as unknown as JSONObject);
  }

  // no initial values: class fields are set after Backbone's initialize()
  private _editor?: StrategyEditor;
  private _own?: OwnSelection;
  private _isRemoved?: boolean;
}
