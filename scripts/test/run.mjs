import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { coverageIsEnough } from '../coverage/report.mjs';
import { provideChromium } from '../engines/chromium.mjs';
import { engines, findEngines, missingEngines, provideEngines } from '../engines/engines.mjs';
import { filesIn } from '../shared/files.mjs';
import { chosenHosts, quickHosts } from './hosts.mjs';
import { filesAgain } from './run-again.mjs';
import { runSteps } from './run-steps.mjs';
import { resultOf, summaryOf } from './summary.mjs';

/**
 * Runs all tests. The last line is `N passed, N failed`.
 *
 *     npm test -- [--only unit|node|journeys] [--engine chromium|firefox|webkit] [--all-engines] [files …]
 *     npm test -- --only hosts [names …]
 *
 * Unit tests and journeys run in every engine that is installed; with `--engine` only in that one; with `--all-engines`
 * in all three, after installing those that are missing. With files, only these run, and coverage is not measured.
 *
 * @typedef {import('../engines/engines.mjs').Engine} Engine
 * @typedef {import('../engines/engines.mjs').ThirdPartyCookies} ThirdPartyCookies
 * @typedef {import('./run-steps.mjs').Step} Step
 */

const temporaryFolder = mkdtempSync(join(tmpdir(), 'gc-auth-messenger-test-'));
process.once('exit', () => rmSync(temporaryFolder, { recursive: true, force: true }));

const { values: options, positionals: chosenFiles } = parseArgs({
  options: { only: { type: 'string' }, engine: { type: 'string' }, 'all-engines': { type: 'boolean' } },
  allowPositionals: true,
});

/** @type {Step} */
const build = { title: 'build', run: async (runNode) => resultOf('build', await runNode(['scripts/build/build.mjs'])) };

/** @param {Engine} engine @param {ThirdPartyCookies} thirdPartyCookies @returns {Step} */
function unitTests(engine, thirdPartyCookies) {
  const cookies = thirdPartyCookies === 'allow' ? 'allowed' : 'blocked';
  const title = `unit tests in ${engines[engine].title}, third-party cookies ${cookies}`;
  return {
    title,
    run: async (runNode) => {
      const countsFile = join(temporaryFolder, `unit-${engine}-${thirdPartyCookies}.json`);
      const everything = chosenFiles.length === 0;
      // Only Chromium measures coverage, and its run with cookies is the one that has all tests.
      const measured = everything && engine === 'chromium' && thirdPartyCookies === 'allow';
      if (measured) rmSync('coverage', { recursive: true, force: true });
      const args = ['node_modules/@web/test-runner/dist/bin.js', ...(everything ? [] : ['--files', ...chosenFiles])];
      const succeeded = await runNode(args, {
        COUNTS_FILE: countsFile,
        ENGINE: engine,
        THIRD_PARTY_COOKIES: thirdPartyCookies,
        COVERAGE: measured ? '1' : '',
      });
      const result = resultOf(title, succeeded, countsFile);
      return measured ? { ...result, ok: (await coverageIsEnough()) && result.ok } : result;
    },
  };
}

/** @param {string} title @param {string[]} files @param {string[]} flags @param {NodeJS.ProcessEnv} [env] @returns {Step} */
const nodeTests = (title, files, flags, env) => ({
  title,
  run: async (runNode) => {
    const countsFile = join(temporaryFolder, `${title.replace(/\W+/g, '-')}.json`);
    const reporters = [
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=./scripts/test/node-count-reporter.mjs',
      '--test-reporter-destination=stderr',
    ];
    const args = ['--import', 'tsx', '--test', ...flags, ...reporters, ...files];
    const succeeded = files.length > 0 && (await runNode(args, { ...env, COUNTS_FILE: countsFile }));
    return resultOf(title, succeeded, countsFile);
  },
});

/** @param {string[]} files */
const chosenOr = (files) => (chosenFiles.length > 0 ? chosenFiles : files);

const serverAndBuildTests = nodeTests(
  'server and build',
  chosenOr([...filesIn('test/server', '.test.ts'), ...filesIn('test/build', '.test.ts')]),
  ['--test-concurrency=1'],
);

/** Journeys spend most of their time waiting, and each has its own servers, ports and cookies. */
const journeyProcesses = 4;

