import { expect } from '@open-wc/testing';
import type { Unsubscribable } from 'rxjs';
import { renewalLock } from '../../src/tabs/renewal-lock.js';
import { openFrameTab } from '../support/frame-tab.js';
import { turns } from '../support/turns.js';
import { VirtualTime } from '../support/virtual-time.js';
import { windowWith } from '../support/window-with.js';

const name = 'gc-auth-messenger:3f0c-turn';

describe('a turn', () => {
  let time: VirtualTime;
  let living: Unsubscribable[];
  beforeEach(() => {
    time = new VirtualTime();
    living = [];
  });
  afterEach(() => {
    for (const subscription of living) subscription.unsubscribe();
  });

  const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await holds())) await turns(1);
  };

  const take = (win: Window = window, scheduler = time): { began: number; end: () => void } => {
    const taken = { began: 0, end: () => subscription.unsubscribe() };
    const subscription = renewalLock(win, name, scheduler).subscribe(() => taken.began++);
    living.push(subscription);
    return taken;
  };

  /** How many hold the lock or wait for it. */
  const line = async (): Promise<number> => {
    const { held = [], pending = [] } = await navigator.locks.query();
    return [...held, ...pending].filter((lock) => lock.name === name).length;
  };

  const hide = (): boolean => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));

  it('begins five seconds late behind a tab that is frozen, and leaves the line', async () => {
    const frozen = take(window, new VirtualTime());
    await until(() => frozen.began > 0);
    const second = take();
    await until(async () => (await line()) === 2);
    time.advance(4_999);
    expect(second.began).to.equal(0);
    time.advance(1);
    expect(second.began).to.equal(1);
    await until(async () => (await line()) === 1);
    frozen.end();
    await until(async () => (await line()) === 0);
    time.advance(60_000);
    expect([frozen.began, second.began]).to.eql([1, 1]);
  });

  it('comes at once when the tab that has it is closed', async () => {
    const tab = openFrameTab();
    const first = take(tab.win);
    await until(() => first.began > 0);
    const second = take();
    tab.close();
    await until(() => second.began > 0);
  });

  it('is given up when the page is hidden for good or for the back/forward cache', async () => {
    const first = take();
    await until(() => first.began > 0);
    const second = take();
    await until(async () => (await line()) === 2);
    hide();
    await until(async () => (await line()) === 0);
    expect(second.began).to.equal(0);
    // Restored, the page finds its timers as they were.
    time.advance(5_000);
    expect([first.began, second.began]).to.eql([1, 1]);
  });

  it('may be ended in the moment in which it begins', async () => {
    let began = 0;
    const subscription = renewalLock(window, name, time).subscribe(() => {
      began++;
      subscription.unsubscribe();
    });
    await until(() => began > 0);
    await until(async () => (await line()) === 0);
  });

  it('takes no lock when it is ended before it was granted', async () => {
    take().end();
    const second = take();
    await until(() => second.began > 0);
    second.end();
    await until(async () => (await line()) === 0);
  });

  it('takes no lock that comes too late', async () => {
    let grant: (() => Promise<void>) | undefined;
    const request = (_name: string, _options: unknown, hold: () => Promise<void>): Promise<never> => {
      grant = hold;
      return new Promise(() => undefined);
    };
    const late = take(windowWith({ navigator: { locks: { request } } }));
    time.advance(5_000);
    await grant!();
    expect(late.began).to.equal(1);
  });

  it('begins once although another takes the lock away', async () => {
    const first = take();
    await until(() => first.began > 0);
    await navigator.locks.request(name, { steal: true }, () => undefined);
    await turns();
    expect(first.began).to.equal(1);
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
    it(`comes at once, and once, where ${title}`, async () => {
      const first = take(windowWith({ navigator }));
      await until(() => first.began > 0);
      time.advance(60_000);
      await turns();
      expect(first.began).to.equal(1);
    });
  }

  it('leaves no timer behind', async () => {
    const first = take();
    await until(() => first.began > 0);
    const second = take();
    first.end();
    second.end();
    expect(time.actions.filter(({ closed }) => !closed)).to.eql([]);
  });
});
