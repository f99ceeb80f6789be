import { describe, expect, it } from 'vitest';

import { notebookText, setNotebookText } from '../src/notebookText';

function notebook(metadata: Record<string, unknown>) {
  return {
    metadata,
    getMetadata: (key: string) => metadata[key],
    setMetadata: (key: string, value: unknown) => {
      metadata[key] = value;
    }
  };
}

describe('texts in the notebook', () => {
  it('are read back as they were written, beside the others', () => {
    const one = notebook({ kernelspec: { name: 'python3' }, stratcraft: { other: 'kept' } });
    expect(notebookText(one, 'answer')).toBeNull();
    setNotebookText(one, 'answer', 'yes');
    expect(notebookText(one, 'answer')).toBe('yes');
    expect(one.metadata).toEqual({
      kernelspec: { name: 'python3' },
      stratcraft: { other: 'kept', answer: 'yes' }
    });
  });

  it.each([undefined, null, 'text', [1], { answer: 3 }])(
    'are none where the metadata hold something else: %j',
    stratcraft => {
      expect(notebookText(notebook({ stratcraft }), 'answer')).toBeNull();
      expect(notebookText(notebook({ stratcraft }), 'toString')).toBeNull();
    }
  );
});
