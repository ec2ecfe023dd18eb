import { expect } from '@open-wc/testing';
import type { TabMessageType, TabsPort } from '../../src/session/ports.js';
import { createTabsPort } from '../../src/tabs/tabs-port.js';
import { openFrameTab } from '../support/frame-tab.js';
import { watchLeaks } from '../support/leaks.js';
import { turns } from '../support/turns.js';
import { windowWith } from '../support/window-with.js';

/** One for each test: storage events of the last may still be on their way. */
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

/** What a port heard, and the end of listening. */
function listen(port: TabsPort) {
  const heard: TabMessageType[] = [];
  const subscription = port.messages$.subscribe((message) => heard.push(message));
  after.push(() => subscription.unsubscribe());
  return heard;
}

let after: Array<() => void> = [];

describe('tabs', () => {
  beforeEach(() => {
    scope = `3f0c-tabs-${++tests}`;
    name = `gc-auth-messenger:${scope}`;
  });
  afterEach(() => {
    for (const undo of after) undo();
    after = [];
    localStorage.removeItem(name);
  });

  const frame = (): Window => {
    const { win, close } = openFrameTab();
    after.push(close);
    return win;
  };

  it('hear of each other without channels', async () => {
    const heard = listen(createTabsPort(windowWith(noChannel), scope));
    const other = createTabsPort(frame(), scope);
    other.write({ person: 'f1' }, 'signed-in');
    other.write({}, 'signed-out');
    await until(() => heard.length > 1);
    expect(heard).to.eql(['signed-in', 'signed-out']);
  });

  it('hear of each other, and know the same, without storage', async () => {
    const one = createTabsPort(windowWith(noStorage), scope);
    const heard = listen(one);
    createTabsPort(windowWith(noStorage), scope).write({ person: 'f1' }, 'signed-in');
    await until(() => heard.length > 0);
    expect(one.read()).to.eql({ person: 'f1' });
  });

  it('hear of nobody with another deployment', async () => {
    const heard = listen(createTabsPort(window, scope));
    const win = frame();
    createTabsPort(win, '77aa').write({}, 'signed-out');
    createTabsPort(win, scope).write({}, 'renewed');
    await until(() => heard.length > 0);
    expect(heard).to.eql(['renewed']);
    localStorage.removeItem('gc-auth-messenger:77aa');
  });

  it('believe the later of what they heard and what storage says, which may lag behind', () => {
    const old = JSON.stringify({ person: 'f1', at: 1 });
    const lagging = { getItem: () => old, setItem: () => undefined };
    const port = createTabsPort(windowWith({ localStorage: lagging }), scope);
    expect(port.read()).to.eql({ person: 'f1' });
    port.write({ person: 'f2' });
    expect(port.read()).to.eql({ person: 'f2' });
  });

  it('follow a tab whose clock was set back', () => {
    const at = Date.now() + 3_600_000;
    localStorage.setItem(name, JSON.stringify({ person: 'f1', at }));
    const [one, other] = [createTabsPort(window, scope), createTabsPort(window, scope)];
    expect(one.read()).to.eql({ person: 'f1' });
    other.write({ person: 'f2' });
    expect(one.read()).to.eql({ person: 'f2' });
  });

  it('go on with what they knew when storage is cleared under them', () => {
    const port = createTabsPort(window, scope);
    port.write({ person: 'f1' });
    localStorage.removeItem(name);
    expect(port.read()).to.eql({ person: 'f1' });
  });

  it('go on with what they know when storage is full', () => {
    const full = { getItem: () => JSON.stringify({ person: 'f1', at: 1 }), setItem: refused };
    const port = createTabsPort(windowWith({ localStorage: full }), scope);
    port.write({});
    expect(port.read()).to.eql({});
  });

  it('neither throw nor complain where a browser refuses everything', async () => {
    const port = createTabsPort(windowWith({ ...noStorage, ...noChannel, navigator: {} }), scope);
    const heard = listen(port);
    port.write({ person: 'f1' }, 'signed-in');
    expect(port.read()).to.eql({ person: 'f1' });
    expect(heard).to.eql([]);
  });

  for (const garbage of ['{', 'null', '5', '"text"', '[1]', '{"at":1e999,"person":"f1"}', '{"person":"f1"}']) {
    it(`find no record in ${garbage}`, () => {
      localStorage.setItem(name, garbage);
      const port = createTabsPort(window, scope);
      expect(port.read()).to.eql({});
      port.write({ person: 'f2' });
      expect(createTabsPort(window, scope).read()).to.eql({ person: 'f2' });
    });
  }

  it('find in a record what belongs there, and nothing else', () => {
    const stored = { at: 1, issuedAt: '1', expiresAt: 2, person: 3, sameWhileValid: 1, jwt: 'x' };
    localStorage.setItem(name, JSON.stringify(stored));
    expect(createTabsPort(window, scope).read()).to.eql({ expiresAt: 2 });
  });

  it('keep what does not belong into a record to themselves', () => {
    createTabsPort(window, scope).write({ person: 'f1', jwt: 'secret' } as never, 'signed-in');
    expect(localStorage.getItem(name)).not.to.contain('secret');
  });

  it('ignore whatever else is said', async () => {
    const heard = listen(createTabsPort(window, scope));
    const channel = new BroadcastChannel(name);
    after.push(() => channel.close());
    for (const data of [null, 1, 'signed-out', { message: 'other', by: 1, at: 1 }, { message: 'signed-out' }])
      channel.postMessage(data);
    window.dispatchEvent(new StorageEvent('storage', { key: name, newValue: '{' }));
    window.dispatchEvent(new StorageEvent('storage', { key: name, newValue: null }));
    window.dispatchEvent(
      new StorageEvent('storage', { key: 'theirs', newValue: '{"message":"signed-out","by":1,"at":1}' }),
    );
    channel.postMessage({ message: 'renewed', by: 1, at: 1 });
    await until(() => heard.length > 0);
    expect(heard).to.eql(['renewed']);
  });

  it('listen between subscribe and unsubscribe, and outside of the back/forward cache', async () => {
    const leaks = watchLeaks();
    after.push(() => leaks.end());
    const port = createTabsPort(window, scope);
    port.write({}, 'renewed');
    const channels = () => leaks.alive().channels;
    expect(channels()).to.equal(0);
    const heard: TabMessageType[] = [];
    const subscription = port.messages$.subscribe((message) => heard.push(message));
    expect(channels()).to.equal(1);
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(channels()).to.equal(0);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect(channels()).to.equal(1);
    expect(heard).to.eql([]);
    createTabsPort(window, scope).write({}, 'signed-out');
    await until(() => heard.length > 0);
    subscription.unsubscribe();
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect(channels()).to.equal(0);
    expect(heard).to.eql(['signed-out']);
  });
});
