import { build } from 'esbuild';

const folder = '.cache/rxjs';

/**
 * Serves RxJS to tests as one file: a page that asks for its two hundred modules one by one takes longer for them than
 * for most tests.
 *
 * @param {readonly string[]} conditions
 * @returns {import('@web/test-runner').TestRunnerPlugin}
 */
export const rxjsInOne = (conditions) => ({
  name: 'rxjs-in-one',
  async serverStart() {
    await build({
      entryPoints: { rxjs: 'rxjs', testing: 'rxjs/testing' },
      outdir: folder,
      bundle: true,
      // What both hold is to be there once.
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
