// Writing the title of a frame or the text of a comment, in its place.

import type { IArea } from './areas';
import { make } from './dom';

const MOST = { frame: 120, comment: 2000 } as const;

/**
 * Puts a field in the place of a text until Enter, Escape or a click elsewhere. What was typed is kept
 * in each case: undo takes it back. Null is told when the text stays as it was.
 */
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
  const close = (isByKeys: boolean): void => {
    if (!isOpen) {
      return;
    }
    isOpen = false;
    const text = field.value.trim();
    const isChanged = text !== area.text;
    element.replaceChildren(isChanged && text !== '' ? text : shown);
    onDone(isChanged ? text : null, isByKeys);
  };
  field.addEventListener('keydown', event => {
    event.stopPropagation();
    const isEnd = event.key === 'Enter' && (isFrame || event.ctrlKey || event.metaKey);
    if (isEnd || event.key === 'Escape') {
      event.preventDefault();
      close(true);
    }
  });
  field.addEventListener('input', () => {
    if (isFrame && field.value.includes('\n')) {
      field.value = field.value.replaceAll('\n', ' ');
    }
  });
  field.addEventListener('blur', () => {
    close(false);
  });
  element.replaceChildren(field);
  field.focus({ preventScroll: true });
  field.select();
}
