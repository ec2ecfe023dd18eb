/** Estimate with its 95 % interval. */
export interface Ratio {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** @throws when there are no values */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new Error('No values.');
  return below + (above - below) * (place % 1);
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/**
 * How many times as long one takes as the other: the median over the rounds of each round's own ratio, so that what slows
 * a whole round down cancels out. The interval is a percentile bootstrap over rounds (Efron 1979), the same on every call.
 */
export function pairedRatio(ones: readonly number[], others: readonly number[], resamples = 4000): Ratio {
  if (ones.length !== others.length) throw new Error(`${ones.length} and ${others.length} values are no pairs.`);
  const ratios = ones.map((one, round) => one / others[round]!);
  const random = generator(1);
  const medians = Array.from({ length: resamples }, () =>
    median(ratios.map(() => ratios[Math.floor(random() * ratios.length)]!)),
  );
  return { ratio: median(ratios), low: quantile(medians, 0.025), high: quantile(medians, 0.975) };
}

/** Numbers from 0 to 1, repeatable: mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * In which order everyone has a turn in a round. The first one moves on by one each round and every second round runs
 * backwards, so that nobody always follows the same neighbour.
 */
export function orderOf<T>(all: readonly T[], round: number): T[] {
  const shift = round % all.length;
  const rotated = [...all.slice(shift), ...all.slice(0, shift)];
  return round % 2 === 0 ? rotated : rotated.reverse();
}
