import { expect } from '@open-wc/testing';
import { ContextConsumer } from '@lit/context';
import { LitElement } from 'lit';
import type { GcAuthError } from '../../src/core/errors.js';
import { messengerContext } from '../../src/element/context.js';
import type { MessengerContext } from '../../src/element/context.js';
import { GcAuthMessenger } from '../../src/element/gc-auth-messenger.js';
import * as door from '../../src/index.js';
import { endingOf } from '../support/harness-session.js';
import { clearAway, elementUnderTest, place, placedWith } from '../support/harness-element.js';

afterEach(clearAway);

const codeOf = (promise: Promise<unknown>): Promise<string | undefined> =>
  promise.then(
    () => undefined,
    (error: GcAuthError) => error.code,
  );

describe('the life of <gc-auth-messenger>', () => {
  it('begins in the page and ends outside, with nothing left behind', async () => {
    const { element, messenger, page, time, signedIn } = await placedWith();
    await signedIn();
    expect([messenger.connected, page.wake$.observed]).to.eql([1, true]);
    element.remove();
    await Promise.resolve();
    expect([messenger.connected, page.wake$.observed]).to.eql([0, false]);
    expect(time.actions).to.eql([]);
    expect(await codeOf(element.refresh())).to.equal('command-failed');
  });

  it('begins anew when it comes back', async () => {
    const under = await placedWith();
    await under.signedIn();
    under.element.remove();
    await Promise.resolve();
    await place(under);
    expect(under.sessions).to.have.lengthOf(2);
    expect(under.element.state).to.equal('signed-in');
    expect(under.messenger.connected).to.equal(1);
  });

  it('goes on when it is moved', async () => {
    const under = await placedWith();
    await under.signedIn();
    const events = under.events.length;
    const elsewhere = document.createElement('section');
    document.body.append(elsewhere);
    await place(under, elsewhere);
    document.body.append(under.element);
    await Promise.resolve();
    await under.element.updateComplete;
    expect(under.sessions).to.have.lengthOf(1);
    expect(under.events).to.have.lengthOf(events);
    expect([under.messenger.connected, under.element.state]).to.eql([1, 'signed-in']);
    elsewhere.remove();
  });

  it('rejects what was waited for when it leaves', async () => {
    const { element, signedIn } = await placedWith();
    await signedIn();
    const refreshed = codeOf(element.refresh());
    element.remove();
    expect(await refreshed).to.equal('command-failed');
  });

  it('rejects what was waited for when its attributes change', async () => {
    const { element, signedIn } = await placedWith();
    await signedIn();
    const refreshed = codeOf(element.refresh());
    element.scope = 'openid x';
    expect(await refreshed).to.equal('command-failed');
  });
});

describe('two <gc-auth-messenger> on a page', () => {
  it('are one that works and one that says why it does not', async () => {
    const first = await placedWith();
    const second = await placedWith();
    expect(second.told()).to.eql(['gc-state-change failed', 'gc-error duplicate-element']);
    expect(second.sessions).to.eql([]);
    expect(await codeOf(second.element.signIn())).to.equal('duplicate-element');
    await first.signedIn();
    expect(first.element.state).to.equal('signed-in');
    expect(second.part('prompt')).to.equal(null);
  });

  it('the second takes over when the first leaves', async () => {
    const first = await placedWith();
    const second = await placedWith();
    first.element.remove();
    await endingOf(Promise.resolve());
    expect(second.sessions).to.have.lengthOf(1);
    expect(second.element.state).to.equal('loading');
    await second.signedIn();
    expect(second.element.state).to.equal('signed-in');
    expect(first.messenger.connected).to.equal(0);
  });

  it('only one of those who wait takes over', async () => {
    const [first, second, third] = [await placedWith(), await placedWith(), await placedWith()];
    first.element.remove();
    await endingOf(Promise.resolve());
    expect(second.sessions.length + third.sessions.length).to.equal(1);
    second.element.remove();
    await endingOf(Promise.resolve());
    expect(third.sessions).to.have.lengthOf(1);
  });

  it('one that left while it waited takes nothing over', async () => {
    const first = await placedWith();
    const second = await placedWith();
    second.element.remove();
    await endingOf(Promise.resolve());
    first.element.remove();
    await endingOf(Promise.resolve());
    expect(second.sessions).to.eql([]);
  });

  it('one that cannot work is in nobody’s way', async () => {
    const first = await placedWith({ environment: 'mars' });
    const second = await placedWith();
    expect(first.sessions).to.eql([]);
    expect(second.sessions).to.have.lengthOf(1);
  });
});

