import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { provideChromium } from './chromium.mjs';
import { coverageIsEnough } from './coverage.mjs';
import { filesIn } from './files.mjs';

/**
 * Everything that has to pass, `N passed, N failed` as the last line.
 *
 *     npm test -- [--only unit|node|journeys] [files …]
 *
 * With files, only those run and coverage is not asked for.
 *
 * @typedef {{passed: number, failed: number, ok: boolean}} Outcome
 */

const scratch = mkdtempSync(join(tmpdir(), 'gc-auth-messenger-test-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));

const { values, positionals } = parseArgs({
  options: { only: { type: 'string' } },
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

/** Browser tests. */
async function unit() {
  announce('unit tests, in the browser');
  rmSync('coverage', { recursive: true, force: true });
  const counts = join(scratch, 'unit.json');
  const whole = positionals.length === 0;
  const args = ['node_modules/@web/test-runner/dist/bin.js', ...(whole ? [] : ['--files', ...positionals])];
  const ran = outcome(counts, await node(args, { COUNTS_FILE: counts, COVERAGE: whole ? '1' : '' }));
  return whole ? { ...ran, ok: (await coverageIsEnough()) && ran.ok } : ran;
}

/** @param {string} title @param {string[]} found @param {string[]} flags */
async function nodeTests(title, found, flags) {
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
    `--test-reporter-destination=${counts}`,
  ];
  return outcome(counts, await node(['--import', 'tsx', '--test', ...flags, ...reporters, ...files]));
}

const server = () =>
  nodeTests('server and build', [...filesIn('test/server', '.test.ts'), ...filesIn('test/build', '.test.ts')], []);

const journeys = () =>
  nodeTests('journeys, in the browser', filesIn('test/journeys', '.journey.ts'), ['--test-concurrency=1']);

/** @type {Record<string, (() => Promise<Outcome>)[]>} */
const selections = { unit: [unit], node: [build, server], journeys: [build, journeys] };

async function main() {
  const steps = values.only === undefined ? [build, unit, server, journeys] : selections[values.only];
  if (!steps) throw new Error(`--only takes ${Object.keys(selections).join(', ')}.`);
  process.env.CHROME_PATH = provideChromium();

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
