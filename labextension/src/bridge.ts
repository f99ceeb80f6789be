// The bridge: a widget without a view, by which Python reaches the notebook that it is shown in.

import { WidgetModel } from '@jupyter-widgets/base';
import type { IBackboneModelOptions } from '@jupyter-widgets/base/lib/widget';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { JSONObject } from '@lumino/coreutils';

import { documentShownIn } from './canvasWidget';
import { enteredBy } from './entered';
import { watchKernel } from './kernelWatch';
import { markLost } from './lostBuilder';
import { notebookText, setNotebookText } from './notebookText';
import type { BridgeMessage, BridgeReply, BridgeRequest, StreamRequest } from './messages';
import { readBridgeRequest } from './messages';
import { pressedBy } from './pressed';
import { sendIfReachable } from './reach';
import { asText } from './reading';
import type { IStreamAnswer } from './stream';
import { CellStreams } from './stream';
import type { INotebookCells } from './tokens';
import { CellError, CLIENT_ID } from './tokens';
import { MODULE_NAME, MODULE_VERSION } from './version';

/** Class of a builder's root element; a second class carries its id. */
const BUILDER_CLASS = 'jp-StratCraft-Builder';
const BUILDER_ID_CLASS = 'jp-StratCraft-id-';

/** What models are writing into the notebooks of this page. */
const streams = new CellStreams();

/** Answers Python's requests about cells, and says hello. */
export class BridgeModel extends WidgetModel {
  /** The service for cells; null where there are no notebooks. Set once, by our plugin. */
  static cells: INotebookCells | null = null;

  override defaults(): Record<string, unknown> {
    return {
      ...super.defaults(),
      _model_name: 'BridgeModel',
      _model_module: MODULE_NAME,
      _model_module_version: MODULE_VERSION,
      _view_name: null,
      _view_module: null,
      _view_module_version: MODULE_VERSION,
      builder_id: ''
    };
  }

  override initialize(attributes: Record<string, unknown>, options: IBackboneModelOptions): void {
    super.initialize(attributes, options);
    this.on('msg:custom', (content: unknown) => {
      this._receive(content);
    });
    // Python has to know which of several tabs was clicked: a press says so before its click does
    const abort = new AbortController();
    for (const type of ['pointerover', 'focusin', 'pointerdown', 'keydown', 'click'] as const) {
      document.addEventListener(
        type,
        event => {
          if (this._isInBuilder(event.target)) {
            this._noteUse(event);
            this._enter(event);
            this._press(event);
          }
        },
        { capture: true, signal: abort.signal }
      );
    }
    const stopCells = this._watchCells();
    this._whenLost(() => {
      abort.abort();
      stopCells?.();
      this._endStreams();
    });
    this._tell({
      type: 'hello',
      client_id: CLIENT_ID,
      version: MODULE_VERSION,
      front_end: BridgeModel.cells?.frontEnd ?? 'lab'
    });
  }

  /** Python shows which cell it would run: it is told when that cell changes or is deleted. */
  private _watchCells(): (() => void) | null {
    const context = this._context();
    const id = asText(this.get('builder_id'));
    if (!BridgeModel.cells || !context || id === '') {
      return null;
    }
    return BridgeModel.cells.watch(context, id, () => {
      this._tell({ type: 'cells_changed', client_id: CLIENT_ID });
    });
  }

  /** What was on its way into a cell ends there: nothing more will come. */
  private _endStreams(): void {
    const model = this._context()?.model as INotebookModel | undefined;
    if (model?.isDisposed === false) {
      streams.end(model.sharedModel, asText(this.get('builder_id')));
    }
  }

  /** A model is of no use once its kernel is gone; a builder made anew has its own. */
  private _whenLost(stopListening: () => void): void {
    const session = this._context()?.sessionContext;
    const stopWatching =
      session &&
      watchKernel(session, reason => {
        stopListening();
        // ipywidgets first: a field made inert loses its focus, and would send its text
        window.setTimeout(() => {
          this._showLoss(reason);
        });
      });
    this.once('destroy', () => {
      stopListening();
      stopWatching?.();
    });
  }

  private _showLoss(reason: string): void {
    const context = this._context();
    const { cells } = BridgeModel;
    const selector = `.${BUILDER_CLASS}.${BUILDER_ID_CLASS}${asText(this.get('builder_id'))}`;
    // cells out of sight may be off the page
    const roots = [document, ...(context && cells ? cells.nodes(context) : [])];
    const builders = roots.flatMap(root => [...root.querySelectorAll<HTMLElement>(selector)]);
    for (const builder of new Set(builders)) {
      markLost(builder, reason, {
        run: context && cells ? () => void cells.run(context, builder) : null,
        document: () => documentShownIn(builder)
      });
    }
  }

