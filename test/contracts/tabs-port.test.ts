import { expect } from '@open-wc/testing';
import type { Unsubscribable } from 'rxjs';
import type { TabMessageType, TabsPort } from '../../src/session/ports.js';
import { createTabsPort } from '../../src/tabs/tabs-port.js';
import { FakeBrowser } from '../support/fake-tabs-port.js';
import { openFrameTab } from '../support/frame-tab.js';
import { turns } from '../support/turns.js';
import { VirtualTime } from '../support/virtual-time.js';

/** One for each test: storage events of the last may still be on their way. */
let scope = 0;

interface Harness {
  readonly one: TabsPort;
  readonly other: TabsPort;
  /** Time of both. */
  readonly time: VirtualTime;
  /** Lets what is on its way arrive. */
  arrive(): Promise<void>;
  end(): void;
}

const ports: ReadonlyArray<readonly [name: string, make: () => Harness]> = [
  [
    'fake tabs',
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
    let living: Unsubscribable[];
    beforeEach(() => {
      scope += 1;
      harness = make();
      living = [];
    });
    afterEach(() => {
      for (const subscription of living) subscription.unsubscribe();
      harness.end();
      localStorage.removeItem(`gc-auth-messenger:contract-${scope}`);
    });

    const until = async (holds: () => boolean): Promise<void> => {
      while (!holds()) await harness.arrive();
    };

    const listen = (port: TabsPort): TabMessageType[] => {
      const heard: TabMessageType[] = [];
      living.push(port.messages$.subscribe((message) => heard.push(message)));
      return heard;
    };

    /** How often a turn began, and how to end it. */
    const take = (port: TabsPort): { began: number; end: () => void } => {
      const subscription = port.renewalLock().subscribe(() => taken.began++);
      const taken = { began: 0, end: () => subscription.unsubscribe() };
      living.push(subscription);
      return taken;
    };

    it('knows nothing at first, and then what any tab wrote', async () => {
      const { one, other } = harness;
      expect([one.read(), other.read()]).to.eql([{}, {}]);
      one.write({ issuedAt: 1_000, expiresAt: 901_000, person: 'f1', sameWhileValid: true });
      const record = { issuedAt: 1_000, expiresAt: 901_000, person: 'f1', sameWhileValid: true };
      expect([one.read(), other.read()]).to.eql([record, record]);
      other.write({ person: 'f1' });
      expect([one.read(), other.read()]).to.eql([{ person: 'f1' }, { person: 'f1' }]);
      one.write({});
      expect([one.read(), other.read()]).to.eql([{}, {}]);
    });

    it('tells the others each piece of news once, in order, when the record is there, and never the one that tells', async () => {
      const { one, other } = harness;
      const [atOne, atOther] = [listen(one), listen(other)];
      const seen: unknown[] = [];
      living.push(other.messages$.subscribe(() => seen.push(other.read())));
      one.write({ person: 'f1' }, 'signed-in');
      await until(() => atOther.length > 0);
      expect(seen).to.eql([{ person: 'f1' }]);
      one.write({ person: 'f1', expiresAt: 1_000 }, 'renewed');
      one.write({}, 'signed-out');
      await until(() => atOther.length > 2);
      other.write({ person: 'f2' }, 'signed-in');
      await until(() => atOne.length > 0);
      expect(atOther).to.eql(['signed-in', 'renewed', 'signed-out']);
      expect(atOne).to.eql(['signed-in']);
    });

    it('tells nothing when there is no news, and nothing to who left', async () => {
      const { one, other } = harness;
      const heard = listen(other);
      const left = listen(other);
      living.pop()!.unsubscribe();
      one.write({ person: 'f1' });
      one.write({ person: 'f1' }, 'renewed');
      await until(() => heard.length > 0);
      expect(heard).to.eql(['renewed']);
      expect(left).to.eql([]);
    });

    it('gives a turn to one at a time, until all had theirs', async () => {
      const { one, other } = harness;
      const waiting = [take(one), take(other), take(one), take(other)];
      const begun = () => waiting.filter(({ began }) => began > 0);
      for (let count = 1; count <= 4; count++) {
        await until(() => begun().length > 0);
        await turns();
        await harness.arrive();
        const [now, ...more] = begun();
        expect(more).to.eql([]);
        now!.end();
        waiting.splice(waiting.indexOf(now!), 1);
      }
      expect(waiting).to.eql([]);
    });

    it('takes no turn before someone subscribes', async () => {
      const { one, other } = harness;
      one.renewalLock();
      const second = take(other);
      await until(() => second.began > 0);
    });

    it('ends a turn by itself after five seconds', async () => {
      const { one, other, time } = harness;
      const first = take(one);
      await until(() => first.began > 0);
      time.advance(1_000);
      const second = take(other);
      time.advance(3_999);
      await turns();
      expect(second.began).to.equal(0);
      time.advance(1);
      await until(() => second.began > 0);
      time.advance(20_000);
      await turns();
      expect([first.began, second.began]).to.eql([1, 1]);
    });

    it('leaves the line when it is unsubscribed', async () => {
      const { one, other } = harness;
      const first = take(one);
      await until(() => first.began > 0);
      const second = take(other);
      const third = take(one);
      second.end();
      first.end();
      await until(() => third.began > 0);
      expect(second.began).to.equal(0);
    });
  });
}
