import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

const sharedPolicy = resolve('src/genesys/trusted-types.ts');

/** In lit-html.js: `policy = trustedTypes ? trustedTypes.createPolicy('lit-html', {createHTML: (s) => s}) : undefined` */
const createsPolicy = /(\w+)\?\1\.createPolicy\("lit-html",\{createHTML:(\w+)=>\2\}\):void 0/;

/**
 * Gives Lit the Trusted Types policy of this element in place of its own, `lit-html`.
 *
 * A name can be used only once per page, unless the CSP says 'allow-duplicates': on a page with a Lit of its own, a
 * second policy `lit-html` throws while the bundle loads, and the element is never defined.
 * https://w3c.github.io/trusted-types/dist/spec/#should-block-create-policy
 *
 * @type {import('esbuild').Plugin}
 */
export const shareLitPolicy = {
  name: 'share-lit-policy',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]lit-html[\\/]lit-html\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!createsPolicy.test(source)) {
        throw new Error(`${path} does not create its Trusted Types policy as expected: see ${import.meta.filename}`);
      }
      // Columns stay as they are, and so does what Lit's source map says.
      const edited = source.replace(createsPolicy, (found) => 'litPolicy(globalThis)'.padEnd(found.length));
      return {
        contents: `${edited}\nimport { trustedTypesPolicy as litPolicy } from ${JSON.stringify(sharedPolicy)};\n`,
      };
    });
  },
};
