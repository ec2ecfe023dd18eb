import type { Config } from '../../../src/core/config.js';
import type { State } from '../../../src/core/model.js';
import type { Ports } from '../../../src/session/ports.js';
import { FakeLedgerPort, FakePagePort } from '../fake-ports.js';
import { FakeBrowser } from '../fake-tabs-port.js';
import { configOf, t0 } from '../fixtures.js';
import { VirtualTime } from '../virtual-time.js';
import { SimulatedGenesys } from './simulated-genesys.js';
import { SimulatedProvider } from './simulated-provider.js';
import { SimulatedTab } from './simulated-tab.js';

/** States that may last. */
const finalStates: ReadonlySet<State> = new Set(['signed-in', 'signed-out', 'interaction-required', 'failed']);

/** More silent attempts than this in a minute are a loop. */
const maxSilentPerMinute = 13;

/** Delay in milliseconds until a tab reads what another wrote: ten times what was measured in Chromium. */
const lagMs = 50;

/** A prompt may be the consequence of a fault up to this time later, in milliseconds. */
const consequenceMs = 90_000;

/** One browser, Genesys Cloud and the provider, in virtual time. Records every violation of what must always hold. */
export class Simulation {
  readonly time = new VirtualTime();
  readonly provider = new SimulatedProvider(() => this.time.now());
  readonly genesys: SimulatedGenesys;
  readonly browser: FakeBrowser;
  readonly tabs: SimulatedTab[] = [];
  readonly ledger = new FakeLedgerPort();
  readonly config: Config;
  online = true;
  /** The deployment allows anonymous conversations to be stepped up. */
  allowSessionUpgrade = false;
  /** How often the prompt appeared. */
  prompts = 0;
  /** Session events with the number of the tab: `2 signed-in`. */
  readonly events: string[] = [];
  readonly violations: string[];
  readonly #random: () => number;
  /** When a person last signed out, epoch ms. */
  #signedOutAt = -Infinity;
  /** When a fault last prevented a silent sign-in, epoch ms. */
  #lastFaultAt = -Infinity;

  constructor(changes: Partial<Config> = {}, random: () => number = () => 0, lifetime?: number) {
    this.time.frame = t0;
    this.config = configOf(changes);
    this.#random = random;
    this.genesys = new SimulatedGenesys(this.provider, () => this.time.now(), lifetime);
    this.browser = new FakeBrowser(this.time, lagMs);
    this.violations = this.genesys.violations;
  }

  openTab(wrapPorts: (ports: Ports) => Ports = (ports) => ports): SimulatedTab {
    const { genesys, provider, ledger, config } = this;
    const port = this.browser.tab();
    const page = new FakePagePort();
    page.isOnline = () => this.online;
    const publishLoggedOut = (): void => {
      for (const { port, messenger } of this.openTabs) port.scheduler.schedule(() => messenger.loggedOut(), 1);
    };
    const tab = new SimulatedTab({
      config,
      context: {
        genesys,
        provider,
        scheduler: port.scheduler,
        online: () => this.online,
        publishLoggedOut,
        allowSessionUpgrade: () => this.allowSessionUpgrade,
      },
      ledger,
      port,
      page,
      random: this.#random,
      wrapPorts,
      onEvent: (sender, { type }) => void this.events.push(`${this.tabs.indexOf(sender)} ${type}`),
      onSnapshot: (changed) => this.#checkTab(changed),
      onSignOut: (sender) => this.#signOut(sender),
    });
    this.tabs.push(tab);
    return tab;
  }

  closeTab(tab: SimulatedTab): void {
    tab.closed = true;
    tab.session.end();
    this.browser.close(tab.port);
  }

  get openTabs(): readonly SimulatedTab[] {
    return this.tabs.filter(({ closed }) => !closed);
  }

  /** Lets time pass, and checks for loops. */
  advance(ms: number): void {
    this.#recordFaults();
    this.time.advance(ms);
    this.#recordFaults();
    this.#checkSignOutHolds();
    for (const { code } of this.openTabs) {
      const recent = code.silentAttemptTimes.filter((at) => at > this.time.now() - 60_000);
      if (recent.length > maxSilentPerMinute) this.violations.push(`${recent.length} silent attempts in a minute`);
    }
  }

