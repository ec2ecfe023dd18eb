import * as fc from 'fast-check';
import type { Tab } from './tab.js';
import type { World } from './world.js';

/** What a history knows of the world: as much as it takes to tell what can happen next. */
export interface Known {
  tabs: number;
  faults: number;
}

type History = fc.AsyncCommand<Known, World>;

const mostTabs = 4;

/** Something that happens, with a name that reads in a counterexample. */
const happens = (
  name: string,
  run: (world: World) => void,
  check: (known: Known) => boolean = () => true,
  learn: (known: Known) => void = () => undefined,
): History => ({
  check,
  async run(known, world) {
    learn(known);
    run(world);
    // Promises settle between two things that happen, as they do between two tasks.
    await Promise.resolve();
  },
  toString: () => name,
});

const which = fc.nat({ max: mostTabs - 1 });

const inTab = (name: string, act: (tab: Tab, world: World) => void): fc.Arbitrary<History> =>
  which.map((number) =>
    happens(`${name} in ${number}`, (world) => {
      const tab = world.running[number % world.running.length];
      if (tab && (!tab.port.frozen || name === 'thaw')) act(tab, world);
    }),
  );

/** What is broken, and how it is mended. */
const faults: Readonly<Record<string, (world: World, broken: boolean) => void>> = {
  'the network': (world, broken) => {
    world.online = !broken;
    if (!broken) for (const { page, port } of world.running) if (!port.frozen) page.wake$.next('online');
  },
  'the way to Genesys': ({ genesys }, broken) => (genesys.fault = broken ? 'network' : undefined),
  'Genesys down': ({ genesys }, broken) => (genesys.fault = broken ? 'down' : undefined),
  'Genesys silent': ({ genesys }, broken) => (genesys.fault = broken ? 'silent' : undefined),
  'codes refused': ({ genesys }, broken) => (genesys.refusesCodes = broken),
  'the provider unreachable': ({ provider }, broken) => (provider.fault = broken ? 'unreachable' : undefined),
  'the provider silent': ({ provider }, broken) => (provider.fault = broken ? 'silent' : undefined),
  'a code repeated': ({ provider }, broken) => (provider.repeats = broken),
  frames: ({ provider }, broken) => (provider.frames = !broken),
};

const breaks: fc.Arbitrary<History> = fc.constantFrom(...Object.keys(faults)).chain((what) =>
  fc.boolean().map((broken) =>
    happens(
      `${broken ? 'broken' : 'mended'}: ${what}`,
      (world) => faults[what]!(world, broken),
      ({ faults }) => broken || faults > 0,
      (known) => (known.faults += broken ? 1 : 0),
    ),
  ),
);

const passes: fc.Arbitrary<History> = fc
  .constantFrom(50, 400, 1_600, 5_000, 14_000, 60_000, 310_000, 790_000, 960_000)
  .map((ms) => happens(`${ms} ms pass`, (world) => world.advance(ms)));

const persons: ReadonlyArray<fc.Arbitrary<History>> = [
  inTab('click', (tab) => tab.act(() => tab.wish('sign-in'))),
  inTab('click to step up', (tab) => tab.act(() => tab.wish('step-up'))),
  inTab('Messenger’s sign-in button', (tab) => tab.act(() => tab.messenger.call('signIn'))),
  inTab('dismiss', (tab) => tab.act(() => tab.session.dispatch({ type: 'dismiss' }))),
  inTab('retry', (tab) => tab.act(() => tab.session.dispatch({ type: 'retry' }))),
  inTab('reopen', (tab) => tab.act(() => tab.session.dispatch({ type: 'reopen' }))),
  inTab('ada signs in in the popup', ({ code }) => code.finishPopup('ada')),
  inTab('bob signs in in the popup', ({ code }) => code.finishPopup('bob')),
  inTab('close the popup', ({ code }) => code.closePopup()),
  inTab('come back', (tab) => tab.comeBack('ada')),
  inTab('come back in vain', (tab) => tab.comeBack(undefined)),
  inTab('hide', (tab) => tab.see(false)),
  inTab('see', (tab) => tab.see(true)),
  inTab('reload', (tab) => tab.reload()),
  inTab('freeze', ({ port }, { browser }) => browser.freeze(port)),
  inTab('thaw', ({ port }, { browser }) => browser.thaw(port)),
  fc.constantFrom('ada', 'bob', undefined).map((person) =>
    happens(`${person ?? 'nobody'} is signed in at the provider`, ({ provider }) => {
      provider.person = person;
    }),
  ),
  fc.constant(
    happens(
      'open a tab',
      (world) => world.openTab(),
      ({ tabs }) => tabs < mostTabs,
      (known) => known.tabs++,
    ),
  ),
  which.map((number) =>
    happens(
      `close ${number}`,
      (world) => world.closeTab(world.running[number % world.running.length]!),
      ({ tabs }) => tabs > 1,
      (known) => known.tabs--,
    ),
  ),
];

const pages: ReadonlyArray<fc.Arbitrary<History>> = [
  inTab('refresh()', (tab) => tab.wish('refresh')),
  inTab('reauthenticate()', (tab) => tab.wish('reauthenticate')),
  inTab('stepUp()', (tab) => tab.wish('step-up')),
  inTab('signIn() without a click', (tab) => tab.wish('sign-in')),
  inTab('signOut()', (tab) => tab.wish('sign-out')),
  inTab('signOut() at the provider too', (tab) => tab.wish('sign-out', true)),
];

const messengers: ReadonlyArray<fc.Arbitrary<History>> = [
  inTab('getAuthCode', ({ messenger }) => messenger.call('getAuthCode')),
  inTab('getAuthCode anew', ({ messenger }) => messenger.call('getAuthCode', true)),
  inTab('reAuthenticate', ({ messenger }) => messenger.call('reAuthenticate')),
  inTab('the socket is cut', ({ messenger }) => messenger.cut()),
  inTab('Messenger heeds nothing', ({ messenger }) => (messenger.heeds = false)),
  inTab('Messenger heeds again', ({ messenger }) => (messenger.heeds = true)),
  fc.constant(
    happens('the refresh token dies', ({ genesys }) => {
      genesys.refreshable = false;
    }),
  ),
];

/** Histories of a browser, time passing between most things that happen. */
export const histories = (most: number): fc.Arbitrary<Iterable<History>> =>
  fc.commands([passes, passes, passes, ...persons, ...pages, ...messengers, breaks, breaks, breaks], {
    maxCommands: most,
    size: 'max',
  });
