import type { Config } from '../../../src/core/config.js';
import { faultyPorts } from './faulty-ports.js';
import type { Fault } from './faulty-ports.js';
import type { SimulatedTab } from './simulated-tab.js';
import { Simulation } from './simulation.js';

const minute = 60_000;

/** What happens while one operation is faulty. */
export interface Scenario {
  readonly changes?: Partial<Config>;
  /** Runs before the tab opens, and the fault exists from then on. Without it, the tab is signed in before the fault. */
  readonly prepare?: (simulation: Simulation) => void;
  readonly act: (simulation: Simulation, tab: SimulatedTab) => void;
}

const nobodySignedIn = ({ provider }: Simulation): void => {
  provider.person = undefined;
};

/** The first visit of a person who is signed in at the provider. */
export const visit: Scenario = { prepare: () => undefined, act: () => undefined };

/** Messenger ignores every code, so the session asks it to call again. */
export const ignored: Scenario = { prepare: () => undefined, act: (_, tab) => (tab.messenger.actsOnCodes = false) };

export const renewal: Scenario = { act: (simulation) => simulation.advance(15 * minute) };

export const signOut: Scenario = { act: (_, tab) => tab.call('sign-out') };

export const signOutAtProvider: Scenario = { act: (_, tab) => tab.call('sign-out', true) };

export const reauthentication: Scenario = { act: (_, tab) => tab.call('reauthenticate') };

/** Genesys reports a JWT of another person. */
export const anotherPerson: Scenario = {
  act({ provider }, tab) {
    provider.person = 'bob';
    tab.messenger.call('reAuthenticate');
  },
};

export const byPopup: Scenario = {
  prepare: nobodySignedIn,
  act(simulation, tab) {
    simulation.advance(5_000);
    tab.withUserActivation(() => tab.call('sign-in'));
    simulation.advance(5_000);
    tab.code.completePopup('ada');
    // The default of popup-timeout.
    simulation.advance(5 * minute);
  },
};

export const byRedirect: Scenario = {
  changes: { signInModes: ['silent', 'redirect'] },
  prepare: nobodySignedIn,
  act(simulation, tab) {
    simulation.advance(5_000);
    tab.withUserActivation(() => tab.call('sign-in'));
    simulation.advance(5_000);
    tab.returnFromRedirect('ada');
  },
};

export const stepUp: Scenario = {
  prepare: (simulation) => (simulation.allowSessionUpgrade = true),
  act(simulation, tab) {
    simulation.advance(5_000);
    tab.call('step-up');
  },
};

export interface Outcome {
  /** State and reason: `signed-in (refresh)`. */
  readonly state: string;
  /** What happened and never should, and what has not ended. */
  readonly violations: readonly string[];
}

/** Runs a scenario; the operation stays faulty until its end. */
export async function runScenario(
  { changes = {}, prepare, act }: Scenario,
  operation: string,
  fault: Fault,
): Promise<Outcome> {
  const simulation = new Simulation(changes);
  let faulty = prepare !== undefined;
  prepare?.(simulation);
  const tab = simulation.openTab((ports) => faultyPorts(ports, operation, fault, simulation.time, () => faulty));
  if (!prepare) simulation.advance(5_000);
  faulty = true;
  act(simulation, tab);
  // Longer than a late answer takes, but shorter than the cooldown of a stopped loop.
  simulation.advance(70_000);
  await new Promise<void>((resolve) => queueMicrotask(resolve));
  const { state, reason } = tab.session.snapshot;
  // The simulation does not know of the fault, so it counts its prompt as a violation.
  const violations = [...simulation.violations, ...simulation.unsettled].filter((text) => !text.startsWith('a prompt'));
  simulation.closeTab(tab);
  return { state: `${state} (${reason})`, violations };
}
