// The field for an API key as a Jupyter widget.

import { DOMWidgetModel, DOMWidgetView } from '@jupyter-widgets/base';
import type { JSONObject } from '@lumino/coreutils';

import { KeyForm } from './keyForm';
import { sendIfReachable } from './reach';
import { asText } from './reading';
import { MODULE_NAME, MODULE_VERSION } from './version';

/** Whose key is wanted; the key itself is no part of the state. */
export class KeyFieldModel extends DOMWidgetModel {
  override defaults(): Record<string, unknown> {
    return {
      ...super.defaults(),
      _model_name: 'KeyFieldModel',
      _model_module: MODULE_NAME,
      _model_module_version: MODULE_VERSION,
      _view_name: 'KeyFieldView',
      _view_module: MODULE_NAME,
      _view_module_version: MODULE_VERSION,
      provider: '',
      title: ''
    };
  }
}

/** The form on the page. */
export class KeyFieldView extends DOMWidgetView {
  override render(): void {
    super.render();
    const form = new KeyForm(this.el, (message, key) =>
      sendIfReachable(this.model, message as unknown as JSONObject, [key])
    );
    const show = (): void => {
      form.show({
        provider: asText(this.model.get('provider')),
        title: asText(this.model.get('title'))
      });
    };
    show();
    this.listenTo(this.model, 'change:provider change:title', show);
  }
}
