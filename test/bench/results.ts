import { median, pairedRatio, quantile, type Ratio } from './statistics.js';

/** One contestant in one scenario; milliseconds. */
export interface Row {
  readonly name: string;
  readonly asks: number;
  readonly median: number;
  readonly p95: number;
  /** Nothing was known when the wait was broken off after this long. */
  readonly gaveUpAfter?: number;
  /** Times the floor of the same round. */
  readonly toFloor?: Ratio;
  /** Ours, times this one of the same round. */
  readonly ours?: Ratio;
  /** For how long an ask keeps the page's main thread busy. Undefined where it was not measured. */
  readonly mainThread?: { readonly median: number; readonly toFloor?: Ratio };
  /** Why it could not be measured, in its own words. */
  readonly failed?: string;
}

export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly roundTripMs: number;
  readonly rows: readonly Row[];
}

export interface Goal {
  readonly goal: string;
  readonly measured: string;
  readonly met: boolean;
}

export interface Environment {
  readonly date: string;
  readonly browser: string;
  readonly node: string;
  readonly platform: string;
  readonly processors: number;
  /** One-minute load average before, and after; what the run itself costs is in the second. */
  readonly load: readonly [number, number];
}

export interface Results {
  readonly environment: Environment;
  readonly versions: Readonly<Record<string, string>>;
  readonly scenarios: readonly Scenario[];
  readonly goals: readonly Goal[];
}

/** Values of each round, `undefined` from the round on in which the contestant failed. */
export interface Samples {
  readonly ms: Readonly<Record<string, readonly number[]>>;
  readonly mainThreadMs?: Readonly<Record<string, readonly number[]>>;
  readonly failed: Readonly<Record<string, string>>;
}

export const round = (value: number, digits: number): number => Number(value.toFixed(digits));

export const rounded = ({ ratio, low, high }: Ratio): Ratio => ({
  ratio: round(ratio, 3),
  low: round(low, 3),
  high: round(high, 3),
});

export const rowOf = (name: string, ms: readonly number[]): Row => ({
  name,
  asks: ms.length,
  median: round(median(ms), 1),
  p95: round(quantile(ms, 0.95), 1),
});

const versus = (one?: readonly number[], other?: readonly number[]): Ratio | undefined =>
  one && other && one !== other ? rounded(pairedRatio(one, other)) : undefined;

/** @param ms of contestants that took part in the same rounds */
export function pairedRows({ ms, mainThreadMs = {}, failed }: Samples): Row[] {
  const rows = Object.entries(ms).map(([name, values]): Row => {
    const toFloor = versus(values, ms['floor']);
    const ours = versus(ms['ours'], values);
    const busy = mainThreadMs[name];
    const busyToFloor = versus(busy, mainThreadMs['floor']);
    const mainThread = busy && { median: round(median(busy), 1), ...(busyToFloor && { toFloor: busyToFloor }) };
    return {
      ...rowOf(name, values),
      ...(toFloor && { toFloor }),
      ...(ours && { ours }),
      ...(mainThread && { mainThread }),
    };
  });
  const absent = Object.entries(failed).map(([name, reason]): Row => ({ ...nothing, name, failed: reason }));
  return [...rows, ...absent];
}

const nothing = { asks: 0, median: 0, p95: 0 };
