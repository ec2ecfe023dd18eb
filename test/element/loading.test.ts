import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import { type GcAuthMessenger } from '../../src/element/gc-auth-messenger.js';
import { showFinalColors } from '../support/final-colors.js';
import { clearAway, placedWith } from '../support/harness-element.js';

afterEach(clearAway);

const codeOf = (promise: Promise<unknown>): Promise<string | undefined> =>
  promise.then(
    () => undefined,
    (error: GcAuthError) => error.code,
  );

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
    showFinalColors(element);
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

  for (const [name, call, expected = 'script-blocked'] of [
    ['refresh()', (element: GcAuthMessenger) => element.refresh()],
    ['reauthenticate()', (element: GcAuthMessenger) => element.reauthenticate()],
    ['stepUp()', (element: GcAuthMessenger) => element.stepUp(), 'command-failed'],
    ['signOut()', (element: GcAuthMessenger) => element.signOut()],
  ] as const) {
    it(`${name} before the first click fetches it, and settles when it cannot be fetched`, async () => {
      const { element, messenger } = await placedWith({ loading: 'interaction' });
      const code = codeOf(call(element));
      expect(messenger.connections).to.equal(1);
      messenger.fail(new GcAuthError('script-blocked'));
      expect(await code).to.equal(expected);
    });
  }

  it('signOut() before the first click tells Genesys', async () => {
    const { element, messenger } = await placedWith({ loading: 'interaction' });
    const done = element.signOut();
    messenger.emit({ type: 'loaded', allowSessionUpgrade: false }, { type: 'auth-ready', authenticated: true });
    messenger.lastCommand('Auth.logout')!.resolve();
    await done;
    expect(element.state).to.equal('signed-out');
  });

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
