import { bundles } from '../../../scripts/build/bundles.mjs';
import { makeBundle } from '../../../scripts/build/make-bundle.mjs';

/** The entry of the package's own bundle. */
export const productEntry = bundles.module.entry;

/** One module of an entry and all it imports, made as the package's own bundle is made. */
export const bundle = async (from: string): Promise<string> =>
  (await makeBundle({ ...bundles.module, entry: from, options: { ...bundles.module.options, sourcemap: false } })).code;
