import { expect } from '@open-wc/testing';
import { fingerprint } from '../../src/core/person-fingerprint.js';
import type { Unsubscribable } from 'rxjs';
import type { TabMessageType, TabsPort } from '../../src/session/ports.js';
import { createTabsPort } from '../../src/tabs/tabs-port.js';
import { FakeBrowser } from '../support/fake-tabs-port.js';
import { openFrameTab } from '../support/frame-tab.js';
import { turns } from '../support/turns.js';
import { VirtualTime } from '../support/virtual-time.js';

const f1 = fingerprint({ sub: 'one' }, 0)!;
const f2 = fingerprint({ sub: 'two' }, 0)!;

/** One per test: storage events of the previous test may still arrive. */
let scope = 0;

interface Harness {
  readonly one: TabsPort;
  readonly other: TabsPort;
  /** The clock of both. */
  readonly time: VirtualTime;
  /** Lets messages and locks arrive. */
  arrive(): Promise<void>;
  end(): void;
}

const ports: ReadonlyArray<readonly [name: string, make: () => Harness]> = [
  [
    'the fake',
    () => {
      const time = new VirtualTime();
      const browser = new FakeBrowser(time);
      const arrive = async (): Promise<void> => time.advance(0);
      return { one: browser.tab(), other: browser.tab(), time, arrive, end: () => undefined };
    },
  ],
  [
    'tabs of this browser',
    () => {
      const time = new VirtualTime();
      const tabs = [openFrameTab(), openFrameTab()] as const;
      const [one, other] = tabs.map(({ win }) => createTabsPort(win, `contract-${scope}`, time)) as [
        TabsPort,
        TabsPort,
      ];
      return { one, other, time, arrive: () => turns(1), end: () => tabs.forEach((tab) => tab.close()) };
    },
  ],
];

for (const [name, make] of ports) {
  describe(`TabsPort: ${name}`, () => {
    let harness: Harness;
    let subscriptions: Unsubscribable[];
    beforeEach(() => {
      scope += 1;
      harness = make();
      subscriptions = [];
    });
    afterEach(() => {
      for (const subscription of subscriptions) subscription.unsubscribe();
      harness.end();
      localStorage.removeItem(`gc-auth-messenger:2:contract-${scope}`);
    });

    const until = async (holds: () => boolean): Promise<void> => {
      while (!holds()) await harness.arrive();
    };

    const receive = (port: TabsPort): TabMessageType[] => {
      const received: TabMessageType[] = [];
      subscriptions.push(port.messages$.subscribe((message) => received.push(message)));
      return received;
    };

    const acquire = (port: TabsPort): { started: number; release: () => void } => {
      const subscription = port.renewalLock().subscribe(() => acquired.started++);
      const acquired = { started: 0, release: () => subscription.unsubscribe() };
      subscriptions.push(subscription);
      return acquired;
    };

    it('reads an empty record first, then what any tab wrote', async () => {
      const { one, other } = harness;
      expect([one.read(), other.read()]).to.eql([{}, {}]);
      one.write({ issuedAt: 1_000, expiresAt: 901_000, person: f1, sameWhileValid: true });
      const record = { issuedAt: 1_000, expiresAt: 901_000, person: f1, sameWhileValid: true };
      expect([one.read(), other.read()]).to.eql([record, record]);
      other.write({ person: f1 });
      expect([one.read(), other.read()]).to.eql([{ person: f1 }, { person: f1 }]);
      one.write({});
      expect([one.read(), other.read()]).to.eql([{}, {}]);
    });

    it('delivers each message once, in order, after its record, to all tabs but the sender', async () => {
      const { one, other } = harness;
      const [atOne, atOther] = [receive(one), receive(other)];
      const seen: unknown[] = [];
      subscriptions.push(other.messages$.subscribe(() => seen.push(other.read())));
      one.write({ person: f1 }, 'signed-in');
      await until(() => atOther.length > 0);
      expect(seen).to.eql([{ person: f1 }]);
      one.write({ person: f1, expiresAt: 1_000 }, 'renewed');
      one.write({}, 'signed-out');
      await until(() => atOther.length > 2);
      other.write({ person: f2 }, 'signed-in');
      await until(() => atOne.length > 0);
      expect(atOther).to.eql(['signed-in', 'renewed', 'signed-out']);
      expect(atOne).to.eql(['signed-in']);
    });

    it('delivers nothing without a message, and nothing after unsubscribe', async () => {
      const { one, other } = harness;
      const received = receive(other);
      const left = receive(other);
      subscriptions.pop()!.unsubscribe();
      one.write({ person: f1 });
      one.write({ person: f1 }, 'renewed');
      await until(() => received.length > 0);
      expect(received).to.eql(['renewed']);
      expect(left).to.eql([]);
    });

    it('grants the lock to one at a time, until all had it', async () => {
      const { one, other } = harness;
      const waiting = [acquire(one), acquire(other), acquire(one), acquire(other)];
      const holders = () => waiting.filter(({ started }) => started > 0);
      for (let count = 1; count <= 4; count++) {
        await until(() => holders().length > 0);
        await turns();
        await harness.arrive();
        const [now, ...more] = holders();
        expect(more).to.eql([]);
        now!.release();
        waiting.splice(waiting.indexOf(now!), 1);
      }
      expect(waiting).to.eql([]);
    });

    it('requests no lock before subscribe', async () => {
      const { one, other } = harness;
      one.renewalLock();
      const second = acquire(other);
      await until(() => second.started > 0);
    });

    it('releases the lock after five seconds', async () => {
      const { one, other, time } = harness;
      const first = acquire(one);
      await until(() => first.started > 0);
      time.advance(1_000);
      const second = acquire(other);
      time.advance(3_999);
      await turns();
      expect(second.started).to.equal(0);
      time.advance(1);
      await until(() => second.started > 0);
      time.advance(20_000);
      await turns();
      expect([first.started, second.started]).to.eql([1, 1]);
    });

    it('leaves the queue on unsubscribe', async () => {
      const { one, other } = harness;
      const first = acquire(one);
      await until(() => first.started > 0);
      const second = acquire(other);
      const third = acquire(one);
      second.release();
      first.release();
      await until(() => third.started > 0);
      expect(second.started).to.equal(0);
    });
  });
}
