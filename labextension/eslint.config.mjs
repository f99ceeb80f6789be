import eslint from '@eslint/js';
import jupyter from '@jupyter/eslint-plugin';
import prettier from 'eslint-config-prettier/flat';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['lib/', 'node_modules/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.check.json', tsconfigRootDir: import.meta.dirname }
    },
    rules: {
      '@typescript-eslint/naming-convention': [
        'error',
        // JupyterLab's habit: an interface is told from a class by its I
        { selector: 'interface', format: ['PascalCase'], prefix: ['I'] }
      ],
      // numbers in messages need no ceremony
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }]
    }
  },
  { plugins: { jupyter } },
  ...jupyter.configs.recommended,
  {
    rules: {
      // the user interface is English only, on the Python side too
      'jupyter/no-untranslated-string': 'off'
    }
  },
  prettier
);
