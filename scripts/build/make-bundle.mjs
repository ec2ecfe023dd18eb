import { basename } from 'node:path';
import { minify as terser } from 'terser';

/**
 * A bundle of esbuild made smaller still: terser looks across functions, which esbuild does not. The source map leads
 * back to the sources, past what esbuild made of them.
 *
 * @import { BuildOptions } from 'esbuild'
 * @param {string} file name of the bundle, for the source map
 * @param {BuildOptions} options of the bundle
 * @param {string} code
 * @param {string} [map] source map of `code`; without it none is made
 */
export async function minify(file, { format, charset }, code, map) {
  const name = basename(file);
  const minified = await terser(code, {
    ecma: 2022,
    module: format === 'esm',
    // Of the combinations that were tried, the one that brotli packs best.
    compress: { passes: 3, inline: 2, if_return: false, comparisons: false, pure_getters: true, unsafe_arrows: true },
    format: { ascii_only: charset !== 'utf8', comments: false },
    ...(map && { sourceMap: { content: map, filename: name, url: `${name}.map`, includeSources: true } }),
  });
  return { code: minified.code ?? '', map: minified.map };
}
