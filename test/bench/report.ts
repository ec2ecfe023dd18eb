import type { Environment, Goal, Results, Row, Scenario } from './results.js';
import type { Ratio } from './statistics.js';

const packages: Record<string, string> = {
  ours: '`<gc-auth-messenger>`',
  auth0: 'auth0-spa-js',
  msal: 'msal-browser',
  keycloak: 'keycloak-js',
};

export const table = (head: readonly string[], lines: readonly (readonly string[])[]): string =>
  [head, head.map((_, column) => (column === 0 ? '---' : '--:')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** Where and when a run took place. */
export const described = ({ date, browser, node, platform, processors, load: [before, after] }: Environment): string =>
  `${date}, Chromium ${browser}, Node.js ${node}, ${platform}, ${processors} processors, load ${before} before and ` +
  `${after} after`;

export const goalTable = (goals: readonly Goal[]): string =>
  table(
    ['goal', 'measured', 'met'],
    goals.map(({ goal, measured, met }) => [goal, measured, met ? 'yes' : '**no**']),
  );

/** `63 (1.10)` */
export const withTimes = (value: string, times: Ratio | undefined): string =>
  times ? `${value} (${times.ratio.toFixed(2)})` : value;

/** Milliseconds, and times the floor. */
function cell(row: Row | undefined): string {
  if (!row) return '';
  if (row.failed) return 'did not run';
  if (row.gaveUpAfter) return `> ${row.gaveUpAfter.toLocaleString('en')}`;
  const ms = row.median < 100 ? row.median.toFixed(1) : Math.round(row.median).toLocaleString('en');
  return withTimes(ms, row.toFloor);
}

const mainThreadCell = (row: Row | undefined): string =>
  row?.mainThread ? withTimes(row.mainThread.median.toFixed(1), row.mainThread.toFloor) : '';

/** The tables of the README, in Markdown. */
export function report({ environment, versions, scenarios, goals }: Results): string {
  const columns = scenarios.filter(({ id }) => !id.startsWith('first'));
  const names = columns[0]?.rows.map(({ name }) => name) ?? [];
  const labelled = (name: string): string => {
    const [library = name, ...rest] = name.split(' ');
    const label = packages[library] ?? library;
    return [label, versions[label], ...rest].filter(Boolean).join(' ');
  };
  const busy = columns.find(({ id, roundTripMs, rows }) => id === 'warm' && !roundTripMs && rows[0]?.mainThread);
  const rowIn = ({ rows }: Scenario, name: string) => rows.find((row) => row.name === name);

  const attempts = columns.filter(({ id }) => id === 'warm' || id === 'login-required');
  const others = columns.filter((column) => !attempts.includes(column));
  const asks = table(
    ['', ...attempts.map(heading), ...(busy ? ['main thread'] : [])],
    names.map((name) => [
      labelled(name),
      ...attempts.map((column) => cell(rowIn(column, name))),
      ...(busy ? [mainThreadCell(rowIn(busy, name))] : []),
    ]),
  );
  const otherAnswers = table(
    ['', ...others.map(heading)],
    names
      .filter((name) => others.some((column) => rowIn(column, name)))
      .map((name) => [labelled(name), ...others.map((column) => cell(rowIn(column, name)))]),
  );
  const first = table(
    ['first ask in a new browser', 'unprepared', 'prepared', 'ratio'],
    scenarios
      .filter(({ id }) => id.startsWith('first'))
      .map((scenario) => {
        const prepared = rowIn(scenario, 'prepared');
        const ratio = prepared?.toFloor;
        return [
          `provider ${scenario.id.slice('first-'.length)}`,
          cell(rowIn(scenario, 'unprepared')),
          prepared ? prepared.median.toFixed(1) : '',
          ratio ? `${ratio.ratio.toFixed(2)} [${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}]` : '',
        ];
      }),
  );
  const failures = scenarios
    .flatMap(({ title, rows }) => rows.map((row) => ({ title, row })))
    .filter(({ row }) => row.failed)
    .map(({ title, row }) => `- ${labelled(row.name)} did not run (${title}): ${row.failed}`);
  const rounds = columns[0]?.rows[0]?.asks ?? 0;
  const taken = `${described(environment)}; ${rounds} rounds, new browsers in pairs of ${firstPairs(scenarios)}.`;
  return [
    taken,
    asks,
    ...(others.length > 0 ? [otherAnswers] : []),
    ...(failures.length > 0 ? [failures.join('\n')] : []),
    first,
    goalTable(goals),
  ].join('\n\n');
}

const firstPairs = (scenarios: readonly Scenario[]): number =>
  scenarios.find(({ id }) => id.startsWith('first'))?.rows[0]?.asks ?? 0;

function heading({ id, roundTripMs }: Scenario): string {
  const far = roundTripMs === 0 ? 'loopback' : `${roundTripMs} ms`;
  const what: Record<string, string> = {
    warm: 'code',
    'login-required': '`login_required`',
    query: 'query with `No-Vary-Search`',
  };
  return what[id] ? `${what[id]}, ${far}` : id.replace('-', ' ');
}
