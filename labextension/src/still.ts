// The still picture of a strategy in a cell's output: what it is made of, and how it is shown.

import type { JSONObject, ReadonlyJSONObject } from '@lumino/coreutils';

import { make } from './canvas/dom';
import { asList, asRecord, asText } from './reading';

/** Python writes the same. */
export const STRATEGY_MIME = 'application/vnd.stratcraft.strategy+json';

const PICTURE_MIME = 'image/svg+xml';
const STILL = 'jp-StratCraft-Still';

/** Place of the picture among a cell's outputs; -1 if it has none. */
export function placeOfStill(outputs: unknown): number {
  return asList(outputs).findIndex(output => STRATEGY_MIME in asRecord(asRecord(output).data));
}

/** The output with these data. */
export function stillOutput(data: ReadonlyJSONObject): JSONObject {
  return {
    output_type: 'display_data',
    data: JSON.parse(JSON.stringify(data)) as JSONObject,
    metadata: {}
  };
}

/** Whether the model of a cell is that of a code cell, which has outputs. */
export function isCodeCellModel<T extends { readonly type: string }>(
  model: T
): model is T & { readonly outputs: IOutputs } {
  return model.type === 'code';
}

/** What we need of a cell's outputs. */
export interface IOutputs {
  toJSON(): unknown;
  set(place: number, output: JSONObject): void;
}

/**
 * The picture with a line about it. The page hides it where the builder itself is shown.
 *
 * The picture becomes an image, which cannot run scripts: a notebook may come from anybody.
 */
export function drawStill(data: unknown, copy: (text: string) => Promise<void>): HTMLElement {
  const bundle = asRecord(data);
  const strategy = asRecord(bundle[STRATEGY_MIME]);
  const picture = bundle[PICTURE_MIME];
  const svg = Array.isArray(picture) ? picture.join('') : asText(picture);
  const name = asText(strategy.name);
  const still = make('figure', STILL);
  if (svg !== '') {
    const address = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    const words = asText(bundle['text/plain']);
    still.append(make('img', `${STILL}-picture`, { src: address, alt: words || name }));
  }
  const line = make(
    'figcaption',
    `${STILL}-line`,
    {},
    make('span', '', {}, `${name}, as last shown.`)
  );
  const answer = make('span', '', { role: 'status' });
  const button = make(
    'button',
    'jp-mod-styled jp-mod-reject',
    { type: 'button' },
    'Copy strategy as JSON'
  );
  button.addEventListener('click', () => {
    const text = JSON.stringify(strategy.document ?? {}, null, 2);
    copy(text).then(
      () => {
        answer.textContent = 'Copied. Paste it into a file whose name ends in .strategy.json.';
      },
      () => {
        answer.textContent = 'The browser does not allow copying here.';
      }
    );
  });
  line.append(button, answer);
  still.append(line);
  return still;
}
