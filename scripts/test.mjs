import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { provideChromium } from './chromium.mjs';
import { coverageIsEnough } from './coverage.mjs';
import { engines, findEngines, provideEngines } from './engines.mjs';
import { filesIn } from './files.mjs';

/**
 * Everything that has to pass, `N passed, N failed` as the last line.
 *
 *     npm test -- [--only unit|node|journeys] [--engine chromium|firefox|webkit] [--all-engines] [files …]
 *
 * Browser tests run in every engine that is found, journeys in Chromium; with `--engine` both run in the one that is named,
 * with `--all-engines` in all three, which installs those that are missing first. With files, only those run and coverage
 * is not asked for.
 *
 * @typedef {import('./engines.mjs').Engine} Engine
 * @typedef {import('./engines.mjs').ThirdPartyCookies} ThirdPartyCookies
 * @typedef {{passed: number, failed: number, ok: boolean}} Outcome
 */

const scratch = mkdtempSync(join(tmpdir(), 'gc-auth-messenger-test-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));

const { values, positionals } = parseArgs({
  options: { only: { type: 'string' }, engine: { type: 'string' }, 'all-engines': { type: 'boolean' } },
  allowPositionals: true,
});

/** @param {string[]} args for node @param {NodeJS.ProcessEnv} [env] @returns {Promise<boolean>} */
function node(args, env = {}) {
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code === 0));
  });
}

/** @param {string} file @param {boolean} ok @returns {Outcome} */
function outcome(file, ok) {
  try {
    return { ...JSON.parse(readFileSync(file, 'utf8')), ok };
  } catch {
    return { passed: 0, failed: 0, ok: false };
  }
}

/** @param {string} title */
const announce = (title) => console.log(`\n── ${title}`);

/** @returns {Promise<Outcome>} */
async function build() {
  announce('build');
  return { passed: 0, failed: 0, ok: await node(['scripts/build.mjs']) };
}

/** @param {Engine} engine @param {ThirdPartyCookies} thirdPartyCookies @returns {() => Promise<Outcome>} */
const unitIn = (engine, thirdPartyCookies) => async () => {
  const cookies = thirdPartyCookies === 'allow' ? 'allowed' : 'blocked';
  announce(`unit tests in ${engines[engine].title}, third-party cookies ${cookies}`);
  const counts = join(scratch, `unit-${engine}-${thirdPartyCookies}.json`);
  const whole = positionals.length === 0;
  // Only Chromium tells what was covered, and once is enough.
  const measured = whole && engine === 'chromium' && thirdPartyCookies === 'allow';
  if (measured) rmSync('coverage', { recursive: true, force: true });
  const args = ['node_modules/@web/test-runner/dist/bin.js', ...(whole ? [] : ['--files', ...positionals])];
  const env = { COUNTS_FILE: counts, ENGINE: engine, THIRD_PARTY_COOKIES: thirdPartyCookies };
  const ran = outcome(counts, await node(args, { ...env, COVERAGE: measured ? '1' : '' }));
  return measured ? { ...ran, ok: (await coverageIsEnough()) && ran.ok } : ran;
};

/** @param {string} title @param {string[]} found @param {string[]} flags @param {NodeJS.ProcessEnv} [env] */
async function nodeTests(title, found, flags, env) {
  announce(title);
  const files = positionals.length > 0 ? positionals : found;
  if (files.length === 0) {
    console.error('No test files.');
    return { passed: 0, failed: 0, ok: false };
  }
  const counts = join(scratch, 'node.json');
  rmSync(counts, { force: true });
  const reporters = [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./scripts/node-count-reporter.mjs',
    '--test-reporter-destination=stderr',
  ];
  return outcome(
    counts,
    await node(['--import', 'tsx', '--test', ...flags, ...reporters, ...files], { ...env, COUNTS_FILE: counts }),
  );
}

const server = () =>
  nodeTests('server and build', [...filesIn('test/server', '.test.ts'), ...filesIn('test/build', '.test.ts')], []);

/** @param {Engine} engine */
const journeysIn = (engine) => () =>
  nodeTests(
    `journeys in ${engines[engine].title}`,
    filesIn('test/journeys', '.journey.ts'),
    ['--test-concurrency=1', '--test-timeout=120000', '--test-force-exit'],
    { ENGINE: engine },
  );

function chosenEngines() {
  if (values['all-engines']) return provideEngines();
  const found = findEngines();
  if (values.engine === undefined) return found;
  const chosen = found.filter((name) => name === values.engine);
  if (chosen.length === 0) throw new Error(`--engine takes what is there: ${found.join(', ')}.`);
  return chosen;
}

async function main() {
  // Also for tests that know nothing of engines.
  process.env.CHROME_PATH = provideChromium();
  const chosen = chosenEngines();
  const unit = chosen.flatMap((engine) => [unitIn(engine, 'allow'), unitIn(engine, 'block')]);
  /** Journeys take minutes in each engine. @type {Engine[]} */
  const lived = values['all-engines'] || values.engine ? chosen : ['chromium'];
  const journeys = lived.map(journeysIn);

  /** @type {Record<string, (() => Promise<Outcome>)[]>} */
  const selections = { unit, node: [build, server], journeys: [build, ...journeys] };
  const steps = values.only === undefined ? [build, ...unit, server, ...journeys] : selections[values.only];
  if (!steps) throw new Error(`--only takes ${Object.keys(selections).join(', ')}.`);

  const total = { passed: 0, failed: 0 };
  for (const step of steps) {
    const { passed, failed, ok } = await step();
    total.passed += passed;
    // A step that fails without a failed test (build, coverage, a crash) is a failure of its own.
    total.failed += failed === 0 && !ok ? 1 : failed;
    if (step === build && !ok) break;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
