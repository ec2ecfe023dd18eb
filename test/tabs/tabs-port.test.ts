import { expect } from '@open-wc/testing';
import { fingerprint } from '../../src/core/person-fingerprint.js';
import type { TabMessageType, TabsPort } from '../../src/session/ports.js';
import { createTabsPort } from '../../src/tabs/tabs-port.js';
import { openFrameTab } from '../support/frame-tab.js';
import { watchLeaks } from '../support/leaks.js';
import { turns } from '../support/turns.js';
import { windowWith } from '../support/window-with.js';

const f1 = fingerprint({ sub: 'one' }, 0)!;
const f2 = fingerprint({ sub: 'two' }, 0)!;

/** One per test: storage events of the previous test may still arrive. */
let scope: string;
let name: string;
let tests = 0;

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await turns(1);
};

const refused = (): never => {
  throw new DOMException('denied', 'SecurityError');
};
const noChannel = { BroadcastChannel: refused };
const noStorage = { localStorage: null };

/** The messages that a port emits until the end of the test. */
function receive(port: TabsPort) {
  const received: TabMessageType[] = [];
  const subscription = port.messages$.subscribe((message) => received.push(message));
  cleanups.push(() => subscription.unsubscribe());
  return received;
}

let cleanups: Array<() => void> = [];

