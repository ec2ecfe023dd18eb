import { expect } from '@open-wc/testing';
import { compose } from '../../src/compose.js';
import type { GcAuthMessenger } from '../../src/element/gc-auth-messenger.js';
import { Session } from '../../src/session/session.js';
import { createTabsPort } from '../../src/tabs/tabs-port.js';
import { FakeGenesys, globals } from '../support/fake-genesys.js';
import { fakePorts } from '../support/fake-ports.js';
import { deploymentId, jwt, t0 } from '../support/fixtures.js';
import { clearAway, elementUnderTest, leastAttributes, place } from '../support/harness-element.js';
import { watchLeaks } from '../support/leaks.js';
import { watchListeners } from '../support/listeners.js';
import { turns } from '../support/turns.js';

afterEach(clearAway);

const locksOf = async (): Promise<number> => {
  const { held = [], pending = [] } = await navigator.locks.query();
  return held.length + pending.length;
};

/** A page that has Messenger's snippet of its own; nothing is fetched. */
function pageWithMessenger(): FakeGenesys {
  const win = globals(window);
  win['_genesysJs'] = 'Genesys';
  win['Genesys'] = Object.assign((...call: unknown[]) => void queue.push(call), { q: [] as unknown[][] });
  const { q: queue } = win['Genesys'] as { q: unknown[][] };
  return new FakeGenesys(window);
}

function leaveNoMessenger(): void {
  for (const name of ['_genesysJs', 'Genesys']) Reflect.deleteProperty(window, name);
  Reflect.deleteProperty(window, Symbol.for('gc-auth-messenger:hub'));
}

/** An element over its own ports, and a Messenger that is signed in. */
function anElement(): GcAuthMessenger {
  const element = document.createElement('gc-auth-messenger');
  element.createSession = (config) => compose(config, window);
  for (const [name, value] of Object.entries(leastAttributes)) element.setAttribute(name, value);
  return element;
}

describe('J20: a <gc-auth-messenger> that comes and goes', () => {
  afterEach(leaveNoMessenger);

  it('500 times in another place leaves nothing behind, and one Messenger with one plugin', async function () {
    this.timeout(60_000);
    const genesys = pageWithMessenger();
    const first = anElement();
    document.body.append(first);
    await first.updateComplete;
    await turns(2);
    genesys.load();
    genesys.configure({ status: 'Active', auth: { enabled: true } });
    genesys.data.set('Auth.authenticated', true);
    genesys.republish('Auth.ready');
    const name = `header.${btoa(JSON.stringify({ sub: 'ada', iat: Date.now() / 1000, exp: Date.now() / 1000 + 900 }))}.x`;
    genesys.publish('Auth.authenticated', { jwt: name });
    expect(first.state).to.equal('signed-in');
    first.remove();
    await turns();

    const subscriptions = genesys.subscriptions.length;
    const sheets = document.adoptedStyleSheets.length;
    const locks = await locksOf();
    const leaks = watchLeaks();
    const listeners = watchListeners();
    try {
      const other = document.createElement('main');
      document.body.append(other);
      for (let cycle = 0; cycle < 500; cycle++) {
        const [element, second] = [anElement(), anElement()];
        document.body.append(element);
        await element.updateComplete;
        await turns(2);
        other.append(element);
        element.scope = cycle % 2 ? 'openid' : 'openid offline_access';
        await element.updateComplete;
        expect(element.state).to.equal('signed-in');
        document.body.append(second);
        await second.updateComplete;
        element.replaceWith(second);
        await Promise.resolve();
        second.remove();
        await Promise.resolve();
      }
      other.remove();
      await turns();
      expect(leaks.alive()).to.eql({ frames: 0, messageListeners: 0, channels: 0, timers: 0 });
      expect(listeners.alive()).to.eql([]);
      expect(await locksOf()).to.equal(locks);
      expect(genesys.subscriptions).to.have.lengthOf(subscriptions);
      expect(genesys.readyWith).to.have.lengthOf(1);
      expect(document.adoptedStyleSheets).to.have.lengthOf(sheets);
    } finally {
      listeners.end();
      leaks.end();
    }
  });
});

describe('J3: a <gc-auth-messenger> that stays', () => {
  it('renews 1,000 times, one refresh and one turn among the tabs each, and holds one timer', async function () {
    this.timeout(60_000);
    const under = elementUnderTest();
    const { element, time, messenger } = under;
    const life = 900_000;
    const due = life - 120_000;
    const tabs = createTabsPort(window, deploymentId, time);
    const ports = { ...fakePorts(), messenger, tabs };
    element.createSession = (config) => new Session({ config, ports, scheduler: time, random: () => 0 });
    await place(under);
    await under.signedIn(life);
    const locks = await locksOf();
    const listeners = watchListeners();
    try {
      for (let round = 1; round <= 1_000; round++) {
        time.advance(due);
        // The turn among the tabs is the browser's to give.
        while (messenger.commands.length < round) await turns(1);
        messenger.lastCommand('Auth.refreshToken')!.resolve();
        messenger.emit({ type: 'authenticated', token: jwt(`j${round + 1}`, life, time.now()) });
        expect(element.state).to.equal('signed-in');
      }
      // The turn is given up a moment after the refresh.
      time.advance(1_000);
      await turns();
      expect(messenger.commands.every(({ name }) => name === 'Auth.refreshToken')).to.equal(true);
      expect(messenger.commands).to.have.lengthOf(1_000);
      expect(time.actions.filter(({ closed }) => !closed)).to.have.lengthOf(1);
      expect(listeners.alive()).to.eql([]);
      expect(await locksOf()).to.equal(locks);
      expect(time.now()).to.be.at.least(t0 + 1_000 * due);
    } finally {
      listeners.end();
    }
  });
});
