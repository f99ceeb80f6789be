// Names and contents of the notebooks that are made for strategy files. No JupyterLab imports.

import type { JSONObject } from '@lumino/coreutils';

import { asList, asRecord, asText } from './reading';

/** How the name of a strategy document ends. */
export const SUFFIX = '.strategy.json';

/** The kernel of a new notebook. */
export interface IKernelChoice {
  readonly name: string;
  readonly display_name: string;
}

/** What is known of the kernels of a server. */
export interface IKernelSpecs {
  readonly default: string;
  readonly kernelspecs: Readonly<
    Record<
      string,
      | { readonly name: string; readonly display_name: string; readonly language: string }
      | undefined
    >
  >;
}

/** Whether a path is that of a strategy document. */
export function isStrategyPath(path: string): boolean {
  return path.endsWith(SUFFIX);
}

/** Folder and name of a path; the folder ends with a slash unless it is the root. */
export function splitPath(path: string): { folder: string; name: string } {
  const end = path.lastIndexOf('/') + 1;
  return { folder: path.slice(0, end), name: path.slice(end) };
}

/** The code that shows a builder, on a file beside the notebook or on the choice of one. */
export function builderSource(file: string | null): string {
  const given = file === null ? '' : pythonText(file);
  return [
    'import stratcraft_jupyter as sc',
    '',
    `builder = sc.StrategyBuilder(${given})`,
    'builder'
  ].join('\n');
}

/** A text as Python reads it: what JSON writes between quotes means the same there. */
function pythonText(text: string): string {
  return JSON.stringify(text);
}

/** A Python kernel: the server's default one if it is. */
export function pythonKernel(specs: IKernelSpecs | null): IKernelChoice {
  const all = Object.values(specs?.kernelspecs ?? {}).filter(spec => spec !== undefined);
  const python = all.filter(({ language }) => language.toLowerCase() === 'python');
  const chosen = python.find(({ name }) => name === specs?.default) ?? python[0];
  return {
    name: chosen?.name ?? 'python3',
    display_name: chosen?.display_name ?? 'Python 3'
  };
}

/** A notebook with one code cell. */
export function notebookContent(source: string, kernel: IKernelChoice, cellId: string): JSONObject {
  return {
    cells: [
      { cell_type: 'code', execution_count: null, id: cellId, metadata: {}, outputs: [], source }
    ],
    metadata: {
      kernelspec: { display_name: kernel.display_name, language: 'python', name: kernel.name },
      language_info: { name: 'python' }
    },
    nbformat: 4,
    nbformat_minor: 5
  };
}

/** Place of the first code cell with a builder on a file, or on none; -1 if there is no such cell. */
export function placeOfBuilder(cells: readonly unknown[], file: string | null): number {
  const call = `StrategyBuilder(${file === null ? '' : pythonText(file)}`;
  return cells.findIndex(cell => {
    const { cell_type, source } = asRecord(cell);
    const text = Array.isArray(source) ? asList(source).map(asText).join('') : asText(source);
    return cell_type === 'code' && text.includes(call);
  });
}

/** The first of `stem.ipynb`, `stem-1.ipynb` and so on that `fits`. */
export async function firstFitting(
  stem: string,
  fits: (name: string) => Promise<boolean>
): Promise<string> {
  for (let number = 0; ; number++) {
    const name = `${stem}${number === 0 ? '' : `-${String(number)}`}.ipynb`;
    if (await fits(name)) {
      return name;
    }
  }
}
