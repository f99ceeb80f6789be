// Says so when Python takes long to answer an edit: its kernel may be running a cell.

const PATIENCE = 1200;

/** Watches over edits that have not been answered. */
export class Waiting {
  constructor(private readonly _say: (text: string) => void) {}

  /** An edit was sent. */
  begin(): void {
    if (this._timer === 0) {
      this._timer = window.setTimeout(() => {
        this._say('Waiting for the kernel…');
      }, PATIENCE);
    }
  }

  /** It was answered. */
  end(): void {
    window.clearTimeout(this._timer);
    this._timer = 0;
    this._say('');
  }

  private _timer = 0;
}
