import { build } from 'esbuild';

const folder = '.cache/rxjs';

/**
 * Serves RxJS to the tests as one file. It has about two hundred modules, and a page that requests each of them needs
 * longer to load than most tests to run.
 *
 * @param {readonly string[]} conditions
 * @returns {import('@web/test-runner').TestRunnerPlugin}
 */
export const rxjsAsOneFile = (conditions) => ({
  name: 'rxjs-as-one-file',
  async serverStart() {
    await build({
      entryPoints: { rxjs: 'rxjs', testing: 'rxjs/testing' },
      outdir: folder,
      bundle: true,
      // Both entries share one copy of what they have in common.
      splitting: true,
      format: 'esm',
      conditions: [...conditions],
      logLevel: 'warning',
    });
  },
  resolveImport({ source }) {
    if (source === 'rxjs') return `/${folder}/rxjs.js`;
    return source === 'rxjs/testing' ? `/${folder}/testing.js` : undefined;
  },
});
