import type { Goal, Row, Scenario } from './results.js';
import type { Ratio } from './statistics.js';

const number = ({ ratio, low, high }: Ratio): string => `${ratio.toFixed(2)} × [${low.toFixed(2)}–${high.toFixed(2)}]`;

/** A page that has loaded in the frame gets 4 s, because pages of providers may run scripts before they go on. */
const maxSilenceMs = 4_500;

/** What was promised, and whether it was kept. A peer that was not measured is not beaten. */
export function judge(scenarios: readonly Scenario[]): Goal[] {
  return scenarios.flatMap(({ id, roundTripMs, rows }) => {
    const far = `${roundTripMs} ms round trip`;
    switch (id) {
      case 'warm':
        return [
          atMost(`warm, ${far}: at most 1.05 × the floor`, 1.05, find(rows, 'ours')?.toFloor),
          ahead(`warm, ${far}: ahead of every peer`, rows),
          ...(roundTripMs === 0 ? [mainThread(rows)] : []),
        ];
      case 'login-required':
        return [
          atMost(`\`login_required\`, ${far}: at most 1.05 × the floor`, 1.05, find(rows, 'ours')?.toFloor),
          ahead(`\`login_required\`, ${far}: ahead of every peer`, rows),
        ];
      case 'query':
        return [
          atMost(`warm, ${far}, answer in the query: at most 1.10 × in the fragment`, 1.1, find(rows, 'ours')?.toFloor),
        ];
      case 'first-same-site':
      case 'first-cross-site': {
        const where = id.replace('first-', 'provider ');
        return [atMost(`first ask, ${where}: at most 0.5 × unprepared`, 0.5, find(rows, 'prepared')?.toFloor)];
      }
      default: {
        const ours = find(rows, 'ours');
        const known = ours !== undefined && ours.gaveUpAfter === undefined;
        const kind = id.replace('-page', '');
        return [
          {
            goal: `${kind} page of the provider known within 4.5 s`,
            measured: known ? `${Math.round(ours.median)} ms, p95 ${Math.round(ours.p95)} ms` : 'not known',
            met: known && ours.p95 <= maxSilenceMs,
          },
        ];
      }
    }
  });
}

/** The work is the same at any distance; at none it is spread least. */
const mainThread = (rows: readonly Row[]): Goal =>
  atMost(
    'warm, 0 ms round trip: main thread of the page at most 1.15 × the floor',
    1.15,
    find(rows, 'ours')?.mainThread?.toFloor,
  );

const find = (rows: readonly Row[], name: string): Row | undefined => rows.find((row) => row.name === name);

export const atMost = (goal: string, limit: number, ratio: Ratio | undefined): Goal => ({
  goal,
  measured: ratio ? number(ratio) : 'not measured',
  met: ratio !== undefined && ratio.ratio <= limit,
});

function ahead(goal: string, rows: readonly Row[]): Goal {
  const rivals = rows.filter(({ name }) => !name.startsWith('floor') && name !== 'ours');
  const closest = rivals.toSorted((a, b) => (b.ours?.ratio ?? Infinity) - (a.ours?.ratio ?? Infinity))[0];
  return {
    goal,
    measured: closest?.ours ? `${number(closest.ours)} the closest, ${closest.name}` : `${closest?.name} not measured`,
    met: closest?.ours !== undefined && closest.ours.ratio < 1,
  };
}
