import type { Config } from '../../../src/core/config.js';
import type { Caller } from '../../../src/core/model.js';
import type { LedgerPort, Ports } from '../../../src/session/ports.js';
import { Session } from '../../../src/session/session.js';
import type { SessionEvent } from '../../../src/session/session.js';
import { FakePersistencePort } from '../fake-persistence-port.js';
import type { FakePagePort } from '../fake-ports.js';
import type { FakeTabsPort } from '../fake-tabs-port.js';
import { grantOf } from '../fixtures.js';
import { SimulatedCodePort } from './simulated-code-port.js';
import { SimulatedMessenger } from './simulated-messenger.js';
import type { SimulationContext } from './simulated-messenger.js';

export interface SimulatedTabOptions {
  readonly config: Config;
  readonly context: SimulationContext;
  readonly ledger: LedgerPort;
  readonly port: FakeTabsPort;
  readonly page: FakePagePort;
  readonly random: () => number;
  /** Adds faults between the session and its ports. */
  readonly wrapPorts: (ports: Ports) => Ports;
  readonly onEvent: (tab: SimulatedTab, event: SessionEvent) => void;
  readonly onSnapshot: (tab: SimulatedTab) => void;
  /** The page called `signOut()`. The result is called when that resolves. */
  readonly onSignOut: (tab: SimulatedTab) => () => void;
}

/** One tab with a session. A reload keeps what the browser stores. */
export class SimulatedTab {
  readonly options: SimulatedTabOptions;
  readonly page: FakePagePort;
  readonly port: FakeTabsPort;
  readonly persistence = new FakePersistencePort();
  messenger!: SimulatedMessenger;
  code!: SimulatedCodePort;
  session!: Session;
  closed = false;
  /** When the page was loaded, epoch ms. */
  loadedAt = 0;
  /** When the person last acted on it, epoch ms. */
  actedAt = -Infinity;
  #start: (() => void) | undefined;
  /** Messenger has been fetched on this page. */
  #started = false;
  /** The prompt is shown. */
  prompted = false;
  /** Calls of public methods that have not settled. */
  readonly pendingMethods = new Map<number, string>();
  readonly log: string[] = [];
  #lastCall = 0;

  constructor(options: SimulatedTabOptions) {
    this.options = options;
    this.page = options.page;
    this.port = options.port;
    this.load();
  }

  load(redirectResult?: SimulatedCodePort['redirectResult']): void {
    const { context } = this.options;
    this.messenger = new SimulatedMessenger(context);
    this.code = new SimulatedCodePort(context, () => this.page.activated);
    this.code.redirectResult = redirectResult;
    this.loadedAt = this.port.scheduler.now();
    this.#started = false;
    this.#startSession();
  }

  #startSession(): void {
    const { config, ledger, random, onEvent, onSnapshot, wrapPorts } = this.options;
    const { page, port, persistence } = this;
    const log: Ports['log'] = (line, detail) => void this.log.push(`${line} ${JSON.stringify(detail)}`);
    const ports: Ports = { messenger: this.messenger, code: this.code, ledger, page, tabs: port, persistence, log };
    this.session = new Session({ config, ports: wrapPorts(ports), scheduler: port.scheduler, random });
    this.session.events$.subscribe((event) => onEvent(this, event));
    this.session.snapshot$.subscribe(() => onSnapshot(this));
    this.#start = undefined;
    // With `loading="interaction"` a click starts it.
    if (config.loading !== 'interaction' || this.#started) this.session.start();
    else this.#start = () => this.session.start();
  }

  /** An attribute has changed, or the element was moved: a new session on the same page. */
  configureAgain(): void {
    if (this.closed || this.port.frozen || this.code.redirectedWith) return;
    this.session.end();
    this.#startSession();
  }

  reload(redirectResult?: SimulatedCodePort['redirectResult']): void {
    this.session.end();
    this.messenger.unload();
    this.port.load();
    this.load(redirectResult);
  }

  /** Runs `work` as a handler of a user gesture, in which the browser lets a popup open. */
  withUserActivation(work: () => void): void {
    if (this.closed || this.port.frozen) return;
    this.page.activated = true;
    this.actedAt = this.port.scheduler.now();
    this.#startNow();
    work();
    this.page.activated = false;
  }

  /** The page calls a public method. */
  call(method: Caller['method'], provider = false): void {
    if (this.closed || this.port.frozen) return;
    const { session } = this;
    const id = ++this.#lastCall;
    this.pendingMethods.set(id, method);
    const settled = (): unknown => this.pendingMethods.delete(id);
    // The caller waits for the session that it called.
    if (method === 'sign-in') this.actedAt = this.port.scheduler.now();
    const checkGenesysKnows = method === 'sign-out' ? this.options.onSignOut(this) : undefined;
    this.#startNow();
    session.call(method, provider).then(() => {
      settled();
      checkGenesysKnows?.();
    }, settled);
  }

  /** With `loading="interaction"`: nobody has clicked the launcher. */
  get waitsForClick(): boolean {
    return this.#start !== undefined;
  }

  /** A public method fetches Messenger before the first click. */
  #startNow(): void {
    this.#started = true;
    const start = this.#start;
    this.#start = undefined;
    start?.();
  }

  /** The provider sends the page back. `person`: who has signed in there; undefined when nobody has. */
  returnFromRedirect(person: string | undefined): void {
    const { provider } = this.options.context;
    const { redirectedWith } = this.code;
    if (!redirectedWith) return;
    if (person !== undefined) provider.person = person;
    const grant = provider.person === undefined ? undefined : grantOf(provider.issue().name);
    this.reload(grant && { answer: { grant }, kept: redirectedWith });
  }

  setVisible(visible: boolean): void {
    this.page.visible = visible;
    if (visible && !this.port.frozen) this.page.wake$.next('visibilitychange');
  }

  /** Lines of the debug log that contain a code or a JWT. */
  get leakedSecrets(): readonly string[] {
    return this.log.filter((line) => /(code|jwt)-\d/.test(line));
  }
}