  private _receive(content: unknown): void {
    const request = readBridgeRequest(content);
    if (request?.client_id === CLIENT_ID) {
      this._tell(this._answer(request));
    }
  }

  private _answer(request: BridgeRequest): BridgeReply {
    const { request_id } = request;
    try {
      return { type: 'reply', request_id, ok: true, ...this._carryOut(request) };
    } catch (error) {
      if (error instanceof CellError) {
        return { type: 'reply', request_id, ok: false, reason: error.message };
      }
      console.error(error);
      return {
        type: 'reply',
        request_id,
        ok: false,
        reason: `The notebook refused: ${String(error)}`
      };
    }
  }

  private _carryOut(request: BridgeRequest): JSONObject {
    const { cells } = BridgeModel;
    const context = this._context();
    if (!cells || !context) {
      throw new CellError('This builder is not shown in a notebook.');
    }
    switch (request.type) {
      case 'insert_cell':
        return { cell_id: cells.insert(context, request) };
      case 'replace_cell':
        return { cell_id: cells.replace(context, request) };
      case 'find_cells':
        return { cells: cells.find(context, request.builder_id) as JSONObject[] };
      case 'read_notebook':
        return { value: notebookText(cells.notebook(context), request.key) };
      case 'write_notebook':
        setNotebookText(cells.notebook(context), request.key, request.value);
        return {};
      case 'show_still':
        cells.showStill(context, request.cell_id, request.data);
        return {};
      case 'begin_stream':
      case 'append_stream':
      case 'finish_stream':
      case 'abandon_stream':
        return this._stream(cells, context, request);
    }
  }

  private _stream(
    cells: INotebookCells,
    context: DocumentRegistry.Context,
    request: StreamRequest
  ): IStreamAnswer {
    const answer = streams.answer(cells.notebook(context), request);
    if (request.type === 'begin_stream') {
      cells.show(context, answer.cell_id);
    }
    return answer;
  }

  /** The document that the widget belongs to; consoles have none. */
  private _context(): DocumentRegistry.Context | null {
    const owner = this.widget_manager as { context?: DocumentRegistry.Context };
    return owner.context ?? null;
  }

  private _isInBuilder(target: EventTarget | null): boolean {
    const builder = target instanceof Element ? target.closest(`.${BUILDER_CLASS}`) : null;
    const id = asText(this.get('builder_id'));
    return id !== '' && builder?.classList.contains(`${BUILDER_ID_CLASS}${id}`) === true;
  }

  /** Tells that the user comes to the builder, or presses something in it. */
  private _noteUse(event: Event): void {
    const isPress = event instanceof KeyboardEvent && (event.key === 'Enter' || event.key === ' ');
    if (event.type === 'pointerdown' || isPress || this._comesIn(event)) {
      this._tell({ type: 'active', client_id: CLIENT_ID });
    }
  }

  /** The pointer or the keyboard's focus, from elsewhere. */
  private _comesIn(event: Event): boolean {
    const canCome = event.type === 'pointerover' || event.type === 'focusin';
    return canCome && !this._isInBuilder((event as FocusEvent | PointerEvent).relatedTarget);
  }

  /** Enter, or the button of a field: what ipywidgets would send overtakes the letters typed last. */
  private _enter(event: Event): void {
    const entered = enteredBy(event);
    if (!entered || !this.widget_manager.has_model(entered.modelId)) {
      return;
    }
    event.preventDefault();
    if (entered.by === 'button') {
      event.stopPropagation(); // the button's own click would come without the text
    }
    if (entered.beginsAnew) {
      entered.field.select();
    }
    const { modelId, text, by } = entered;
    this._tellModel(modelId, { event: 'submit', text, by });
  }

  /** An entry of a list: ipywidgets would tell its place alone, and later than what is sent next. */
  private _press(event: Event): void {
    const pressed = pressedBy(event);
    if (!pressed || !this.widget_manager.has_model(pressed.modelId)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const { modelId, ...press } = pressed;
    this._tellModel(modelId, { event: 'press', ...press });
  }

  private _tellModel(modelId: string, content: JSONObject): void {
    void this.widget_manager.get_model(modelId).then(model => {
      sendIfReachable(model, content);
    });
  }

  private _tell(message: BridgeMessage): void {
    sendIfReachable(this, message);
  }
}
