import { resolve } from 'node:path';

/**
 * Replaces the modules of `src/element` that import others on demand, so that a bundle which is a single file fetches
 * `locales/<code>.js` and `doctor.js` from beside itself. The path is not written where esbuild looks for modules to bundle;
 * other bundlers, which may read the bundle later, find it.
 */

/** A module, and `import()` in it, have the address of the file. */
const fromModule = `
const beside = (path) => './' + path;
export const importBeside = (path) => import(beside(path));
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
const beside = (path) => './' + path;
export const importBeside = async (path) => {
  if (!address) throw new TypeError('The address of the bundle is not known.');
  try {
    return await import(beside(path));
  } catch (error) {
    if (!/^\\s*(https?:)?\\/\\//i.test(address)) throw error;
    return import(new URL(beside(path), new URL(address, location.href)).href);
  }
};
`;

/** The modules that are replaced, by their names in `src/element`. */
const replacements = new Map([
  ['import-locale.ts', "export const importLocale = (code) => importBeside('locales/' + code + '.js');"],
  ['import-doctor.ts', "export const importDoctor = () => importBeside('doctor.js');"],
]);

const besideModule = 'import-beside';

/** @param {'module' | 'classic'} kind of the script that the bundle is @returns {import('esbuild').Plugin} */
export const besideBundle = (kind) => ({
  name: 'beside-bundle',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: new RegExp(`^${besideModule}$`) }, ({ path }) => ({ path, namespace: besideModule }));
    onLoad({ filter: /.*/, namespace: besideModule }, () => ({
      contents: kind === 'module' ? fromModule : fromClassicScript,
      resolveDir: resolve('.'),
    }));
    for (const [name, contents] of replacements) {
      onLoad({ filter: new RegExp(`[\\\\/]element[\\\\/]${name.replace('.', '\\.')}$`) }, () => ({
        contents: `import { importBeside } from '${besideModule}';\n${contents}`,
        resolveDir: resolve('.'),
      }));
    }
  },
});
