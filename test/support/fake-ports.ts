import { defer, NEVER, of, startWith, Subject } from 'rxjs';
import type { LedgerPort, TabMessageType, PagePort, Ports, SharedRecord, TabsPort } from '../../src/session/ports.js';
import { FakeCodePort } from './fake-code-port.js';
import { FakePersistencePort } from './fake-persistence-port.js';
import { FakeMessengerPort } from './fake-messenger-port.js';

/** A page whose visibility, network and wake events the test controls. */
export class FakePagePort implements PagePort {
  readonly wake$ = new Subject<string>();
  visible = true;
  online = true;

  isVisible(): boolean {
    return this.visible;
  }

  activated = false;

  isOnline(): boolean {
    return this.online;
  }

  untouched = false;

  isUntouched(): boolean {
    return this.untouched;
  }

  isActivated(): boolean {
    return this.activated;
  }
}

/** The only tab: it gets the lock at once. */
export class FakeTabsPort implements TabsPort {
  readonly messages$ = new Subject<TabMessageType>();
  readonly sent: TabMessageType[] = [];
  record: SharedRecord = {};

  atLoad: number | undefined;

  read(): SharedRecord {
    return this.record;
  }

  signOutAtLoad(): number | undefined {
    return this.atLoad;
  }

  write(record: SharedRecord, message?: TabMessageType): void {
    this.record = record;
    if (message) this.sent.push(message);
  }

  renewalLock() {
    return NEVER.pipe(startWith(undefined));
  }
}

/** A ledger that answers synchronously. */
export class FakeLedgerPort implements LedgerPort {
  readonly used = new Set<string>();

  markUsed(value: string) {
    return defer(() => {
      const unused = !this.used.has(value);
      this.used.add(value);
      return of(unused);
    });
  }
}

export interface FakePorts extends Ports {
  readonly messenger: FakeMessengerPort;
  readonly code: FakeCodePort;
  readonly ledger: FakeLedgerPort;
  readonly page: FakePagePort;
  readonly tabs: FakeTabsPort;
  readonly persistence: FakePersistencePort;
  readonly lines: ReadonlyArray<readonly [line: string, detail: unknown]>;
}

export function fakePorts(): FakePorts {
  const lines: Array<readonly [string, unknown]> = [];
  return {
    messenger: new FakeMessengerPort(),
    code: new FakeCodePort(),
    ledger: new FakeLedgerPort(),
    page: new FakePagePort(),
    tabs: new FakeTabsPort(),
    persistence: new FakePersistencePort(),
    log: (line, detail) => void lines.push([line, detail]),
    lines,
  };
}
