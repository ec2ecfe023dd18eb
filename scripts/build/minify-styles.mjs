import { readFile } from 'node:fs/promises';
import { transform } from 'esbuild';

/** A style sheet in a template without expressions. */
const sheets = /\bcss`([^`$]*)`/g;

/**
 * Minifies the style sheets of the element: minifiers of script leave templates as they are.
 *
 * @type {import('esbuild').Plugin}
 */
export const minifyStyles = {
  name: 'minify-styles',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]styles\.ts$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      for (const [template, sheet = ''] of contents.matchAll(sheets)) {
        const { code } = await transform(sheet, { loader: 'css', minify: true });
        contents = contents.replace(template, () => `css\`${code.trim()}\``);
      }
      return { contents, loader: 'ts' };
    });
  },
};
