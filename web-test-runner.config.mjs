import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { countReporter } from './scripts/test/web-test-runner/count-reporter.mjs';
import { engineOfThisRun } from './scripts/engines/engines.mjs';
import { freePort } from './scripts/shared/free-port.mjs';
import { rxjsInOne } from './scripts/test/web-test-runner/rxjs-as-one-file.mjs';
import { testBrowser } from './scripts/test/web-test-runner/browser.mjs';
import { testEnv } from './scripts/test/web-test-runner/test-servers.mjs';

const run = engineOfThisRun();
const onlyOnce = run.engine === 'chromium' && run.thirdPartyCookies === 'allow';
const withCoverage = process.env.COVERAGE === '1';
// The provider has to know this origin's redirect URI before the first test runs.
const port = await freePort();
const env = testEnv(`http://localhost:${port}`, run);

const exportConditions = ['es2015', 'production', 'module', 'browser'];

/** Rooms that know no provider. */
const elsewhere = ['async', 'element', 'genesys', 'page', 'tabs', 'testing'].map((room) => `!test/${room}/**`);

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: [
    'test/**/*.test.ts',
    '!test/server/**',
    '!test/build/**',
    '!test/journeys/**',
    // These rooms are compiled without the DOM library: no engine can tell them apart.
    ...(onlyOnce ? [] : ['!test/core/**', '!test/session/**']),
    // Cookies reach only what asks the provider.
    ...(run.thirdPartyCookies === 'block' ? elsewhere : []),
  ],
  port,
  nodeResolve: { exportConditions },
  // More than one at a time runs the tests inside frames, where sign-in behaves differently.
  concurrency: 1,
  testsFinishTimeout: 180_000,
  testFramework: { config: { ui: 'bdd', timeout: 30_000 } },
  middleware: [env.middleware],
  plugins: [rxjsInOne(exportConditions), esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.json' }), env],
  browsers: [testBrowser(run, withCoverage)],
  reporters: [defaultReporter(), ...(process.env.COUNTS_FILE ? [countReporter(process.env.COUNTS_FILE)] : [])],
  // The gate and its figures are scripts/coverage/report.mjs'.
  coverage: withCoverage,
  coverageConfig: { include: ['src/**/*.ts'], report: false },
};
