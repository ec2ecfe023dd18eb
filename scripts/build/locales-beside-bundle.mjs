import { resolve } from 'node:path';

/**
 * Replaces `src/element/import-locale.ts`, so that a bundle which is a single file fetches `locales/<code>.js` from beside
 * itself. The path is not written where esbuild looks for modules to bundle; other bundlers, which may read the
 * bundle later, find it.
 */

/** A module, and `import()` in it, have the address of the file. */
const fromModule = `
const path = (code) => './locales/' + code + '.js';
export const importLocale = (code) => import(path(code));
`;

/**
 * In a classic script, `import()` resolves a path against the address of the file, after redirects, but against nothing when the
 * file is from another host and its tag has no `crossorigin`. Then the absolute address in the tag is taken. A relative
 * one would depend on `<base>`, and so would `import()` in an inline script, which therefore loads nothing.
 *
 * @see https://html.spec.whatwg.org/multipage/webappapis.html#creating-a-classic-script
 */
const fromClassicScript = `
import { platformMember } from ${JSON.stringify(resolve('src/core/platform-member.ts'))};
const script = typeof document === 'object' ? platformMember(document, 'currentScript') : null;
const address = script && script.getAttribute('src');
const path = (code) => './locales/' + code + '.js';
export const importLocale = async (code) => {
  if (!address) throw new TypeError('The address of the bundle is not known.');
  try {
    return await import(path(code));
  } catch (error) {
    if (!/^\\s*(https?:)?\\/\\//i.test(address)) throw error;
    return import(new URL(path(code), new URL(address, location.href)).href);
  }
};
`;

/** @param {'module' | 'classic'} kind of the script that the bundle is @returns {import('esbuild').Plugin} */
export const localesBesideBundle = (kind) => ({
  name: 'locales-beside-bundle',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]element[\\/]import-locale\.ts$/ }, () => ({
      contents: kind === 'module' ? fromModule : fromClassicScript,
      resolveDir: resolve('.'),
    }));
  },
});
