import { described, goalTable, table, withTimes } from '../report.js';
import type { Ratio } from '../statistics.js';
import type { LoadResults, LoadRow, LoadScenario, Spread } from './results.js';

const labels: Readonly<Record<string, (versions: LoadResults['versions']) => string>> = {
  blank: () => 'blank page',
  lit: ({ lit, context }) => `Lit ${lit}, @lit/context ${context}`,
  naive: (versions) => `naive, oidc-client-ts ${versions['oidc-client-ts']}, RxJS ${versions['rxjs']}`,
  'ours interaction': () => '`<gc-auth-messenger loading="interaction">`',
  ours: () => '`<gc-auth-messenger>`',
  auth0: (versions) => `auth0-spa-js ${versions['auth0-spa-js']}`,
  msal: (versions) => `msal-browser ${versions['msal-browser']}`,
  keycloak: (versions) => `keycloak-js ${versions['keycloak-js']}`,
};

/** `12.3 (0.42)`: the median, and times naive. */
function cell(spread: Spread | undefined, ratio: Ratio | undefined, digits = 1): string {
  if (!spread) return '';
  return withTimes(spread.median.toFixed(digits), ratio);
}

function line(row: LoadRow, versions: LoadResults['versions']): string[] {
  const { evaluation, ready, script, heap, longTasks, toNaive } = row;
  return [
    labels[row.name]?.(versions) ?? row.name,
    cell(evaluation, toNaive?.evaluation),
    cell(ready, toNaive?.ready),
    cell(script, toNaive?.script),
    cell(heap, toNaive?.heap, 0),
    longTasks.pages > 0 ? `${longTasks.pages}, longest ${longTasks.longest} ms` : '0',
  ];
}

const scenarioTable = ({ slowdown, rows }: LoadScenario, versions: LoadResults['versions']): string =>
  table(
    [
      `CPU ${slowdown} × slower, ms`,
      'evaluation',
      'first render or ready',
      'script',
      'heap, kB',
      `loads of ${rows[0]?.loads ?? 0} with a long task`,
    ],
    rows.map((row) => line(row, versions)),
  );

/** The tables of the docs, in Markdown. */
export const loadReport = ({ environment, versions, scenarios, goals }: LoadResults): string =>
  [
    `${described(environment)}.`,
    ...scenarios.map((scenario) => scenarioTable(scenario, versions)),
    goalTable(goals),
  ].join('\n\n');
