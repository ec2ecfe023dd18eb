import { readFile, writeFile } from 'node:fs/promises';
import { transform } from 'esbuild';

/** A style sheet in a template without expressions. `tsc` writes a space before the template. */
const sheets = /\bcss ?`([^`$]*)`/g;

/** @param {string} contents of a module @returns {Promise<string>} the module with its style sheets minified */
async function withMinifiedSheets(contents) {
  let minified = contents;
  for (const [template, sheet = ''] of contents.matchAll(sheets)) {
    const { code } = await transform(sheet, { loader: 'css', minify: true });
    minified = minified.replace(template, () => `css\`${code.trim()}\``);
  }
  return minified;
}

/**
 * Minifies the style sheets of the element: minifiers of script leave templates as they are.
 *
 * @type {import('esbuild').Plugin}
 */
export const minifyStyles = {
  name: 'minify-styles',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]styles\.ts$/ }, async ({ path }) => ({
      contents: await withMinifiedSheets(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

/** The same for a module that a host bundles. @param {string} file */
export async function minifyStylesOf(file) {
  await writeFile(file, await withMinifiedSheets(await readFile(file, 'utf8')));
}
