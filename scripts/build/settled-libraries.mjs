import { readFile } from 'node:fs/promises';

/**
 * What libraries ask at run time, and what is known when a bundle is made. What hangs on the answers is dropped.
 *
 * @type {ReadonlyArray<{file: RegExp, settled: ReadonlyArray<readonly [asked: RegExp, answer: string]>}>}
 */
const libraries = [
  {
    // `rxjs.config` brings back habits of older versions. A bundle keeps its RxJS to itself, so nobody can set it.
    file: /[\\/]rxjs[\\/]dist[\\/]esm[\\/].*\.js$/,
    settled: [
      [/config\.useDeprecated\w+/g, 'false'],
      [/const \{ (onUnhandledError|onStoppedNotification) \} = config;/g, 'const $1 = null;'],
      [/config\.Promise/g, 'undefined'],
      [/timeoutProvider\.setTimeout/g, 'setTimeout'],
    ],
  },
  {
    // Polyfills are for browsers without shadow DOM, hydration and the list of versions for pages with a Lit of their own.
    file: /[\\/](lit-html|lit-element|reactive-element)[\\/][\w-]+\.js$/,
    settled: [
      [/\b\w+\.(ShadyCSS|\w+PolyfillSupport|litElementHydrateSupport)\b/g, 'undefined'],
      [/\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[^"]*"\)/g, '0'],
    ],
  },
];

/** @type {import('esbuild').Plugin} */
export const settledLibraries = {
  name: 'settled-libraries',
  setup({ onLoad }) {
    for (const { file, settled } of libraries) {
      onLoad({ filter: file }, async ({ path }) => {
        const code = await readFile(path, 'utf8');
        return { contents: settled.reduce((text, [asked, answer]) => text.replace(asked, answer), code) };
      });
    }
  },
};
