import { parseArgs } from 'node:util';
import { environmentOf, loadNow, versionsOf } from './environment.js';
import { judge } from './goals.js';
import { publish } from './readme.js';
import { report } from './report.js';
import type { Results, Scenario } from './results.js';
import { everyoneInTurn, firstAsk, pageOfTheProvider, queryAnswers } from './scenarios.js';
import { createApp } from './site/app.js';
import { createCertificate } from './site/certificate.js';

/**
 * How long a silent sign-in takes, ours and others':
 *
 *     npm run bench:silent [-- --quick]
 *
 * writes results.json and the tables of docs/speed.md; `--quick` only tries whether everything runs.
 */
const { quick } = parseArgs({ options: { quick: { type: 'boolean' } } }).values;
const { rounds, pairs, asks } = quick ? { rounds: 3, pairs: 2, asks: 2 } : { rounds: 40, pairs: 12, asks: 10 };

const versions = versionsOf(['oidc-client-ts', '@auth0/auth0-spa-js', '@azure/msal-browser', 'keycloak-js']);

async function main(): Promise<void> {
  const before = loadNow();
  const parts = { app: await createApp(), certificate: await createCertificate() };
  const scenarios: Scenario[] = [];
  const add = (scenario: Scenario): void => {
    scenarios.push(scenario);
    const medians = scenario.rows.map(({ name, median }) => `${name} ${median}`).join(', ');
    console.log(`${scenario.title}, ${scenario.roundTripMs} ms away: ${medians}`);
  };
  let browser = '';
  for (const signedIn of [true, false]) {
    for (const roundTripMs of [0, 40]) {
      const measured = await everyoneInTurn(parts, roundTripMs, rounds, signedIn);
      ({ browser } = measured);
      add(measured.scenario);
    }
  }
  add(await queryAnswers(parts, rounds));
  for (const kind of ['error', 'login'] as const) add(await pageOfTheProvider(parts, kind, asks));
  for (const neighbourhood of ['same-site', 'cross-site'] as const) add(await firstAsk(parts, neighbourhood, pairs));

  const results: Results = {
    environment: environmentOf(browser, before),
    versions,
    scenarios,
    goals: judge(scenarios),
  };
  console.log(`\n${report(results)}`);
  if (!quick) await publish(results);
}

await main();
// Sockets of browsers that are gone may linger.
process.exit();
