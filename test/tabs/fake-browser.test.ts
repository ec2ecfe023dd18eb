import { expect } from '@open-wc/testing';
import { FakeBrowser } from '../support/fake-tabs-port.js';
import type { FakeTabsPort } from '../support/fake-tabs-port.js';
import { VirtualTime } from '../support/virtual-time.js';

describe('a browser in virtual time', () => {
  let time: VirtualTime;
  let browser: FakeBrowser;
  let one: FakeTabsPort;
  let other: FakeTabsPort;
  beforeEach(() => {
    time = new VirtualTime();
    browser = new FakeBrowser(time);
    [one, other] = [browser.tab(), browser.tab()];
  });

  it('leaves the lock with a frozen tab, which delays the others by five seconds', () => {
    one.renewalLock().subscribe();
    time.advance(0);
    browser.freeze(one);
    other.renewalLock().subscribe();
    time.advance(4_999);
    expect([one.locks, other.locks]).to.eql([1, 0]);
    time.advance(1);
    expect([one.locks, other.locks]).to.eql([1, 1]);
  });

  it('grants the lock to a frozen tab, which notices when it is thawed', () => {
    one.renewalLock().subscribe();
    browser.freeze(one);
    time.advance(0);
    expect(one.locks).to.equal(0);
    browser.thaw(one);
    expect(one.locks).to.equal(1);
  });

  it('releases the lock of a closed tab and runs none of its timers', () => {
    const ran: string[] = [];
    one.renewalLock().subscribe();
    one.scheduler.schedule(() => ran.push('late'), 10);
    time.advance(0);
    other.renewalLock().subscribe();
    browser.close(one);
    time.advance(10_000);
    expect(other.locks).to.equal(1);
    expect(ran).to.eql([]);
  });

  it('delivers messages and timers to a thawed tab, except cancelled ones', () => {
    const ran: string[] = [];
    one.messages$.subscribe((message) => ran.push(message));
    browser.freeze(one);
    one.scheduler.schedule(() => ran.push('timer'), 5);
    one.scheduler.schedule(() => ran.push('cancelled'), 5).unsubscribe();
    other.write({}, 'signed-out');
    time.advance(60_000);
    expect(ran).to.eql([]);
    browser.thaw(one);
    expect(ran).to.eql(['signed-out', 'timer']);
  });
});
