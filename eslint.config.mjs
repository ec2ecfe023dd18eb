import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const clocks = 'Time is an argument in core and comes from the scheduler in session.';
const nodeTest = ['describe', 'it', 'test', 'suite', 'before', 'after', 'skip', 'only', 'todo'];

export default defineConfig(
  globalIgnores([
    'dist',
    'coverage/**',
    '.cache',
    // Each host compiles its own, with packages that are not installed here.
    'examples/**/*.ts',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  {
    files: ['**/*.ts'],
    extends: [eslint.configs.recommended, tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['src/core/tsconfig.json', 'src/session/tsconfig.json', 'tsconfig.json', 'tsconfig.node.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: 'error',
      'no-restricted-globals': ['error', 'event', 'name', 'status'],
      // An implementation of a promise-returning method is async also where it awaits nothing.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    extends: [
      lit.configs['flat/recommended'],
      litA11y.configs.recommended,
      wc.configs['flat/recommended'],
      wc.configs['flat/best-practice'],
    ],
    rules: { 'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/page/debug-log.ts', 'src/testing/**'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['src/core/**/*.ts', 'src/session/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval', 'performance', 'window', 'document', 'self', 'globalThis'].map((name) => ({
          name,
          message: clocks,
        })),
      ],
      'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: clocks }],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: clocks },
        { selector: 'CallExpression[callee.name="Date"]', message: clocks },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          // node:test awaits its own functions. @open-wc/semantic-dom-diff types every `equal` as a promise.
          allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: nodeTest }, 'Equal'],
        },
      ],
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },

  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [eslint.configs.recommended],
    languageOptions: { globals: globals.node },
    rules: { eqeqeq: 'error' },
  },
  {
    files: ['demo/pages/**/*.js'],
    languageOptions: { globals: globals.browser },
  },
);
