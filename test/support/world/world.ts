import type { Config } from '../../../src/core/config.js';
import type { State } from '../../../src/core/model.js';
import type { Ports } from '../../../src/session/ports.js';
import { FakeLedgerPort, FakePagePort } from '../fake-ports.js';
import { FakeBrowser } from '../fake-tabs-port.js';
import { configOf, t0 } from '../fixtures.js';
import { VirtualTime } from '../virtual-time.js';
import { Genesys } from './genesys.js';
import { Provider } from './provider.js';
import { Tab } from './tab.js';

const restful: ReadonlySet<State> = new Set(['signed-in', 'signed-out', 'interaction-required', 'failed']);

/** Silent attempts in a minute, beyond which it is a loop. */
const mostSilent = 13;

/** Until a tab sees what another wrote: ten times what was measured in Chromium, which gives the lock on sooner. */
const lagMs = 50;

/** How long after the last fault a prompt may still be its consequence, ms. */
const aftermathMs = 90_000;

/** One browser, Genesys and the provider, in virtual time. Notes whatever must never happen. */
export class World {
  readonly time = new VirtualTime();
  readonly provider = new Provider(() => this.time.now());
  readonly genesys: Genesys;
  readonly browser: FakeBrowser;
  readonly tabs: Tab[] = [];
  readonly ledger = new FakeLedgerPort();
  readonly config: Config;
  online = true;
  /** The deployment lets anonymous conversations be stepped up. */
  upgradable = false;
  prompts = 0;
  /** What was told, with the tab's number: `2 signed-in`. */
  readonly told: string[] = [];
  readonly wrongs: string[];
  readonly #random: () => number;
  /** When something was last in the way of a silent sign-in, epoch ms. */
  #troubled = -Infinity;

  constructor(changes: Partial<Config> = {}, random: () => number = () => 0, life?: number) {
    this.time.frame = t0;
    this.config = configOf(changes);
    this.#random = random;
    this.genesys = new Genesys(this.provider, () => this.time.now(), life);
    this.browser = new FakeBrowser(this.time, lagMs);
    this.wrongs = this.genesys.wrongs;
  }

  openTab(broken: (ports: Ports) => Ports = (ports) => ports): Tab {
    const { genesys, provider, ledger, config } = this;
    const port = this.browser.tab();
    const page = new FakePagePort();
    page.isOnline = () => this.online;
    const loggedOut = (): void => {
      for (const { port, messenger } of this.running) port.scheduler.schedule(() => messenger.hearLogout(), 1);
    };
    const tab = new Tab({
      config,
      around: {
        genesys,
        provider,
        scheduler: port.scheduler,
        online: () => this.online,
        loggedOut,
        upgradable: () => this.upgradable,
      },
      ledger,
      port,
      page,
      random: this.#random,
      broken,
      heard: (from, { type }) => void this.told.push(`${this.tabs.indexOf(from)} ${type}`),
      changed: (of) => this.#watch(of),
    });
    this.tabs.push(tab);
    return tab;
  }

  closeTab(tab: Tab): void {
    tab.closed = true;
    tab.session.end();
    this.browser.close(tab.port);
  }

  get running(): readonly Tab[] {
    return this.tabs.filter(({ closed }) => !closed);
  }

  /** Lets time pass, and keeps an eye on what is in the way. */
  advance(ms: number): void {
    this.#note();
    this.time.advance(ms);
    this.#note();
    for (const { code } of this.running) {
      const lately = code.silentAt.filter((at) => at > this.time.now() - 60_000);
      if (lately.length > mostSilent) this.wrongs.push(`${lately.length} silent attempts in a minute`);
    }
  }

  /** All that was broken works, and all tabs are seen. */
  heal(): void {
    this.#note();
    this.online = true;
    this.genesys.fault = this.provider.fault = undefined;
    this.genesys.refusesCodes = this.provider.repeats = false;
    for (const tab of this.running) {
      if (tab.port.frozen) this.browser.thaw(tab.port);
      tab.messenger.heeds = true;
      tab.see(true);
    }
  }

  /** Wishes, calls and states that did not come to an end, in words. */
  get unsettled(): readonly string[] {
    const overdue = this.time.now() - this.config.popupTimeoutMs - 1_000;
    return this.running.flatMap(({ waiting, messenger, session, code }, index) => {
      const { state, reason } = session.snapshot;
      const rests = restful.has(state) || code.left !== undefined;
      return [
        ...[...waiting.values()].map((wish) => `tab ${index}: ${wish} waits in ${state} (${reason})`),
        ...[...messenger.open.values()]
          .filter(({ at }) => at < overdue)
          .map(({ command }) => `tab ${index}: ${command} is open in ${state} (${reason})`),
        ...(rests ? [] : [`tab ${index}: ${state} (${reason})`]),
      ];
    });
  }

  #note(): void {
    const { genesys, provider, online, time } = this;
    const well = online && !genesys.fault && !provider.fault && !genesys.refusesCodes && !provider.repeats;
    const heeded = this.running.every(({ messenger, port }) => messenger.heeds && !port.frozen);
    if (!well || !heeded || !provider.frames || provider.person === undefined) this.#troubled = time.now();
  }

  #watch(tab: Tab): void {
    const { state, reason, token } = tab.session.snapshot;
    this.#note();
    if (state === 'signed-in' && !token) this.wrongs.push('signed-in without a JWT');
    if (tab.secrets.length) this.wrongs.push(`a secret in the log: ${String(tab.secrets[0])}`);
    const prompted = tab.prompted;
    tab.prompted = state === 'interaction-required';
    if (prompted || !tab.prompted) return;
    this.prompts++;
    const silent = this.config.signInModes.includes('silent');
    const calm = silent && this.time.now() - this.#troubled > aftermathMs;
    if (calm && !reason.startsWith('popup') && !tab.persistence.useless)
      this.wrongs.push(`a prompt (${reason}) while everything works`);
  }
}
