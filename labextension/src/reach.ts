// Whether Python can still be reached: after a restart a comm throws on every send.

import type { WidgetModel } from '@jupyter-widgets/base';
import type { JSONValue } from '@lumino/coreutils';

/** Sends a message if there is still a kernel to get it; tells whether it was sent. */
export function sendIfReachable(
  model: WidgetModel,
  content: JSONValue,
  buffers?: ArrayBufferView[]
): boolean {
  // the comm of Jupyter's services inside; ipywidgets leaves it in place when its kernel dies
  const inner = (model.comm as { jsServicesComm?: { isDisposed?: boolean } } | undefined)
    ?.jsServicesComm;
  if (!model.comm_live || inner?.isDisposed === true) {
    return false;
  }
  model.send(content, {}, buffers);
  return true;
}
