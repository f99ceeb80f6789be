// A field for an API key. Its text goes to Python in one message and is forgotten: it is never in
// the state of a widget, which notebooks save.

const FIELD_CLASS = 'jp-StratCraft-KeyForm';

/** What Python is told when a key was typed; the key itself goes beside it, as bytes. */
export interface IKeyMessage {
  type: 'key';
  provider: string;
  is_stored: boolean;
}

/** What the form says and where its key belongs. */
export interface IKeyPurpose {
  provider: string;
  title: string;
}

/** The form in an element; it sends what is typed once, on Enter or a press of its button. */
export class KeyForm {
  constructor(
    host: HTMLElement,
    private readonly _send: (message: IKeyMessage, key: Uint8Array) => boolean
  ) {
    this._form = document.createElement('form');
    this._form.className = FIELD_CLASS;
    this._form.autocomplete = 'off';
    const label = document.createElement('label');
    this._caption = document.createElement('span');
    this._input = document.createElement('input');
    this._input.type = 'password';
    this._input.autocomplete = 'new-password';
    this._input.spellcheck = false;
    label.append(this._caption, this._input);
    const storing = document.createElement('label');
    this._isStored = document.createElement('input');
    this._isStored.type = 'checkbox';
    storing.append(this._isStored, 'Keep it in the keyring of this system');
    const button = document.createElement('button');
    button.type = 'submit';
    button.className = 'jupyter-button widget-button jp-StratCraft-button';
    button.textContent = 'Use key';
    this._said = document.createElement('span');
    this._said.setAttribute('role', 'status');
    this._form.append(label, storing, button, this._said);
    this._form.addEventListener('submit', event => {
      event.preventDefault(); // a page must not be loaded with the key in its address
      this._submit();
    });
    // the notebook around it may take the key that would submit a form
    this._input.addEventListener('keydown', event => {
      if (event.key === 'Enter') {
        event.preventDefault();
        event.stopPropagation();
        this._submit();
      }
    });
    host.replaceChildren(this._form);
  }

  /** Says whose key is wanted; what was typed for another provider is forgotten. */
  show(purpose: IKeyPurpose): void {
    if (purpose.provider !== this._provider) {
      this._input.value = '';
      this._said.textContent = '';
    }
    this._provider = purpose.provider;
    this._caption.textContent = `API key of ${purpose.title}`;
  }

  private _submit(): void {
    const key = this._input.value;
    this._input.value = '';
    if (key.trim() === '') {
      this._said.textContent = 'Type the key first.';
      return;
    }
    const is_stored = this._isStored.checked;
    const message: IKeyMessage = { type: 'key', provider: this._provider, is_stored };
    // logs hold the text of messages, but not their buffers
    const isSent = this._send(message, new TextEncoder().encode(key));
    this._said.textContent = isSent ? 'Sent.' : 'There is no kernel to take the key.';
  }

  private readonly _form: HTMLFormElement;
  private readonly _caption: HTMLSpanElement;
  private readonly _input: HTMLInputElement;
  private readonly _isStored: HTMLInputElement;
  private readonly _said: HTMLSpanElement;
  private _provider = '';
}
