import * as fc from 'fast-check';
import type { Config } from '../../../src/core/config.js';
import { histories } from './commands.js';
import { World } from './world.js';

/** Longest that a call waits for a person, and longest rest of a stopped loop, ms, and some. */
const boundMs = 320_000;

/** What does not hold after the history, and after all that was broken works again. */
export async function unsoundness(world: World): Promise<readonly string[]> {
  world.heal();
  world.advance(boundMs);
  await new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
  const left = [...world.wrongs, ...world.unsettled];
  // One look at a page that works, and no prompt is left of times when it did not.
  for (const tab of world.running) tab.see(true);
  world.advance(20_000);
  const { provider, config } = world;
  const silent = config.signInModes.includes('silent') && provider.frames && provider.person !== undefined;
  for (const { session, persistence } of world.running)
    if (silent && !persistence.useless && session.snapshot.state === 'interaction-required')
      left.push(`a prompt is left (${session.snapshot.reason})`);
  for (const tab of world.running) world.closeTab(tab);
  return left;
}

/** Holds when nothing that must not happen happened, and all came to an end. */
export const anyHistory = (changes: Partial<Config>, most = 40): fc.IAsyncProperty<unknown> =>
  fc.asyncProperty(histories(most), fc.boolean(), fc.boolean(), async (history, upgradable, sameWhileValid) => {
    const world = new World(changes, () => 0.5);
    world.genesys.sameWhileValid = sameWhileValid;
    world.upgradable = upgradable;
    world.openTab();
    await fc.asyncModelRun(() => ({ model: { tabs: 1, faults: 0 }, real: world }), history);
    const unsound = await unsoundness(world);
    if (unsound.length) throw new Error(unsound.join('; '));
  });
