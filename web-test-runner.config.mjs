import { createServer } from 'node:net';
import { once } from 'node:events';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { chromiumArgs, freshProfile, requireChromium } from './scripts/chromium.mjs';
import { countReporter } from './scripts/count-reporter.mjs';
import { collectingPage } from './scripts/coverage-collect.mjs';
import { testEnv } from './scripts/test-env.mjs';

async function freePort() {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

// The provider has to know this origin's redirect URI before the first test runs.
const port = await freePort();
const withCoverage = process.env.COVERAGE === '1';
const env = testEnv(`http://localhost:${port}`);

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: ['test/**/*.test.ts', '!test/server/**', '!test/build/**', '!test/journeys/**'],
  port,
  nodeResolve: { exportConditions: ['es2015', 'production', 'module', 'browser'] },
  // More than one at a time runs the tests inside frames, where sign-in behaves differently.
  concurrency: 1,
  testsFinishTimeout: 180_000,
  testFramework: { config: { ui: 'bdd', timeout: 10_000 } },
  middleware: [env.middleware],
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.json' }), env],
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: requireChromium(),
        args: chromiumArgs,
        userDataDir: freshProfile('allow'),
      },
      ...(withCoverage ? { createPage: collectingPage } : {}),
    }),
  ],
  reporters: [defaultReporter(), ...(process.env.COUNTS_FILE ? [countReporter(process.env.COUNTS_FILE)] : [])],
  // The gate and its figures are scripts/coverage.mjs'.
  coverage: withCoverage,
  coverageConfig: { include: ['src/**/*.ts'], report: false },
};
