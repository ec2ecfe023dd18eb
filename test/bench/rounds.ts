import type { Measured } from './browser.js';
import type { Asked } from './page/contestant.js';
import type { Samples } from './results.js';
import { orderOf } from './statistics.js';

/** At the start sockets, caches and the engine's compiler are still getting ready. */
const warmUpRounds = 3;

/** Everyone has a turn in each round; `counted` is false in the rounds before the first. */
export async function everyRound(
  names: readonly string[],
  rounds: number,
  turn: (name: string, counted: boolean) => Promise<void>,
): Promise<void> {
  for (let round = -warmUpRounds; round < rounds; round++) {
    for (const name of orderOf(names, round + warmUpRounds)) await turn(name, round >= 0);
  }
}

/**
 * Everyone asks once in each round. Who does not come to the wanted outcome drops out and is told with the reason, so that
 * a peer that fails fast is not taken for a fast one.
 *
 * @throws when that happens to the floor or to ours
 */
export async function interleave(
  names: readonly string[],
  rounds: number,
  wanted: Asked['outcome'],
  ask: (name: string) => Promise<Asked & Partial<Measured>>,
): Promise<Samples> {
  const ms: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  const mainThreadMs: Record<string, number[]> = {};
  const failed: Record<string, string> = {};
  await everyRound(names, rounds, async (name, counted) => {
    if (name in failed) return;
    const asked = await ask(name);
    if (asked.outcome === wanted) {
      if (!counted) return;
      ms[name]!.push(asked.ms);
      if (asked.mainThreadMs !== undefined) (mainThreadMs[name] ??= []).push(asked.mainThreadMs);
      return;
    }
    const reason = `${asked.outcome}, wanted ${wanted}: ${asked.reason ?? 'no reason given'}`;
    if (['floor', 'ours'].includes(name)) throw new Error(`${name}: ${reason}`);
    failed[name] = reason;
    delete ms[name];
    delete mainThreadMs[name];
  });
  return { ms, mainThreadMs, failed };
}
