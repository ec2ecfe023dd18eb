import { expect } from '@open-wc/testing';
import type { Unsubscribable } from 'rxjs';
import { renewalLock } from '../../src/tabs/renewal-lock.js';
import { openFrameTab } from '../support/frame-tab.js';
import { turns } from '../support/turns.js';
import { VirtualTime } from '../support/virtual-time.js';
import { windowWith } from '../support/window-with.js';

const name = 'gc-auth-messenger:3f0c-lock';

describe('the renewal lock', () => {
  let time: VirtualTime;
  let subscriptions: Unsubscribable[];
  beforeEach(() => {
    time = new VirtualTime();
    subscriptions = [];
  });
  afterEach(() => {
    for (const subscription of subscriptions) subscription.unsubscribe();
  });

  const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await holds())) await turns(1);
  };

  const acquire = (win: Window = window, scheduler = time): { started: number; release: () => void } => {
    const acquired = { started: 0, release: () => subscription.unsubscribe() };
    const subscription = renewalLock(win, name, scheduler).subscribe(() => acquired.started++);
    subscriptions.push(subscription);
    return acquired;
  };

  /** Number of requests that hold the lock or wait for it. */
  const queueLength = async (): Promise<number> => {
    const { held = [], pending = [] } = await navigator.locks.query();
    return [...held, ...pending].filter((lock) => lock.name === name).length;
  };

  const hide = (): boolean => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));

  it('starts without the lock after five seconds behind a frozen tab, and leaves the queue', async () => {
    const frozen = acquire(window, new VirtualTime());
    await until(() => frozen.started > 0);
    const second = acquire();
    await until(async () => (await queueLength()) === 2);
    time.advance(4_999);
    expect(second.started).to.equal(0);
    time.advance(1);
    expect(second.started).to.equal(1);
    await until(async () => (await queueLength()) === 1);
    frozen.release();
    await until(async () => (await queueLength()) === 0);
    time.advance(60_000);
    expect([frozen.started, second.started]).to.eql([1, 1]);
  });

  it('is granted at once when the tab that holds it is closed', async () => {
    const tab = openFrameTab();
    const first = acquire(tab.win);
    await until(() => first.started > 0);
    const second = acquire();
    tab.close();
    await until(() => second.started > 0);
  });

  it('is released when the page is unloaded or enters the back/forward cache', async () => {
    const first = acquire();
    await until(() => first.started > 0);
    const second = acquire();
    await until(async () => (await queueLength()) === 2);
    hide();
    await until(async () => (await queueLength()) === 0);
    expect(second.started).to.equal(0);
    // A restored page continues its timers.
    time.advance(5_000);
    expect([first.started, second.started]).to.eql([1, 1]);
  });

  it('can be released while it is granted', async () => {
    let started = 0;
    const subscription = renewalLock(window, name, time).subscribe(() => {
      started++;
      subscription.unsubscribe();
    });
    await until(() => started > 0);
    await until(async () => (await queueLength()) === 0);
  });

  it('is not held after unsubscribing before it was granted', async () => {
    acquire().release();
    const second = acquire();
    await until(() => second.started > 0);
    second.release();
    await until(async () => (await queueLength()) === 0);
  });

  it('is released at once when it is granted after the wait limit', async () => {
    let grant: (() => Promise<void>) | undefined;
    const request = (_name: string, _options: unknown, hold: () => Promise<void>): Promise<never> => {
      grant = hold;
      return new Promise(() => undefined);
    };
    const late = acquire(windowWith({ navigator: { locks: { request } } }));
    time.advance(5_000);
    await grant!();
    expect(late.started).to.equal(1);
  });

  it('starts once although another page steals the lock', async () => {
    const first = acquire();
    await until(() => first.started > 0);
    await navigator.locks.request(name, { steal: true }, () => undefined);
    await turns();
    expect(first.started).to.equal(1);
  });

  const refused = (): never => {
    throw new DOMException('denied', 'SecurityError');
  };
  const poor: ReadonlyArray<readonly [string, unknown]> = [
    ['there are no locks', {}],
    ['locks are refused', { locks: { request: refused } }],
    ['locks are refused later', { locks: { request: async () => refused() } }],
  ];
  for (const [title, navigator] of poor) {
    it(`starts at once, and once, where ${title}`, async () => {
      const first = acquire(windowWith({ navigator }));
      await until(() => first.started > 0);
      time.advance(60_000);
      await turns();
      expect(first.started).to.equal(1);
    });
  }

  it('leaves no timer', async () => {
    const first = acquire();
    await until(() => first.started > 0);
    const second = acquire();
    first.release();
    second.release();
    expect(time.actions.filter(({ closed }) => !closed)).to.eql([]);
  });
});
