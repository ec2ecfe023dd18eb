import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { conditions } from './scripts/build/bundles.mjs';
import { engineOfThisRun } from './scripts/engines/engines.mjs';
import { filesIn } from './scripts/shared/files.mjs';
import { freePort } from './scripts/shared/free-port.mjs';
import { testBrowser } from './scripts/test/web-test-runner/browser.mjs';
import { countReporter } from './scripts/test/web-test-runner/count-reporter.mjs';
import { demoServers } from './scripts/test/web-test-runner/demo-servers.mjs';
import { rxjsAsOneFile } from './scripts/test/web-test-runner/rxjs-as-one-file.mjs';
import { userCommands } from './scripts/test/web-test-runner/user-commands.mjs';

const run = engineOfThisRun();
const firstRun = run.engine === 'chromium' && run.thirdPartyCookies === 'allow';
const withCoverage = process.env.COVERAGE === '1';
// Fixed before the start, because the provider registers redirect URIs of this origin.
const port = await freePort();
const servers = demoServers(`http://localhost:${port}`, run);

const everywhere = [
  'test/**/*.test.ts',
  '!test/server/**',
  '!test/build/**',
  '!test/hosts/**',
  '!test/journeys/**',
  '!test/core/**',
  // Compiled without the DOM library, like test/core, so they behave the same in every engine.
  ...(firstRun ? [] : ['!test/session/**']),
];

/** The tests of test/core share one page: to load one takes longer than to run most of these files. */
function coreTests() {
  const imports = filesIn('test/core', '.test.ts').map((file) => `import '../../${file}';\n`);
  mkdirSync('.cache/tests', { recursive: true });
  writeFileSync('.cache/tests/core.test.ts', imports.join(''));
  return '.cache/tests/core.test.ts';
}

/** Tests that load the provider: third-party cookies make no difference to others. */
const withProvider = () =>
  filesIn('test', '.test.ts').filter((file) => readFileSync(file, 'utf8').includes('support/provider.js'));

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: run.thirdPartyCookies === 'block' ? withProvider() : firstRun ? [...everywhere, coreTests()] : everywhere,
  port,
  nodeResolve: { exportConditions: conditions },
  // With more than one, tests run inside frames, where sign-in behaves differently.
  concurrency: 1,
  // A busy machine may need long for what takes an idle one a second.
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 300_000,
  testFramework: { config: { ui: 'bdd', timeout: 120_000 } },
  middleware: [servers.middleware],
  plugins: [
    rxjsAsOneFile(conditions),
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.json' }),
    servers,
    userCommands(),
  ],
  browsers: [testBrowser(run, withCoverage)],
  reporters: [defaultReporter(), ...(process.env.COUNTS_FILE ? [countReporter(process.env.COUNTS_FILE)] : [])],
  // scripts/coverage/report.mjs prints the figures and decides.
  coverage: withCoverage,
  coverageConfig: { include: ['src/**/*.ts'], report: false },
};
