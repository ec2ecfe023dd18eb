import { readdirSync } from 'node:fs';
import { build } from 'esbuild';

/**
 * Bundles the tests of `src/core` for mocha in Node, which Stryker runs once per mutant. They are compiled without the DOM
 * library, so a browser, which takes seconds to start, is not needed.
 */

/** Tests that do not help here. `docs/developing.md` says why. */
const leftOut = [
  // Need a document.
  'core/platform-member.test.ts',
  'session/streams.test.ts',
  // Random inputs, or simulated days: seconds per mutant, and with other inputs in each run the score would change.
  'core/redact-property.test.ts',
  'core/transition-random.test.ts',
  'session/histories.test.ts',
  'session/tabs-24h.test.ts',
];

const files = ['core', 'session']
  .flatMap((folder) => readdirSync(`test/${folder}`).map((name) => `${folder}/${name}`))
  .filter((file) => file.endsWith('.test.ts') && !leftOut.includes(file));

await build({
  entryPoints: files.map((file) => `test/${file}`),
  outdir: '.cache/mutation/tests',
  outbase: 'test',
  bundle: true,
  // All tests share one copy of src/core, as in the browser.
  splitting: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  mainFields: ['module', 'main'],
  conditions: ['default'],
  // The whole of @open-wc/testing needs a browser; `expect` comes from this package.
  alias: { '@open-wc/testing': '@esm-bundle/chai' },
  define: { 'location.origin': '"https://www.example.com"' },
  logLevel: 'warning',
});
