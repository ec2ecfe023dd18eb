import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { provideChromium } from '../engines/chromium.mjs';
import { coverageIsEnough } from '../coverage/report.mjs';
import { engines, findEngines, missingEngines, provideEngines } from '../engines/engines.mjs';
import { filesIn } from '../shared/files.mjs';
import { outcomeOf, summaryOf } from './summary.mjs';
import { runLanes } from './run-steps.mjs';

/**
 * Everything that has to pass, `N passed, N failed` as the last line.
 *
 *     npm test -- [--only unit|node|journeys] [--engine chromium|firefox|webkit] [--all-engines] [files …]
 *
 * Browser tests and journeys run in every engine that is found; with `--engine` in the one that is named, with
 * `--all-engines` in all three, which installs those that are missing first. With files, only those run and coverage is
 * not asked for.
 *
 * @typedef {import('../engines/engines.mjs').Engine} Engine
 * @typedef {import('../engines/engines.mjs').ThirdPartyCookies} ThirdPartyCookies
 * @typedef {import('./run-steps.mjs').Step} Step
 */

const scratch = mkdtempSync(join(tmpdir(), 'gc-auth-messenger-test-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));

const { values, positionals } = parseArgs({
  options: { only: { type: 'string' }, engine: { type: 'string' }, 'all-engines': { type: 'boolean' } },
  allowPositionals: true,
});

/** @type {Step} */
const build = { title: 'build', run: async (node) => outcomeOf('build', await node(['scripts/build/build.mjs'])) };

/** @param {Engine} engine @param {ThirdPartyCookies} thirdPartyCookies @returns {Step} */
function unitIn(engine, thirdPartyCookies) {
  const cookies = thirdPartyCookies === 'allow' ? 'allowed' : 'blocked';
  const title = `unit tests in ${engines[engine].title}, third-party cookies ${cookies}`;
  return {
    title,
    run: async (node) => {
      const counts = join(scratch, `unit-${engine}-${thirdPartyCookies}.json`);
      const whole = positionals.length === 0;
      // Only Chromium tells what was covered, and once is enough.
      const measured = whole && engine === 'chromium' && thirdPartyCookies === 'allow';
      if (measured) rmSync('coverage', { recursive: true, force: true });
      const args = ['node_modules/@web/test-runner/dist/bin.js', ...(whole ? [] : ['--files', ...positionals])];
      const env = { COUNTS_FILE: counts, ENGINE: engine, THIRD_PARTY_COOKIES: thirdPartyCookies };
      const ran = outcomeOf(title, await node(args, { ...env, COVERAGE: measured ? '1' : '' }), counts);
      return measured ? { ...ran, ok: (await coverageIsEnough()) && ran.ok } : ran;
    },
  };
}

/** @param {string} title @param {string[]} found @param {string[]} flags @param {NodeJS.ProcessEnv} [env] @returns {Step} */
const nodeTests = (title, found, flags, env) => ({
  title,
  run: async (node) => {
    const files = positionals.length > 0 ? positionals : found;
    const counts = join(scratch, `${title.replace(/\W+/g, '-')}.json`);
    const reporters = [
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=./scripts/test/node-count-reporter.mjs',
      '--test-reporter-destination=stderr',
    ];
    const args = ['--import', 'tsx', '--test', ...flags, ...reporters, ...files];
    const ok = files.length > 0 && (await node(args, { ...env, COUNTS_FILE: counts }));
    return outcomeOf(title, ok, counts);
  },
});

const server = nodeTests(
  'server and build',
  [...filesIn('test/server', '.test.ts'), ...filesIn('test/build', '.test.ts')],
  ['--test-concurrency=1'],
);

/** Journeys wait for real time most of theirs, and have servers, ports and cookies of their own. */
const journeysAtOnce = 4;

/** The journeys dealt out to as many processes as run at once: a process for each file costs more than many journeys. */
function dealtOut() {
  /** @type {string[][]} */
  const hands = Array.from({ length: journeysAtOnce }, () => []);
  filesIn('test/journeys', '.journey.ts').forEach((file, index) => hands[index % journeysAtOnce]?.push(file));
  return hands.map((files, index) => {
    const hand = join(scratch, `journeys-${index + 1}.mjs`);
    writeFileSync(hand, files.map((file) => `await import(${JSON.stringify(pathToFileURL(file).href)});\n`).join(''));
    return hand;
  });
}

/** @param {Engine} engine */
const journeysIn = (engine) =>
  nodeTests(
    `journeys in ${engines[engine].title}`,
    dealtOut(),
    // The runner counts a whole file as a test, too.
    [`--test-concurrency=${journeysAtOnce}`, '--test-timeout=1200000', '--test-force-exit'],
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
  const journeys = chosen.map(journeysIn);

  /** What keeps the processor busy is one lane, what waits for time the other. @type {Record<string, Step[][]>} */
  const selections = { all: [[...unit, server], journeys], unit: [unit], node: [[server]], journeys: [journeys] };
  const lanes = selections[values.only ?? 'all'];
  if (!lanes) throw new Error(`--only takes ${Object.keys(selections).join(', ')}.`);

  const outcomes = lanes[0] === unit ? [] : await runLanes([[build]]);
  if (outcomes.every(({ ok }) => ok)) outcomes.push(...(await runLanes(lanes)));
  const { text, ok } = summaryOf(outcomes);
  const absent = values.engine === undefined ? missingEngines() : [];
  if (absent.length > 0) {
    const titles = absent.map((name) => engines[name].title).join(', ');
    console.log(`\nNot found, so not tested in: ${titles}. npm run test:engines installs them.`);
  }
  console.log(`\n${text}`);
  process.exitCode = ok ? 0 : 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