describe('loading="interaction"', () => {
  it('draws a launcher in Messenger’s place, fetches at the first click, and gives way', async () => {
    const { element, messenger, part } = await placedWith({ loading: 'interaction', lang: 'en' });
    expect([messenger.connections, element.state]).to.eql([0, 'loading']);
    const launcher = part('launcher')!;
    expect(launcher.getAttribute('aria-label')).to.equal('Open chat');
    expect(launcher.getAttribute('aria-busy')).to.equal('false');
    launcher.click();
    await element.updateComplete;
    expect(messenger.connections).to.equal(1);
    expect(part('launcher')!.getAttribute('aria-busy')).to.equal('true');
    expect(messenger.lastCommand('Messenger.open')).to.exist;
    messenger.emit({ type: 'loaded', allowSessionUpgrade: false });
    messenger.lastCommand('Messenger.open')!.resolve();
    await element.updateComplete;
    expect(part('launcher')).to.equal(null);
  });

  it('is accessible', async () => {
    const { element, part } = await placedWith({ loading: 'interaction', lang: 'en' });
    expect(part('launcher')).to.exist;
    await expect(element).to.be.accessible();
  });

  it('a second click fetches nothing twice', async () => {
    const { messenger, part } = await placedWith({ loading: 'interaction' });
    part('launcher')!.click();
    part('launcher')!.click();
    expect(messenger.connections).to.equal(1);
  });

  it('open() and signIn() fetch it too', async () => {
    const opened = await placedWith({ loading: 'interaction' });
    void opened.element.open().catch(() => undefined);
    expect(opened.messenger.connections).to.equal(1);
    await clearAway();
    const signedIn = await placedWith({ loading: 'interaction' });
    void signedIn.element.signIn().catch(() => undefined);
    expect([signedIn.messenger.connections, signedIn.code.started.popup]).to.eql([1, 1]);
  });

  for (const [name, call] of [
    ['refresh()', (element: GcAuthMessenger) => element.refresh()],
    ['reauthenticate()', (element: GcAuthMessenger) => element.reauthenticate()],
  ] as const) {
    it(`${name} before the first click settles, at the latest when the element leaves`, async () => {
      const { element } = await placedWith({ loading: 'interaction' });
      const code = codeOf(call(element));
      element.remove();
      expect(await code).to.equal('command-failed');
    });
  }

  it('goes on without a click once Messenger was fetched', async () => {
    const under = await placedWith({ loading: 'interaction' });
    void under.element.open().catch(() => undefined);
    under.element.scope = 'openid x';
    await under.element.updateComplete;
    expect(under.messenger.connections).to.equal(2);
  });
});

describe('loading="idle"', () => {
  const { requestIdleCallback, cancelIdleCallback } = window;
  const wasThere = 'requestIdleCallback' in window;
  let idle: (() => void) | undefined;
  beforeEach(() => {
    window.requestIdleCallback = (callback) => {
      idle = callback as () => void;
      return 1;
    };
    window.cancelIdleCallback = () => (idle = undefined);
  });
  afterEach(async () => {
    // Whoever waits cancels first. WebKit has neither of the two, and code asks whether they are there.
    await clearAway();
    if (wasThere) Object.assign(window, { requestIdleCallback, cancelIdleCallback });
    else for (const name of ['requestIdleCallback', 'cancelIdleCallback']) Reflect.deleteProperty(window, name);
  });

  it('waits until the page is', async () => {
    const { messenger, part } = await placedWith({ loading: 'idle' });
    expect([messenger.connections, part('launcher')]).to.eql([0, null]);
    idle!();
    expect(messenger.connections).to.equal(1);
  });

  it('waits no longer when someone needs it', async () => {
    const { element, messenger } = await placedWith({ loading: 'idle' });
    void element.open().catch(() => undefined);
    expect(messenger.connections).to.equal(1);
    idle?.();
    expect(messenger.connections).to.equal(1);
  });

  it('waits no longer when the element leaves', async () => {
    const { element, messenger } = await placedWith({ loading: 'idle' });
    element.remove();
    await Promise.resolve();
    expect(idle).to.equal(undefined);
    expect(messenger.connections).to.equal(0);
  });
});

