import type { Config } from '../../../src/core/config.js';
import { faultyPorts } from './faulty.js';
import type { Fault } from './faulty.js';
import type { Tab } from './tab.js';
import { World } from './world.js';

const minute = 60_000;

/** What happens while an operation is faulty; without `first` the tab was signed in before. */
export interface Scene {
  readonly changes?: Partial<Config>;
  readonly first?: (world: World) => void;
  readonly act: (world: World, tab: Tab) => void;
}

const nobody = ({ provider }: World): void => {
  provider.person = undefined;
};

/** A first visit of a person who is signed in at the provider. */
export const visit: Scene = { first: () => undefined, act: () => undefined };

/** Messenger acts on no code, so that it is told to, and told again. */
export const ignored: Scene = { first: () => undefined, act: (_, tab) => (tab.messenger.heeds = false) };

export const renewal: Scene = { act: (world) => world.advance(15 * minute) };

export const signOut: Scene = { act: (_, tab) => tab.wish('sign-out') };

export const signOutAtProvider: Scene = { act: (_, tab) => tab.wish('sign-out', true) };

export const reauthentication: Scene = { act: (_, tab) => tab.wish('reauthenticate') };

/** Genesys says that somebody else is signed in. */
export const anotherPerson: Scene = {
  act({ provider }, tab) {
    provider.person = 'bob';
    tab.messenger.call('reAuthenticate');
  },
};

export const byPopup: Scene = {
  first: nobody,
  act(world, tab) {
    world.advance(5_000);
    tab.act(() => tab.wish('sign-in'));
    world.advance(5_000);
    tab.code.finishPopup('ada');
    // A popup is given five minutes.
    world.advance(5 * minute);
  },
};

export const byRedirect: Scene = {
  changes: { signInModes: ['silent', 'redirect'] },
  first: nobody,
  act(world, tab) {
    world.advance(5_000);
    tab.act(() => tab.wish('sign-in'));
    world.advance(5_000);
    tab.comeBack('ada');
  },
};

export const stepUp: Scene = {
  first: (world) => (world.upgradable = true),
  act(world, tab) {
    world.advance(5_000);
    tab.wish('step-up');
  },
};

export interface End {
  /** `signed-in (refresh)`. */
  readonly state: string;
  /** What does not hold. */
  readonly wrongs: readonly string[];
}

/** Where a scene ends while the operation stays faulty. */
export async function play({ changes = {}, first, act }: Scene, operation: string, fault: Fault): Promise<End> {
  const world = new World(changes);
  let broken = first !== undefined;
  first?.(world);
  const tab = world.openTab((ports) => faultyPorts(ports, operation, fault, world.time, () => broken));
  if (!first) world.advance(5_000);
  broken = true;
  act(world, tab);
  // Longer than what is late, and less than it takes until a stopped loop is tried once more.
  world.advance(70_000);
  await new Promise<void>((resolve) => queueMicrotask(resolve));
  const { state, reason } = tab.session.snapshot;
  // The fault lies between the element and a world that works.
  const wrongs = [...world.wrongs, ...world.unsettled].filter((wrong) => !wrong.startsWith('a prompt'));
  world.closeTab(tab);
  return { state: `${state} (${reason})`, wrongs };
}