  /** Ends all faults, and makes all tabs visible. */
  repairEverything(): void {
    this.#recordFaults();
    this.online = true;
    this.genesys.fault = this.provider.fault = undefined;
    this.genesys.refusesCodes = this.provider.repeatsCode = false;
    for (const tab of this.openTabs) {
      if (tab.port.frozen) this.browser.thaw(tab.port);
      tab.messenger.actsOnCodes = true;
      tab.setVisible(true);
    }
  }

  /** Calls and states that have not ended in time, as text. */
  get unsettled(): readonly string[] {
    const overdue = this.time.now() - this.config.popupTimeoutMs - 1_000;
    return this.openTabs.flatMap(({ pendingMethods, messenger, session, code, waitsForClick }, index) => {
      const { state, reason } = session.snapshot;
      const isFinal = finalStates.has(state) || code.redirectedWith !== undefined || waitsForClick;
      return [
        ...[...pendingMethods.values()].map((method) => `tab ${index}: ${method} waits in ${state} (${reason})`),
        ...[...messenger.openCalls.values()]
          .filter(({ at }) => at < overdue)
          .map(({ command }) => `tab ${index}: ${command} is open in ${state} (${reason})`),
        ...(isFinal ? [] : [`tab ${index}: ${state} (${reason})`]),
      ];
    });
  }

  #recordFaults(): void {
    const { genesys, provider, online, time } = this;
    const servicesWork = online && !genesys.fault && !provider.fault && !genesys.refusesCodes && !provider.repeatsCode;
    const tabsWork = this.openTabs.every(({ messenger, port }) => messenger.actsOnCodes && !port.frozen);
    if (!servicesWork || !tabsWork || !provider.framesWork || provider.person === undefined)
      this.#lastFaultAt = time.now();
  }

  /** J30: a page shows nobody signed in after a sign-out, until a person acts, on any page, or it is loaded anew. */
  #checkSignOutHolds(): void {
    const signedOutAt = this.#signedOutAt;
    // Messenger calls `signIn` when a person presses its button, so that counts, too.
    const hasActed = this.tabs.some(
      ({ actedAt, messenger }) => actedAt >= signedOutAt || messenger.signInCalledAt >= signedOutAt,
    );
    if (hasActed || this.time.now() <= signedOutAt + lagMs) return;
    for (const [index, { session, port, loadedAt, messenger }] of this.openTabs.entries()) {
      const { state, reason } = session.snapshot;
      const shown = state === 'signed-in' || state === 'renewing' || state === 'reauthenticating';
      // The tab that signs out shows it when Genesys has confirmed it.
      const signsOut = reason === 'sign-out' || reason === 'person-changed';
      if (shown && !signsOut && !port.frozen && loadedAt < signedOutAt && !messenger.hidden)
        this.violations.push(`tab ${index}: ${state} (${reason}) after a sign-out`);
    }
  }

  /** A resolved `signOut()` means that Genesys was told, or that there is nobody to sign out. */
  #signOut({ messenger, port }: SimulatedTab): () => void {
    const { genesys } = this;
    const { signOuts, refreshTokenValid, hasValidJwt } = genesys;
    // A JWT that another tab is just getting is undone there.
    const isKnown = messenger.hasToken || port.read().expiresAt !== undefined;
    const isSignedIn = isKnown && genesys.storedJwt !== undefined && (refreshTokenValid || hasValidJwt);
    this.#signedOutAt = this.time.now();
    return () => {
      if (isSignedIn && genesys.signOuts === signOuts) this.violations.push('signOut() resolved, Genesys was not told');
    };
  }

  #checkTab(tab: SimulatedTab): void {
    const { state, reason, token } = tab.session.snapshot;
    this.#recordFaults();
    if (state === 'signed-in' && !token) this.violations.push('signed-in without a JWT');
    if (tab.leakedSecrets.length) this.violations.push(`a secret in the log: ${String(tab.leakedSecrets[0])}`);
    const wasPrompted = tab.prompted;
    tab.prompted = state === 'interaction-required';
    if (wasPrompted || !tab.prompted) return;
    this.prompts++;
    const silent = this.config.signInModes.includes('silent');
    const unprovoked = silent && this.time.now() - this.#lastFaultAt > consequenceMs;
    if (unprovoked && !reason.startsWith('popup') && !tab.persistence.useless)
      this.violations.push(`a prompt (${reason}) while everything works`);
  }
}
