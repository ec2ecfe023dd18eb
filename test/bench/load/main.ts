import { parseArgs } from 'node:util';
import { startDemo } from '../../../demo/server/demo.js';
import { environmentOf, loadNow, versionsOf } from '../environment.js';
import { everyRound } from '../rounds.js';
import { openLoadBrowser, type LoadBrowser } from './browser.js';
import { judgeLoads } from './goals.js';
import { contestants } from './pages.js';
import { publish } from './publish.js';
import { loadReport } from './report.js';
import { loadRows, type Load, type LoadResults, type LoadScenario } from './results.js';

/**
 * What it costs a page to load the element, beside libraries and beside a page without any:
 *
 *     npm run bench:load [-- --quick]
 *
 * writes results.json and the tables of the docs; `--quick` only tries whether everything runs.
 */
const { quick } = parseArgs({ options: { quick: { type: 'boolean' } } }).values;
const rounds = quick ? 2 : 20;

const packages = ['lit', '@lit/context', 'rxjs', 'oidc-client-ts', '@auth0/auth0-spa-js', '@azure/msal-browser'];

async function everyPage(browser: LoadBrowser, slowdown: number): Promise<LoadScenario> {
  const loads: Record<string, Load[]> = Object.fromEntries(contestants.map(({ name }) => [name, []]));
  const byName = new Map(contestants.map((contestant) => [contestant.name, contestant]));
  await everyRound([...byName.keys()], rounds, async (name, counted) => {
    const load = await browser.load(byName.get(name)!, slowdown);
    if (counted) loads[name]!.push(load);
  });
  return { slowdown, rows: loadRows(loads) };
}

async function main(): Promise<void> {
  const before = loadNow();
  const demo = await startDemo({ quiet: true });
  const browser = await openLoadBrowser(demo);
  const scenarios = [];
  for (const slowdown of [1, 4]) scenarios.push(await everyPage(browser, slowdown));
  await browser.close();
  await demo.close();

  const results: LoadResults = {
    environment: environmentOf(browser.version, before),
    versions: versionsOf([...packages, 'keycloak-js']),
    scenarios,
    goals: judgeLoads(scenarios),
  };
  console.log(loadReport(results));
  if (!quick) await publish(results);
}

await main();
