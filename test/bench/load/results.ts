import type { Environment, Goal } from '../results.js';
import { round, rounded } from '../results.js';
import { median, pairedRatio, quantile, type Ratio } from '../statistics.js';

/** What one cold load of a page cost; times in milliseconds. */
export interface Load {
  /** From the first statement of the module to its last. Undefined on a page without a module. */
  readonly evaluation?: number | undefined;
  /** From the first statement of the module to the first render, or to a library that can be used. */
  readonly ready?: number | undefined;
  /** Durations of tasks of 50 ms and more. */
  readonly longTasks: readonly number[];
  /** Main thread time in scripts. */
  readonly script: number;
  /** JavaScript heap after garbage collection, in bytes. */
  readonly heap: number;
}

export interface Spread {
  readonly median: number;
  readonly p95: number;
}

type Measure = 'evaluation' | 'ready' | 'script' | 'heap';

/** One contestant at one speed of the processor. */
export interface LoadRow {
  readonly name: string;
  readonly loads: number;
  readonly evaluation?: Spread;
  readonly ready?: Spread;
  /** More than the blank page of the same round has, in milliseconds. */
  readonly script?: Spread;
  /** More than the blank page of the same round has, in kilobytes of 1,000 bytes. */
  readonly heap?: Spread;
  /** How many of the loads had a long task, and the longest of all in milliseconds, 0 when there was none. */
  readonly longTasks: { readonly pages: number; readonly longest: number };
  /** Times the naive element of the same round. */
  readonly toNaive?: Readonly<Record<Measure, Ratio>>;
}

export interface LoadScenario {
  /** How many times slower than this machine the processor is made. */
  readonly slowdown: number;
  readonly rows: readonly LoadRow[];
}

export interface LoadResults {
  readonly environment: Environment;
  readonly versions: Readonly<Record<string, string>>;
  readonly scenarios: readonly LoadScenario[];
  readonly goals: readonly Goal[];
}

const eachMeasure = <T>(of: (measure: Measure) => T): Record<Measure, T> => ({
  evaluation: of('evaluation'),
  ready: of('ready'),
  script: of('script'),
  heap: of('heap'),
});

/** @param loads of contestants that took part in the same rounds, `blank` and `naive` among them */
export function loadRows(loads: Readonly<Record<string, readonly Load[]>>): LoadRow[] {
  const blank = loads['blank'] ?? [];
  const valuesOf = (name: string): Readonly<Record<Measure, readonly number[]>> => {
    const own = loads[name] ?? [];
    return {
      evaluation: own.flatMap(({ evaluation }) => evaluation ?? []),
      ready: own.flatMap(({ ready }) => ready ?? []),
      script: own.map(({ script }, index) => script - blank[index]!.script),
      heap: own.map(({ heap }, index) => (heap - blank[index]!.heap) / 1000),
    };
  };
  const naive = valuesOf('naive');

  return Object.entries(loads).map(([name, own]): LoadRow => {
    const longest = own.map(({ longTasks }) => Math.max(0, ...longTasks));
    const row = {
      name,
      loads: own.length,
      longTasks: { pages: longest.filter((ms) => ms > 0).length, longest: Math.round(Math.max(...longest)) },
    };
    if (name === 'blank') return row;
    const values = valuesOf(name);
    const toNaive = eachMeasure((measure) => rounded(pairedRatio(values[measure], naive[measure])));
    return { ...row, ...eachMeasure((measure) => spreadOf(values[measure])), ...(name !== 'naive' && { toNaive }) };
  });
}

const spreadOf = (values: readonly number[]): Spread => ({
  median: round(median(values), 1),
  p95: round(quantile(values, 0.95), 1),
});
