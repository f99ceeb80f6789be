// @vitest-environment jsdom

import { beforeEach, describe, expect, test } from 'vitest';

import type { IKeyMessage } from '../src/keyForm';
import { KeyForm } from '../src/keyForm';
import { fixture } from './fixtures';

const { key_field_to_python } = fixture('messages.json') as {
  key_field_to_python: { key: IKeyMessage };
};
const KEY = 'no-real-key';

describe('the field for a key', () => {
  let host: HTMLElement;
  let form: KeyForm;
  let sent: IKeyMessage[];
  let keys: string[];
  let isReachable: boolean;

  beforeEach(() => {
    host = document.createElement('div');
    sent = [];
    keys = [];
    isReachable = true;
    form = new KeyForm(host, (message, key) => {
      sent.push(message);
      keys.push(new TextDecoder().decode(key));
      return isReachable;
    });
    form.show({ provider: 'openai', title: 'OpenAI' });
  });

  function input(type: string): HTMLInputElement {
    const found = host.querySelector<HTMLInputElement>(`input[type=${type}]`);
    if (!found) {
      throw new Error(`no ${type} field`);
    }
    return found;
  }

  function submit(text: string): void {
    input('password').value = text;
    host.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  }

  test('sends what was typed once and forgets it', () => {
    submit(KEY);
    expect(sent).toEqual([key_field_to_python.key]);
    expect(keys).toEqual([KEY]);
    expect(input('password').value).toBe('');
    expect(host.outerHTML).not.toContain(KEY);
  });

  test('takes Enter for itself', () => {
    input('password').value = KEY;
    const enter = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, bubbles: true });
    input('password').dispatchEvent(enter);
    expect(sent).toHaveLength(1);
    expect(enter.defaultPrevented).toBe(true);
    expect(input('password').value).toBe('');
  });

  test('is a password field that no browser fills in', () => {
    expect(input('password').autocomplete).toBe('new-password');
    expect(host.textContent).toContain('API key of OpenAI');
  });

  test('says that the key is to be kept', () => {
    input('checkbox').checked = true;
    submit(KEY);
    expect(sent[0]?.is_stored).toBe(true);
  });

  test('sends nothing without a key', () => {
    submit('  ');
    expect(sent).toEqual([]);
    expect(host.textContent).toContain('Type the key first.');
  });

  test('forgets what was typed for another provider', () => {
    input('password').value = KEY;
    form.show({ provider: 'anthropic', title: 'Anthropic' });
    expect(input('password').value).toBe('');
    submit(KEY);
    expect(sent[0]?.provider).toBe('anthropic');
  });

  test('keeps what is being typed when it is told the same again', () => {
    input('password').value = KEY;
    form.show({ provider: 'openai', title: 'OpenAI' });
    expect(input('password').value).toBe(KEY);
  });

  test('says that no kernel took the key', () => {
    isReachable = false;
    submit(KEY);
    expect(host.textContent).toContain('no kernel');
    expect(input('password').value).toBe('');
  });
});