describe('the methods of <gc-auth-messenger>', () => {
  it('open, close and command reach Messenger', async () => {
    const { element, messenger, signedIn } = await placedWith();
    await signedIn();
    const opened = element.open();
    messenger.lastCommand('Messenger.open')!.resolve();
    await opened;
    const closed = element.close();
    messenger.lastCommand('Messenger.close')!.resolve();
    await closed;
    const sent = element.command('Database.set', { messaging: {} });
    expect(messenger.lastCommand('Database.set')!.data).to.eql({ messaging: {} });
    messenger.lastCommand('Database.set')!.resolve('done');
    expect(await sent).to.equal('done');
  });

  it('signIn resolves once Genesys confirmed', async () => {
    const { element, signedIn } = await placedWith();
    await signedIn();
    expect(await element.signIn()).to.equal(undefined);
  });

  it('signOut leaves for the provider when asked to', async () => {
    const { element, messenger, code, signedIn } = await placedWith();
    await signedIn();
    const done = element.signOut({ provider: true });
    messenger.lastCommand('Auth.logout')!.resolve();
    expect(code.live.endSession).to.equal(1);
    code.answerEndSession();
    expect(await done).to.equal(undefined);
  });

  it('reauthenticate asks Messenger to', async () => {
    const { element, messenger, signedIn } = await placedWith();
    await signedIn();
    void element.reauthenticate().catch(() => undefined);
    expect(messenger.lastCommand('Auth.reAuthenticate')).to.exist;
  });
});

describe('the context of <gc-auth-messenger>', () => {
  class Consumer extends LitElement {
    readonly seen: MessengerContext[] = [];
    readonly consumer = new ContextConsumer(this, {
      context: messengerContext,
      callback: (value) => this.seen.push(value),
      subscribe: true,
    });
    get latest(): MessengerContext | undefined {
      return this.seen.at(-1);
    }
  }
  customElements.define('test-consumer', Consumer);

  async function withConsumer() {
    const under = elementUnderTest();
    const consumer = new Consumer();
    under.element.append(consumer);
    await place(under);
    return { ...under, consumer };
  }

  it('tells elements inside the state and the token', async () => {
    const { consumer, signedIn } = await withConsumer();
    expect(consumer.latest).to.include({ state: 'loading', token: undefined });
    await signedIn();
    expect(consumer.latest?.state).to.equal('signed-in');
    expect(consumer.latest?.token?.jwt).to.equal('j1');
  });

  it('lets them act', async () => {
    const { consumer, code, messenger, toPrompt } = await withConsumer();
    await toPrompt();
    void consumer.latest!.signIn().catch(() => undefined);
    expect(code.live.popup).to.equal(1);
    void consumer.latest!.open().catch(() => undefined);
    void consumer.latest!.close().catch(() => undefined);
    expect(messenger.commands.map(({ name }) => name)).to.include.members(['Messenger.open', 'Messenger.close']);
    void consumer.latest!.signOut().catch(() => undefined);
    expect(consumer.latest!.state).to.equal('signed-out');
  });

  it('forgets the token when the configuration becomes invalid', async () => {
    const { consumer, signedIn, element } = await withConsumer();
    await signedIn();
    element.environment = 'mars';
    await element.updateComplete;
    expect(consumer.latest).to.include({ state: 'failed', token: undefined });
  });

  it('holds no JWT that has died', async () => {
    const { consumer, signedIn, time, page, messenger } = await withConsumer();
    await signedIn(60_000);
    page.visible = false;
    time.advance(60_001);
    page.visible = true;
    page.wake$.next('visibilitychange');
    messenger.lastCommand('Auth.refreshToken')!.reject({ status: 401 });
    expect(consumer.latest).to.include({ state: 'reauthenticating', token: undefined });
  });
});

describe('the door of the package', () => {
  it('opens on classes, and defines nothing by itself', () => {
    expect(Object.keys(door).sort()).to.eql(['GcAuthError', 'GcAuthMessenger', 'TokenInfo', 'messengerContext']);
    expect(door.GcAuthMessenger).to.equal(GcAuthMessenger);
  });

  it('defines the tag once, and a second copy leaves it alone', async () => {
    const copy = '../../src/define.ts?copy';
    await import(copy);
    expect(customElements.get('gc-auth-messenger')).to.equal(GcAuthMessenger);
  });
});