describe('the tabs of one deployment', () => {
  beforeEach(() => {
    scope = `3f0c-tabs-${++tests}`;
    name = `gc-auth-messenger:2:${scope}`;
  });
  afterEach(() => {
    for (const clean of cleanups) clean();
    cleanups = [];
    localStorage.removeItem(name);
  });

  const frame = (): Window => {
    const { win, close } = openFrameTab();
    cleanups.push(close);
    return win;
  };

  it('receive messages without channels', async () => {
    const received = receive(createTabsPort(windowWith(noChannel), scope));
    const other = createTabsPort(frame(), scope);
    other.write({ person: f1 }, 'signed-in');
    other.write({}, 'signed-out');
    await until(() => received.length > 1);
    expect(received).to.eql(['signed-in', 'signed-out']);
  });

  it('receive messages and the record without storage', async () => {
    const one = createTabsPort(windowWith(noStorage), scope);
    const received = receive(one);
    createTabsPort(windowWith(noStorage), scope).write({ person: f1 }, 'signed-in');
    await until(() => received.length > 0);
    expect(one.read()).to.eql({ person: f1 });
  });

  it('receive the message of each tab once, however many there are and were', async () => {
    const received = receive(createTabsPort(window, scope));
    const channel = new BroadcastChannel(name);
    cleanups.push(() => channel.close());
    const at = Date.now();
    for (let by = 1; by <= 150; by++) {
      for (const copy of [1, 2]) channel.postMessage({ message: 'renewed', by, at, copy });
    }
    channel.postMessage({ message: 'signed-out', by: 0.5, at });
    await until(() => received.includes('signed-out'));
    expect(received.filter((message) => message === 'renewed')).to.have.lengthOf(150);
  });

  it('receive nothing from another deployment', async () => {
    const received = receive(createTabsPort(window, scope));
    const win = frame();
    createTabsPort(win, '77aa').write({}, 'signed-out');
    createTabsPort(win, scope).write({}, 'renewed');
    await until(() => received.length > 0);
    expect(received).to.eql(['renewed']);
    localStorage.removeItem('gc-auth-messenger:2:77aa');
  });

  it('use the later of the received and the stored record: storage may lag behind', () => {
    const old = JSON.stringify({ person: f1, at: 1 });
    const lagging = { getItem: () => old, setItem: () => undefined };
    const port = createTabsPort(windowWith({ localStorage: lagging }), scope);
    expect(port.read()).to.eql({ person: f1 });
    port.write({ person: f2 });
    expect(port.read()).to.eql({ person: f2 });
  });

  it('use the record of a tab whose clock was set back', () => {
    const at = Date.now() + 3_600_000;
    localStorage.setItem(name, JSON.stringify({ person: f1, at }));
    const [one, other] = [createTabsPort(window, scope), createTabsPort(window, scope)];
    expect(one.read()).to.eql({ person: f1 });
    other.write({ person: f2 });
    expect(one.read()).to.eql({ person: f2 });
  });

  it('keep the record in memory when the page clears storage', () => {
    const port = createTabsPort(window, scope);
    port.write({ person: f1 });
    localStorage.removeItem(name);
    expect(port.read()).to.eql({ person: f1 });
  });

  it('keep the record in memory when storage is full', () => {
    const full = { getItem: () => JSON.stringify({ person: f1, at: 1 }), setItem: refused };
    const port = createTabsPort(windowWith({ localStorage: full }), scope);
    port.write({});
    expect(port.read()).to.eql({});
  });

  it('do not throw where the browser blocks storage, channels and locks', async () => {
    const port = createTabsPort(windowWith({ ...noStorage, ...noChannel, navigator: {} }), scope);
    const received = receive(port);
    port.write({ person: f1 }, 'signed-in');
    expect(port.read()).to.eql({ person: f1 });
    expect(received).to.eql([]);
  });

  for (const garbage of [
    '{',
    'null',
    '5',
    '"text"',
    '[1]',
    `{"at":1e999,"person":"${f1}"}`,
    `{"person":"${f1}"}`,
    '{"at":1,"person":"made up"}',
  ]) {
    it(`read no record from ${garbage}`, () => {
      localStorage.setItem(name, garbage);
      const port = createTabsPort(window, scope);
      expect(port.read()).to.eql({});
      port.write({ person: f2 });
      expect(createTabsPort(window, scope).read()).to.eql({ person: f2 });
    });
  }

  it('read only known members of the record, of the right type', () => {
    const stored = { at: 1, issuedAt: '1', expiresAt: 2, person: 3, sameWhileValid: 1, jwt: 'x' };
    localStorage.setItem(name, JSON.stringify(stored));
    expect(createTabsPort(window, scope).read()).to.eql({ expiresAt: 2 });
  });

  it('write only known members of the record', () => {
    createTabsPort(window, scope).write({ person: f1, jwt: 'secret' } as never, 'signed-in');
    expect(localStorage.getItem(name)).not.to.contain('secret');
  });

  it('ignore every other message', async () => {
    const received = receive(createTabsPort(window, scope));
    const channel = new BroadcastChannel(name);
    cleanups.push(() => channel.close());
    for (const data of [null, 1, 'signed-out', { message: 'other', by: 1, at: 1 }, { message: 'signed-out' }])
      channel.postMessage(data);
    window.dispatchEvent(new StorageEvent('storage', { key: name, newValue: '{' }));
    window.dispatchEvent(new StorageEvent('storage', { key: name, newValue: null }));
    window.dispatchEvent(
      new StorageEvent('storage', { key: 'theirs', newValue: '{"message":"signed-out","by":1,"at":1}' }),
    );
    channel.postMessage({ message: 'renewed', by: 1, at: 1 });
    await until(() => received.length > 0);
    expect(received).to.eql(['renewed']);
  });

  it('J30: remember the latest sign-out as long as the page is loaded, whatever the storage contains', () => {
    const port = createTabsPort(window, scope);
    port.write({ signOut: { at: Date.now(), pending: true, person: f1 } }, 'signed-out');
    const { signOut } = port.read();
    localStorage.setItem(name, JSON.stringify({ at: Date.now() + 10, person: f2 }));
    expect(createTabsPort(window, scope).read()).to.eql({ person: f2, signOut });
    localStorage.removeItem(name);
    expect(createTabsPort(window, scope).read().signOut).to.eql(signOut);
    createTabsPort(window, scope).write({ signOut: { at: signOut!.at, person: f1 } });
    expect(port.read().signOut, 'completed').to.eql({ at: signOut!.at, person: f1 });
  });

  it('J30: tell a sign-out before the page was loaded from one afterwards', () => {
    const signOutAt = (at: number): number | undefined => {
      scope += '-';
      localStorage.setItem(`gc-auth-messenger:2:${scope}`, JSON.stringify({ at: 1, signOut: { at } }));
      const found = createTabsPort(window, scope).signOutAtLoad();
      localStorage.removeItem(`gc-auth-messenger:2:${scope}`);
      return found;
    };
    const before = Math.floor(performance.timeOrigin) - 1_000;
    expect(signOutAt(before)).to.equal(before);
    expect(signOutAt(Date.now()), 'the bundle was loaded later than the page').to.equal(undefined);
    const ahead = Date.now() + 3_600_000;
    expect(signOutAt(ahead), 'the clock has been set back').to.equal(ahead);
  });

  it('J30: do not take a later sign-out for one that was there at load', () => {
    const port = createTabsPort(window, scope);
    expect(port.signOutAtLoad()).to.equal(undefined);
    port.write({ signOut: { at: 5 } });
    expect(createTabsPort(window, scope).signOutAtLoad()).to.equal(undefined);
  });

  for (const signOut of [1, 'x', null, [], { at: 'x' }, { at: 1e15 }, { at: -1 }, { at: null }, {}]) {
    it(`read no sign-out from ${JSON.stringify(signOut)}`, () => {
      localStorage.setItem(name, JSON.stringify({ at: 1, signOut }));
      expect(createTabsPort(window, scope).read()).to.eql({});
    });
  }

  it('read only the members of a sign-out that are of the right type', () => {
    const signOut = { at: 5, pending: 'yes', overruled: 1, person: 'made up', jwt: 'x' };
    localStorage.setItem(name, JSON.stringify({ at: 1, signOut }));
    expect(createTabsPort(window, scope).read()).to.eql({ signOut: { at: 5 } });
  });

  it('do not read or write the record of another version', () => {
    const other = JSON.stringify({ at: 1, person: f1, issuedAt: 1, expiresAt: 2 });
    localStorage.setItem(`gc-auth-messenger:${scope}`, other);
    const port = createTabsPort(window, scope);
    expect(port.read()).to.eql({});
    port.write({ person: f2 }, 'signed-in');
    expect(localStorage.getItem(`gc-auth-messenger:${scope}`)).to.equal(other);
    localStorage.removeItem(`gc-auth-messenger:${scope}`);
  });

  it('listen only while subscribed, and not in the back/forward cache', async () => {
    const leaks = watchLeaks();
    cleanups.push(() => leaks.end());
    const port = createTabsPort(window, scope);
    port.write({}, 'renewed');
    const channels = () => leaks.alive().channels;
    expect(channels()).to.equal(0);
    const received: TabMessageType[] = [];
    const subscription = port.messages$.subscribe((message) => received.push(message));
    expect(channels()).to.equal(1);
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(channels()).to.equal(0);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect(channels()).to.equal(1);
    expect(received).to.eql([]);
    createTabsPort(window, scope).write({}, 'signed-out');
    await until(() => received.length > 0);
    subscription.unsubscribe();
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect(channels()).to.equal(0);
    expect(received).to.eql(['signed-out']);
  });
});
