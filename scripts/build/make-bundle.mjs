import { join } from 'node:path';
import { build } from 'esbuild';
import { minify } from 'terser';
import { bannerOf, packagesIn } from './licenses.mjs';

/** Some servers define a document for libraries that ask. */
const pageGuard = 'if(typeof document=="object"&&typeof HTMLElement=="function")';

/**
 * Bundles with esbuild and minifies with terser, which looks across functions: brotli packs its output 3.7 % smaller
 * than what esbuild minifies alone. There is no source map: it would be larger than the code, and the modules of the package are not
 * minified.
 *
 * ASCII only: a classic script has the encoding of the page, and V8 keeps one byte a character of such a source, else two.
 *
 * Licenses: comments that ask to be kept (`@license`) are at the end, a list of the bundled packages is at the top.
 *
 * @param {import('./bundles.mjs').Bundle} bundle
 * @returns {Promise<{code: string, inputs: Record<string, {bytesInOutput: number}>}>} `inputs`:
 *   the modules of the bundle by their path
 */
export async function makeBundle({ entry, file, options, pagesOnly = false }) {
  const { metafile, outputFiles } = await build({
    ...options,
    entryPoints: [entry],
    outfile: join('dist', file),
    metafile: true,
    write: false,
  });
  const output = Object.entries(metafile.outputs).find(([name]) => name.endsWith('.js'))?.[1];
  const bundled = outputFiles[0]?.text;
  if (!output || bundled === undefined) throw new Error(`${entry}: no output`);

  const inputs = output.inputs;
  const banner = bannerOf(await packagesIn(Object.keys(inputs)));
  const minified = await minify(bundled, {
    ecma: 2022,
    module: options.format === 'esm',
    // Nothing here reads the length of a function.
    compress: { passes: 3, keep_fargs: false },
    format: { ascii_only: true, comments: 'some' },
  });
  const { code = '' } = minified;
  // An export cannot be in a block.
  const guarded = pagesOnly && output.exports.length === 0 ? `${pageGuard}{${code}\n}` : code;
  return { code: banner ? `${banner}\n${guarded}` : guarded, inputs };
}
