import { readFile } from 'node:fs/promises';

/** A comment of CSS. */
const comment = /\/\*[^]*?\*\//g;

/** A line break and the indentation after it. */
const indentation = /\n\s*/g;

/**
 * Replaces each line break of a source of the inspector, with the indentation after it, by one line break. In its code that changes
 * nothing; in its templates of HTML and CSS it is what no browser shows, and a tenth of the file.
 *
 * @type {import('esbuild').Plugin}
 */
export const collapseTemplates = {
  name: 'collapse-templates',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]inspector[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const styles = source.replace(/css`[^`]*`/g, (css) => css.replace(comment, '').replace(/\s+/g, ' '));
      return { contents: styles.replace(indentation, '\n'), loader: 'ts' };
    });
  },
};
