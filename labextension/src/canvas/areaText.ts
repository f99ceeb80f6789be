// Writing the title of a frame or the text of a comment, in its place.

import type { IArea } from './areas';
import { make } from './dom';

const MOST = { frame: 120, comment: 2000 } as const;

/** Puts a field in the place of a text until Enter, Escape or a click elsewhere. */
export function editText(
  element: HTMLElement,
  area: IArea,
  onDone: (text: string | null, isByKeys: boolean) => void
): void {
  const isFrame = area.kind === 'frame';
  const field = make('textarea', 'jp-StratCraft-Area-field', {
    'aria-label': isFrame ? 'Title of the frame' : 'Text of the comment',
    placeholder: isFrame ? 'Name this frame' : 'Write a comment',
    maxlength: String(MOST[area.kind]),
    rows: '1',
    'data-own-pointer': ''
  });
  field.value = area.text;
  const shown = element.textContent;
  let isOpen = true;
  const close = (text: string | null, isByKeys: boolean): void => {
    if (!isOpen) {
      return;
    }
    isOpen = false;
    const isChanged = text !== null && text.trim() !== area.text;
    element.replaceChildren(isChanged ? text.trim() || shown : shown);
    onDone(isChanged ? text.trim() : null, isByKeys);
  };
  field.addEventListener('keydown', event => {
    event.stopPropagation();
    const isEnd = event.key === 'Enter' && (isFrame || event.ctrlKey || event.metaKey);
    if (isEnd || event.key === 'Escape') {
      event.preventDefault();
      close(isEnd ? field.value : null, true);
    }
  });
  field.addEventListener('input', () => {
    if (isFrame && field.value.includes('\n')) {
      field.value = field.value.replaceAll('\n', ' ');
    }
  });
  field.addEventListener('blur', () => {
    close(field.value, false);
  });
  element.replaceChildren(field);
  field.focus({ preventScroll: true });
  field.select();
}
