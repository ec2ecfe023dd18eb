import { defer, of, Subject } from 'rxjs';
import type { LedgerPort, PagePort, Ports } from '../../src/session/ports.js';
import { FakeCodePort } from './fake-code-port.js';
import { FakeMessengerPort } from './fake-messenger-port.js';

/** A page that is seen, hidden and woken by the test. */
export class FakePagePort implements PagePort {
  readonly wake$ = new Subject<string>();
  visible = true;
  online = true;

  isVisible(): boolean {
    return this.visible;
  }

  isOnline(): boolean {
    return this.online;
  }
}

/** A ledger that answers at once. */
export class FakeLedgerPort implements LedgerPort {
  readonly spent = new Set<string>();

  spend(value: string) {
    return defer(() => {
      const unused = !this.spent.has(value);
      this.spent.add(value);
      return of(unused);
    });
  }
}

export interface FakePorts extends Ports {
  readonly messenger: FakeMessengerPort;
  readonly code: FakeCodePort;
  readonly ledger: FakeLedgerPort;
  readonly page: FakePagePort;
  readonly lines: ReadonlyArray<readonly [line: string, detail: unknown]>;
}

export function fakePorts(): FakePorts {
  const lines: Array<readonly [string, unknown]> = [];
  return {
    messenger: new FakeMessengerPort(),
    code: new FakeCodePort(),
    ledger: new FakeLedgerPort(),
    page: new FakePagePort(),
    log: (line, detail) => void lines.push([line, detail]),
    lines,
  };
}
