// The edits that the canvas sends to Python.

/** A place on the canvas, in the document's own units. */
export interface IPosition {
  x: number;
  y: number;
}

/** Place and size of a frame or comment. */
export interface IExtent extends IPosition {
  width: number;
  height: number;
}

/** What moves nodes other than a drag: aligned at a side, centred, or at even distances. */
export type Arrangement =
  'left' | 'right' | 'top' | 'bottom' | 'centre' | 'middle' | 'across' | 'down' | 'layout';

/** A port that a new node is to be connected to. */
export interface IJoin {
  endpoint: string;
  side: 'input' | 'output';
}

/** One edit of the strategy document. */
export type CanvasEdit =
  | {
      op: 'move';
      positions: Record<string, IPosition>;
      /** A frame that is arranged gets another size too. */
      areas?: Record<string, IPosition | IExtent>;
      how?: Arrangement | 'drag';
      into?: string;
    }
  | { op: 'connect'; source: string; target: string }
  | { op: 'reconnect'; edge: string; source: string; target: string }
  | { op: 'delete'; nodes: string[]; edges: string[]; areas?: string[]; how?: 'delete' | 'cut' }
  | { op: 'bridge'; nodes: string[] }
  | { op: 'duplicate'; nodes: string[]; areas?: string[] }
  | { op: 'paste'; text: string; position?: IPosition }
  | { op: 'enable'; nodes: string[]; enabled: boolean }
  | { op: 'frame'; nodes: string[]; area: IExtent; title?: string }
  | { op: 'comment'; area: IExtent; text?: string }
  | { op: 'write'; id: string; text: string }
  | { op: 'resize'; id: string; area: IExtent }
  | { op: 'add'; kind: string; position: IPosition; join?: IJoin; into?: string }
  | { op: 'undo' }
  | { op: 'redo' };
