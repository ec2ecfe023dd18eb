import { build } from 'esbuild';
import { bundles } from '../../../scripts/bundles.mjs';
import { minify } from '../../../scripts/minify.mjs';

const { entry, file, options } = bundles.module;

/** The entry of the package's own bundle. */
export const productEntry = entry;

/** One module of an entry and all it imports, made as the package's own bundle is made. */
export async function bundle(from: string): Promise<string> {
  const { outputFiles } = await build({ ...options, sourcemap: false, entryPoints: [from], write: false });
  return (await minify(file, options, outputFiles[0]!.text)).code;
}
