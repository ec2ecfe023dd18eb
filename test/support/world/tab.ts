import type { Config } from '../../../src/core/config.js';
import type { Caller } from '../../../src/core/model.js';
import type { LedgerPort, Ports } from '../../../src/session/ports.js';
import { Session } from '../../../src/session/session.js';
import type { SessionEvent } from '../../../src/session/session.js';
import { FakePersistencePort } from '../fake-persistence-port.js';
import type { FakePagePort } from '../fake-ports.js';
import type { FakeTabsPort } from '../fake-tabs-port.js';
import { grantOf } from '../fixtures.js';
import { ModelledCode } from './code.js';
import { ModelledMessenger } from './messenger.js';
import type { Surroundings } from './messenger.js';

export interface TabOptions {
  readonly config: Config;
  readonly around: Surroundings;
  readonly ledger: LedgerPort;
  readonly port: FakeTabsPort;
  readonly page: FakePagePort;
  readonly random: () => number;
  /** Puts faults between the element and its ports. */
  readonly broken: (ports: Ports) => Ports;
  readonly heard: (tab: Tab, signal: SessionEvent) => void;
  readonly changed: (tab: Tab) => void;
}

/** One tab with the element in it. Reloaded, it keeps what a tab keeps. */
export class Tab {
  readonly options: TabOptions;
  readonly page: FakePagePort;
  readonly port: FakeTabsPort;
  readonly persistence = new FakePersistencePort();
  messenger!: ModelledMessenger;
  code!: ModelledCode;
  session!: Session;
  closed = false;
  /** The person is asked to sign in. */
  prompted = false;
  /** Wishes of the page that are not settled yet, in words. */
  readonly waiting = new Map<number, string>();
  readonly log: string[] = [];
  #wishes = 0;

  constructor(options: TabOptions) {
    this.options = options;
    this.page = options.page;
    this.port = options.port;
    this.load();
  }

  load(came?: ModelledCode['came']): void {
    const { config, around, ledger, random, heard, changed, broken } = this.options;
    const { page, port, persistence } = this;
    this.messenger = new ModelledMessenger(around);
    this.code = new ModelledCode(around, () => page.activated);
    this.code.came = came;
    const log: Ports['log'] = (line, detail) => void this.log.push(`${line} ${JSON.stringify(detail)}`);
    const ports: Ports = { messenger: this.messenger, code: this.code, ledger, page, tabs: port, persistence, log };
    this.session = new Session({ config, ports: broken(ports), scheduler: port.scheduler, random });
    this.session.events$.subscribe((signal) => heard(this, signal));
    this.session.snapshot$.subscribe(() => changed(this));
    this.session.start();
  }

  reload(came?: ModelledCode['came']): void {
    this.session.end();
    this.messenger.leave();
    this.load(came);
  }

  /** The person does this here: for as long as it takes, the browser lets a popup open. */
  act(work: () => void): void {
    if (this.closed || this.port.frozen) return;
    this.page.activated = true;
    work();
    this.page.activated = false;
  }

  /** The page wishes this. */
  wish(method: Caller['method'], provider = false): void {
    if (this.closed || this.port.frozen) return;
    const wish = ++this.#wishes;
    this.waiting.set(wish, method);
    const settled = (): unknown => this.waiting.delete(wish);
    this.session.call(method, provider).then(settled, settled);
  }

  /** Back from the provider's page, where the person signed in, or did not. */
  comeBack(person: string | undefined): void {
    const { provider } = this.options.around;
    const { left } = this.code;
    if (!left) return;
    if (person !== undefined) provider.person = person;
    const grant = provider.person === undefined ? undefined : grantOf(provider.issue().name);
    this.reload(grant && { answer: { grant }, kept: left });
  }

  see(visible: boolean): void {
    this.page.visible = visible;
    if (visible && !this.port.frozen) this.page.wake$.next('visibilitychange');
  }

  get secrets(): readonly string[] {
    return this.log.filter((line) => /(code|jwt)-\d/.test(line));
  }
}
