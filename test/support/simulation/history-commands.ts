import * as fc from 'fast-check';
import type { SimulatedTab } from './simulated-tab.js';
import type { Simulation } from './simulation.js';

/** The part of the simulation that decides which commands are possible next. */
export interface HistoryModel {
  /** Number of open tabs. */
  tabs: number;
  /** Number of faults so far. */
  faults: number;
}

type HistoryCommand = fc.AsyncCommand<HistoryModel, Simulation>;

const maxTabs = 4;

/** A command with the name that a counterexample shows. */
const command = (
  name: string,
  run: (simulation: Simulation) => void,
  check: (model: HistoryModel) => boolean = () => true,
  update: (model: HistoryModel) => void = () => undefined,
): HistoryCommand => ({
  check,
  async run(model, simulation) {
    update(model);
    run(simulation);
    // Promises settle between two commands, as they do between two tasks.
    await Promise.resolve();
  },
  toString: () => name,
});

const tabNumber = fc.nat({ max: maxTabs - 1 });

const inTab = (name: string, act: (tab: SimulatedTab, simulation: Simulation) => void): fc.Arbitrary<HistoryCommand> =>
  tabNumber.map((number) =>
    command(`${name} in ${number}`, (simulation) => {
      const tab = simulation.openTabs[number % simulation.openTabs.length];
      if (tab && (!tab.port.frozen || name === 'thaw')) act(tab, simulation);
    }),
  );

/** How each fault starts and ends. */
const faults: Readonly<Record<string, (simulation: Simulation, broken: boolean) => void>> = {
  'the network': (simulation, broken) => {
    simulation.online = !broken;
    if (!broken) for (const { page, port } of simulation.openTabs) if (!port.frozen) page.wake$.next('online');
  },
  'the network to Genesys': ({ genesys }, broken) => (genesys.fault = broken ? 'network' : undefined),
  'Genesys is down': ({ genesys }, broken) => (genesys.fault = broken ? 'down' : undefined),
  'Genesys does not answer': ({ genesys }, broken) => (genesys.fault = broken ? 'silent' : undefined),
  'Genesys refuses codes': ({ genesys }, broken) => (genesys.refusesCodes = broken),
  'the provider is unreachable': ({ provider }, broken) => (provider.fault = broken ? 'unreachable' : undefined),
  'the provider does not answer': ({ provider }, broken) => (provider.fault = broken ? 'silent' : undefined),
  'the provider repeats a code': ({ provider }, broken) => (provider.repeatsCode = broken),
  'hidden frames': ({ provider }, broken) => (provider.framesWork = !broken),
};

const faultsChange: fc.Arbitrary<HistoryCommand> = fc.constantFrom(...Object.keys(faults)).chain((what) =>
  fc.boolean().map((broken) =>
    command(
      `${broken ? 'fault starts' : 'fault ends'}: ${what}`,
      (simulation) => faults[what]!(simulation, broken),
      ({ faults }) => broken || faults > 0,
      (model) => (model.faults += broken ? 1 : 0),
    ),
  ),
);

const timePasses: fc.Arbitrary<HistoryCommand> = fc
  .constantFrom(50, 400, 1_600, 5_000, 14_000, 60_000, 310_000, 790_000, 960_000)
  .map((ms) => command(`${ms} ms pass`, (simulation) => simulation.advance(ms)));

const personCommands: ReadonlyArray<fc.Arbitrary<HistoryCommand>> = [
  inTab('click', (tab) => tab.withUserActivation(() => tab.call('sign-in'))),
  inTab('click on step-up', (tab) => tab.withUserActivation(() => tab.call('step-up'))),
  inTab('click on Messenger’s sign-in button', (tab) => tab.withUserActivation(() => tab.messenger.call('signIn'))),
  inTab('dismiss', (tab) => tab.withUserActivation(() => tab.session.dispatch({ type: 'dismiss' }))),
  inTab('retry', (tab) => tab.withUserActivation(() => tab.session.dispatch({ type: 'retry' }))),
  inTab('reopen', (tab) => tab.withUserActivation(() => tab.session.dispatch({ type: 'reopen' }))),
  inTab('ada completes the popup', ({ code }) => code.completePopup('ada')),
  inTab('bob completes the popup', ({ code }) => code.completePopup('bob')),
  inTab('close the popup', ({ code }) => code.closePopup()),
  inTab('return from the redirect, signed in', (tab) => tab.returnFromRedirect('ada')),
  inTab('return from the redirect, not signed in', (tab) => tab.returnFromRedirect(undefined)),
  inTab('hide', (tab) => tab.setVisible(false)),
  inTab('show', (tab) => tab.setVisible(true)),
  inTab('reload', (tab) => tab.reload()),
  inTab('freeze', ({ port }, { browser }) => browser.freeze(port)),
  inTab('thaw', ({ port }, { browser }) => browser.thaw(port)),
  inTab('restore from history', (tab, { browser, time }) => {
    browser.freeze(tab.port);
    time.advance(3_000);
    browser.thaw(tab.port);
    tab.page.wake$.next('pageshow');
  }),
  fc.constantFrom('ada', 'bob', undefined).map((person) =>
    command(`${person ?? 'nobody'} is signed in at the provider`, ({ provider }) => {
      provider.person = person;
    }),
  ),
  fc.constant(
    command(
      'open a tab',
      (simulation) => simulation.openTab(),
      ({ tabs }) => tabs < maxTabs,
      (model) => model.tabs++,
    ),
  ),
  tabNumber.map((number) =>
    command(
      `close ${number}`,
      (simulation) => simulation.closeTab(simulation.openTabs[number % simulation.openTabs.length]!),
      ({ tabs }) => tabs > 1,
      (model) => model.tabs--,
    ),
  ),
];

const pageCommands: ReadonlyArray<fc.Arbitrary<HistoryCommand>> = [
  inTab('refresh()', (tab) => tab.call('refresh')),
  inTab('reauthenticate()', (tab) => tab.call('reauthenticate')),
  inTab('stepUp()', (tab) => tab.call('step-up')),
  inTab('signIn() without a click', (tab) => tab.call('sign-in')),
  inTab('signOut()', (tab) => tab.call('sign-out')),
  inTab('signOut() at the provider too', (tab) => tab.call('sign-out', true)),
  inTab('an attribute changes', (tab) => tab.configureAgain()),
];

const messengerCommands: ReadonlyArray<fc.Arbitrary<HistoryCommand>> = [
  inTab('getAuthCode', ({ messenger }) => messenger.call('getAuthCode')),
  inTab('getAuthCode with forceUpdate', ({ messenger }) => messenger.call('getAuthCode', true)),
  inTab('reAuthenticate', ({ messenger }) => messenger.call('reAuthenticate')),
  inTab('the socket closes', ({ messenger }) => messenger.cutSocket()),
  inTab('Messenger ignores codes', ({ messenger }) => (messenger.actsOnCodes = false)),
  inTab('Messenger accepts codes again', ({ messenger }) => (messenger.actsOnCodes = true)),
  fc.constant(
    command('the refresh token becomes invalid', ({ genesys }) => {
      genesys.refreshTokenValid = false;
    }),
  ),
];

/** Random histories of a browser. Time passes between most commands. */
export const histories = (maxLength: number): fc.Arbitrary<Iterable<HistoryCommand>> =>
  fc.commands(
    [
      timePasses,
      timePasses,
      timePasses,
      ...personCommands,
      ...pageCommands,
      ...messengerCommands,
      faultsChange,
      faultsChange,
      faultsChange,
    ],
    {
      maxCommands: maxLength,
      size: 'max',
    },
  );
