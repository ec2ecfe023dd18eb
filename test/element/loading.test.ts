import { expect } from '@open-wc/testing';
import { firstValueFrom, Subject } from 'rxjs';
import { GcAuthError } from '../../src/core/errors.js';
import { readLauncherLook } from '../../src/core/launcher-look.js';
import { type GcAuthMessenger } from '../../src/element/gc-auth-messenger.js';
import { showFinalColors } from '../support/final-colors.js';
import { clearAway, elementUnderTest, placedWith } from '../support/harness-element.js';
import type { ElementUnderTest } from '../support/harness-element.js';
import { turns } from '../support/turns.js';
import { until } from '../support/until.js';

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
    expect(launcher.getAttribute('aria-expanded')).to.equal('false');
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

  /** @param configuration of the deployment; given when the element asks for it */
  async function withLook(configuration: Promise<unknown>): Promise<ElementUnderTest> {
    const under = elementUnderTest({ loading: 'interaction', lang: 'en' });
    under.element.launcherLook = () => configuration.then(readLauncherLook);
    document.body.append(under.element);
    await under.element.updateComplete;
    return under;
  }

  const left = { position: { alignment: 'Left', sideSpace: 40, bottomSpace: 60 } };

  it('draws nothing before the deployment’s configuration is there, so that nothing jumps', async () => {
    const answer = new Subject<unknown>();
    const { element, part } = await withLook(firstValueFrom(answer));
    await turns();
    expect(part('launcher')).to.equal(null);
    answer.next(left);
    await turns();
    await element.updateComplete;
    const { left: x, bottom, width, height } = part('launcher')!.getBoundingClientRect();
    expect([x, document.documentElement.clientHeight - bottom, width, height]).to.eql([48, 72, 56, 56]);
  });

  it('has colour, text and icon of the deployment', async () => {
    const messenger = {
      styles: { primaryColor: '#884400' },
      launcherButton: { displayType: 'IconAndText', icon: { url: 'https://images.invalid/chat.png' } },
    };
    const customI18nLabels = [
      { language: 'en-us', localizedLabels: [{ key: 'MessengerLauncherButtonText', value: 'Help' }] },
    ];
    const answer = new Subject<unknown>();
    const { element, part } = await withLook(firstValueFrom(answer));
    const images: HTMLImageElement[] = [];
    const watch = new MutationObserver(() => images.push(...element.shadowRoot!.querySelectorAll('img')));
    watch.observe(element.shadowRoot!, { childList: true, subtree: true });
    answer.next({ messenger, customI18nLabels });
    // The host does not exist.
    await until(() => part('launcher')?.querySelector('svg'), 'the usual icon replaces the image that failed');
    watch.disconnect();
    expect(images.map(({ src, alt }) => [src, alt])[0]).to.eql(['https://images.invalid/chat.png', '']);
    const launcher = part('launcher')!;
    expect(getComputedStyle(launcher).backgroundColor).to.equal('rgb(136, 68, 0)');
    expect([launcher.textContent.trim(), launcher.getAttribute('aria-label')]).to.eql(['Help', null]);
    showFinalColors(element);
    await expect(element).to.be.accessible();
  });

  it('has the page’s own colour and distance, where the page sets them', async () => {
    const under = await withLook(Promise.resolve({ messenger: { styles: { primaryColor: '#884400' } }, ...left }));
    under.element.style.setProperty('--gc-accent-color', 'rgb(1, 2, 3)');
    under.element.style.setProperty('--gc-inset', '10px');
    await turns();
    under.element.requestUpdate();
    await under.element.updateComplete;
    const launcher = under.part('launcher')!;
    expect(getComputedStyle(launcher).backgroundColor).to.equal('rgb(1, 2, 3)');
    expect(launcher.getBoundingClientRect().left).to.equal(10);
  });

  it('follows the direction of the page with the alignment Auto', async () => {
    document.dir = 'rtl';
    try {
      const { part } = await withLook(Promise.resolve({}));
      await turns();
      expect(part('launcher')!.getBoundingClientRect().left).to.equal(28);
    } finally {
      document.documentElement.removeAttribute('dir');
    }
  });

  it('draws none where the deployment has none', async () => {
    const { element, part } = await withLook(Promise.resolve({ messenger: { launcherButton: { visibility: 'Off' } } }));
    await turns();
    await element.updateComplete;
    expect(part('launcher')).to.equal(null);
  });

  it('draws that of another deployment, whose answer may come first', async () => {
    const [first, second] = [new Subject<unknown>(), new Subject<unknown>()];
    const { element, part } = await withLook(firstValueFrom(first));
    element.launcherLook = () => firstValueFrom(second).then(readLauncherLook);
    element.deploymentId = crypto.randomUUID();
    await element.updateComplete;
    await turns();
    second.next(left);
    await turns();
    first.next({});
    await turns();
    await element.updateComplete;
    expect(part('launcher')!.getBoundingClientRect().left).to.equal(48);
  });

  it('a second click fetches nothing twice', async () => {
    const { messenger, part } = await placedWith({ loading: 'interaction' });
    part('launcher')!.click();
    part('launcher')!.click();
    expect(messenger.connections).to.equal(1);
  });

  it('open(), command() and signIn() fetch it too', async () => {
    const opened = await placedWith({ loading: 'interaction' });
    void opened.element.open().catch(() => undefined);
    expect(opened.messenger.connections).to.equal(1);
    await clearAway();
    const commanded = await placedWith({ loading: 'interaction' });
    void commanded.element.command('Messenger.open').catch(() => undefined);
    expect(commanded.messenger.connections).to.equal(1);
    await clearAway();
    const signedIn = await placedWith({ loading: 'interaction' });
    void signedIn.element.signIn().catch(() => undefined);
    expect([signedIn.messenger.connections, signedIn.code.started.popup]).to.eql([1, 1]);
  });

  for (const [name, call] of [
    ['refresh()', (element: GcAuthMessenger) => element.refresh()],
    ['reauthenticate()', (element: GcAuthMessenger) => element.reauthenticate()],
    ['stepUp()', (element: GcAuthMessenger) => element.stepUp()],
    ['signOut()', (element: GcAuthMessenger) => element.signOut()],
  ] as const) {
    it(`${name} before the first click fetches it, and settles when it cannot be fetched`, async () => {
      const { element, messenger } = await placedWith({ loading: 'interaction' });
      const code = codeOf(call(element));
      expect(messenger.connections).to.equal(1);
      messenger.fail(new GcAuthError('script-blocked'));
      expect(await code).to.equal('script-blocked');
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