/** Three for each process that runs at once: a process that is done takes the next group, so that all end together. */
const journeyGroupCount = 3 * journeyProcesses;

/** Journeys that measure how long something takes. They run alone, because others beside them would be measured, too. */
const latencies = 'latencies.journey.ts';

/**
 * Puts the journeys into groups, because starting a process and a browser for each journey takes longer than many
 * journeys do.
 *
 * @returns {string[]} files that import journeys
 */
function journeyGroups() {
  const journeys = filesIn('test/journeys', '.journey.ts').filter((file) => !file.endsWith(latencies));
  return Array.from({ length: journeyGroupCount }, (_, group) => {
    const file = join(temporaryFolder, `journeys-${group + 1}.mjs`);
    const imports = journeys
      .filter((_, index) => index % journeyGroupCount === group)
      .map((journey) => `await import(${JSON.stringify(pathToFileURL(journey).href)});\n`);
    writeFileSync(file, imports.join(''));
    return file;
  });
}

/** @param {Engine} engine @returns {Step[]} */
function journeys(engine) {
  const title = `journeys in ${engines[engine].title}`;
  // The timeout covers a file, which the runner treats as a test, too.
  const flags = ['--test-timeout=2400000', '--test-force-exit'];
  const env = { ENGINE: engine };
  const again = (/** @type {string} */ file) => nodeTests(`${title}, again`, [file], flags, env);
  const inGroups = [`--test-concurrency=${journeyProcesses}`, ...flags];
  const together = filesAgain(nodeTests(title, chosenOr(journeyGroups()), inGroups, env), again);
  if (chosenFiles.length > 0) return [together];
  const alone = nodeTests(`${title}, latencies`, [join('test/journeys', latencies)], flags, env);
  return [together, filesAgain(alone, again)];
}

/** The pages of `examples`, in Chromium: hosts differ, not what a browser makes of them. @param {string[]} names */
const hostTests = (names) =>
  nodeTests(`hosts: ${names.join(', ')}`, ['test/hosts/hosts.test.ts'], ['--test-force-exit'], {
    HOSTS: names.join(','),
  });

function chosenEngines() {
  if (options['all-engines']) return provideEngines();
  const installed = findEngines();
  if (options.engine === undefined) return installed;
  const chosen = installed.filter((name) => name === options.engine);
  if (chosen.length === 0) throw new Error(`--engine takes an installed engine: ${installed.join(', ')}.`);
  return chosen;
}

/**
 * Journeys run after unit tests, not beside them: more browsers than processors make waits fail that are long enough.
 *
 * @param {Engine[]} engines
 * @returns {Step[]}
 */
function chosenSteps(engines) {
  const unit = engines.flatMap((engine) => [unitTests(engine, 'allow'), unitTests(engine, 'block')]);
  const selections = {
    all: () => [...unit, serverAndBuildTests, hostTests(quickHosts), ...engines.flatMap(journeys)],
    unit: () => unit,
    node: () => [serverAndBuildTests],
    journeys: () => engines.flatMap(journeys),
    // A step each, so that the summary has the seconds of each.
    hosts: () => [
      ...chosenHosts(chosenFiles).map((name) => hostTests([name])),
      ...(chosenFiles.length > 0 ? [] : [nodeTests('versions of TypeScript', ['test/hosts/compilers.test.ts'], [])]),
    ],
  };
  const only = /** @type {keyof typeof selections} */ (options.only ?? 'all');
  if (!Object.hasOwn(selections, only)) throw new Error(`--only takes ${Object.keys(selections).join(', ')}.`);
  return selections[only]();
}

async function main() {
  // Tests that know nothing of engines use it, too.
  process.env.CHROME_PATH = provideChromium();
  const steps = chosenSteps(chosenEngines());

  // Unit tests import the sources.
  const results = options.only === 'unit' ? [] : await runSteps([build]);
  if (results.every(({ ok }) => ok)) results.push(...(await runSteps(steps)));

  const missing = options.engine === undefined ? missingEngines() : [];
  if (missing.length > 0) {
    const titles = missing.map((name) => engines[name].title).join(', ');
    console.log(`\nNot installed, so not tested: ${titles}. npm run test:engines installs them.`);
  }
  const { text, ok } = summaryOf(results);
  console.log(`\n${text}`);
  process.exitCode = ok ? 0 : 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
