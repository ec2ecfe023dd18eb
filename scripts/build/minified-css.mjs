import { readFile } from 'node:fs/promises';

const imported = "import { css } from 'lit';";
const template = /css`([^`$]+)`/;

/**
 * The element's style sheet, minified. It has no expressions, so what checks them in Lit's `css` is dropped with the tag.
 *
 * @type {import('esbuild').Plugin}
 */
export const minifiedCss = {
  name: 'minified-css',
  setup({ onLoad, esbuild }) {
    onLoad({ filter: /[\\/]src[\\/]element[\\/]styles\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const css = template.exec(source)?.[1];
      if (!css || !source.includes(imported)) throw new Error(`${path} is not one css template without expressions.`);
      const { code } = await esbuild.transform(css, { loader: 'css', minify: true });
      const contents = source
        .replace(imported, "import { unsafeCSS } from 'lit';")
        .replace(template, () => `unsafeCSS(${JSON.stringify(code.trim())})`);
      return { contents, loader: 'ts' };
    });
  },
};
