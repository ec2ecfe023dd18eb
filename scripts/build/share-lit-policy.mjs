import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

const sharedPolicy = resolve('src/genesys/trusted-types.ts');

/** Imported by Lit under this name. */
const documentModule = 'lit-document';

/**
 * A document without markup for Lit. In the page's own, a `<form name="createComment">` overrides the member of `document`,
 * and the element could render nothing. Nodes change to the page's document when they are inserted.
 */
const documentSource = `
import { platformMember } from ${JSON.stringify(resolve('src/core/platform-member.ts'))};
export const document = platformMember(globalThis.document, 'implementation').createHTMLDocument('');
`;

/** In lit-html.js, once: `l = document`. Then `l.createTreeWalker(l, 129)`. */
const usesDocument = /,(\w+)=document,[^]*\b\1\.createTreeWalker\(\1,/;

/** In lit-html.js: `policy = trustedTypes ? trustedTypes.createPolicy('lit-html', {createHTML: (s) => s}) : undefined` */
const createsPolicy = /(\w+)\?\1\.createPolicy\("lit-html",\{createHTML:(\w+)=>\2\}\):void 0/;

/**
 * Gives Lit the Trusted Types policy of this element in place of its own, `lit-html`, and a `document` without markup.
 *
 * A name can be used only once per page, unless the CSP says 'allow-duplicates': on a page with a Lit of its own, a
 * second policy `lit-html` throws while the bundle loads, and the element is never defined.
 * https://w3c.github.io/trusted-types/dist/spec/#should-block-create-policy
 *
 * @type {import('esbuild').Plugin}
 */
export const shareLitPolicy = {
  name: 'share-lit-policy',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: new RegExp(`^${documentModule}$`) }, ({ path }) => ({ path, namespace: documentModule }));
    onLoad({ filter: /.*/, namespace: documentModule }, () => ({ contents: documentSource, resolveDir: resolve('.') }));
    onLoad({ filter: /[\\/]lit-html[\\/]lit-html\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!usesDocument.test(source) || source.match(/\bdocument\b/g)?.length !== 1) {
        throw new Error(`${path} does not use document as expected: see ${import.meta.filename}`);
      }
      if (!createsPolicy.test(source)) {
        throw new Error(`${path} does not create its Trusted Types policy as expected: see ${import.meta.filename}`);
      }
      // Columns stay as they are, and so does what Lit's source map says.
      const edited = source.replace(createsPolicy, (found) => 'litPolicy(globalThis)'.padEnd(found.length));
      return {
        contents: `${edited}
import { trustedTypesPolicy as litPolicy } from ${JSON.stringify(sharedPolicy)};
import { document } from ${JSON.stringify(documentModule)};
`,
      };
    });
  },
};
