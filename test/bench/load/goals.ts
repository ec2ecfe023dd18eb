import { atMost } from '../goals.js';
import type { Goal } from '../results.js';
import type { LoadScenario } from './results.js';

/** Pages with our element, and what they are called in goals. */
const ours = { 'ours interaction': 'drawn launcher', ours: 'eager' };

/** A processor of a phone of the middle class: https://web.dev/articles/custom-metrics names 4 × and 6 ×. */
const judgedAt = 4;

/** What was promised for slow processors, and whether it was kept. */
export function judgeLoads(scenarios: readonly LoadScenario[]): Goal[] {
  const rows = scenarios.find(({ slowdown }) => slowdown === judgedAt)?.rows ?? [];
  const of = (name: string) => rows.find((row) => row.name === name);
  return [
    ...Object.entries(ours).map(([name, label]): Goal => {
      const row = of(name);
      return {
        goal: `${label}: no long task in any page load`,
        measured: row ? `${row.longTasks.pages} of ${row.loads} loads` : 'not measured',
        met: row?.longTasks.pages === 0,
      };
    }),
    ...Object.entries(ours).map(([name, label]) =>
      atMost(`${label}: evaluation to first render at most 1.0 × naive`, 1, of(name)?.toNaive?.ready),
    ),
    atMost('drawn launcher: heap at most 1.2 × naive', 1.2, of('ours interaction')?.toNaive?.heap),
  ];
}
