import * as fc from 'fast-check';
import type { Config } from '../../../src/core/config.js';
import { histories } from './history-commands.js';
import { Simulation } from './simulation.js';

/** Longer than every deadline of the rules, in milliseconds: the popup's and the cooldown of a stopped loop. */
const allDeadlinesMs = 320_000;

/** Ends all faults, waits for all deadlines, and returns every violation of what must hold. */
export async function violationsAfter(simulation: Simulation): Promise<readonly string[]> {
  simulation.repairEverything();
  simulation.advance(allDeadlinesMs);
  await new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
  const violations = [...simulation.violations, ...simulation.unsettled];
  // A prompt that a fault has caused disappears when the page becomes visible.
  for (const tab of simulation.openTabs) tab.setVisible(true);
  simulation.advance(20_000);
  const { provider, config } = simulation;
  const silent = config.signInModes.includes('silent') && provider.framesWork && provider.person !== undefined;
  for (const { session, persistence } of simulation.openTabs)
    if (silent && !persistence.useless && session.snapshot.state === 'interaction-required')
      violations.push(`a prompt is left (${session.snapshot.reason})`);
  for (const tab of simulation.openTabs) simulation.closeTab(tab);
  return violations;
}

/** The property that no history leads to a violation. */
export const anyHistory = (changes: Partial<Config>, maxLength = 40): fc.IAsyncProperty<unknown> =>
  fc.asyncProperty(
    histories(maxLength),
    fc.boolean(),
    fc.boolean(),
    async (history, allowSessionUpgrade, sameWhileValid) => {
      const simulation = new Simulation(changes, () => 0.5);
      simulation.genesys.sameWhileValid = sameWhileValid;
      simulation.allowSessionUpgrade = allowSessionUpgrade;
      simulation.openTab();
      await fc.asyncModelRun(() => ({ model: { tabs: 1, faults: 0 }, real: simulation }), history);
      const violations = await violationsAfter(simulation);
      if (violations.length) throw new Error(violations.join('; '));
    },
  );
