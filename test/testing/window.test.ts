import { aTimeout, expect } from '@open-wc/testing';
import { FakeGenesysServer } from '../support/fake-genesys-server.js';
import { showFinalColors } from '../support/final-colors.js';
import { newGrant, StandInPage } from '../support/stand-in-page.js';
import { until } from '../support/until.js';

type Options = ConstructorParameters<typeof StandInPage>[0];

async function open(options: Options = {}): Promise<StandInPage> {
  const page = new StandInPage(options);
  await page.event('Messenger.ready');
  page.find('.launcher').click();
  await page.event('Messenger.opened');
  return page;
}

async function chatting(options: Options = {}): Promise<StandInPage> {
  const page = await open(options);
  await page.event('MessagingService.started');
  await until(() => page.find('.notice').hidden, 'the notice is hidden');
  return page;
}

function guestServer(): FakeGenesysServer {
  const server = new FakeGenesysServer();
  server.config['auth'] = { enabled: true, allowSessionUpgrade: true };
  return server;
}

function type(page: StandInPage, text: string): HTMLTextAreaElement {
  const input = page.find<HTMLTextAreaElement>('textarea');
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  return input;
}

const press = (target: HTMLElement, key: string, init: KeyboardEventInit = {}): boolean =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init }));

const notice = (page: StandInPage, text: string): Promise<void> =>
  until(() => page.find('.notice').textContent?.includes(text), `the notice is ${text}`);

const noticeButton = (page: StandInPage): HTMLElement => page.find('.notice-button');

/** Texts that reached the server. */
const received = (page: StandInPage): unknown[] => page.server.history.map(({ text }) => text);

describe('The launcher and the window', () => {
  afterEach(() => StandInPage.closeAll());

  it('are accessible, and expose whether the window is open', async () => {
    const page = new StandInPage();
    await page.event('Messenger.ready');
    const launcher = page.find('.launcher');
    expect([launcher.ariaLabel, launcher.ariaExpanded]).to.deep.equal(['Open Messenger', 'false']);
    launcher.click();
    await page.event('Messenger.opened');
    expect([launcher.ariaLabel, launcher.ariaExpanded]).to.deep.equal(['Close Messenger', 'true']);
    await page.event('MessagingService.started');
    showFinalColors(page.host);
    await expect(page.find('.window')).to.be.accessible();
    await expect(launcher).to.be.accessible();
  });

  it('look as the deployment’s configuration says', async () => {
    const server = new FakeGenesysServer();
    Object.assign(server.config, {
      position: { alignment: 'Left', sideSpace: 40, bottomSpace: 60 },
      customI18nLabels: [
        { language: 'en-us', localizedLabels: [{ key: 'MessengerLauncherButtonText', value: 'Help' }] },
      ],
    });
    Object.assign(server.config['messenger'] as object, {
      styles: { primaryColor: '#884400' },
      launcherButton: { visibility: 'On', displayType: 'IconAndText' },
    });
    const page = new StandInPage({ server });
    await page.event('Messenger.ready');
    const launcher = page.find('.launcher');
    const { left, bottom } = launcher.getBoundingClientRect();
    expect([left, document.documentElement.clientHeight - bottom]).to.deep.equal([48, 72]);
    expect(getComputedStyle(launcher).backgroundColor).to.equal('rgb(136, 68, 0)');
    expect(launcher.textContent).to.equal('Help');
  });

  it('show who is signed in', async () => {
    const page = await chatting();
    expect(page.find('.who').textContent).to.equal('Signed in as Zoë');
  });

  it('move the focus to the input, and back to the launcher on Escape', async () => {
    const page = await chatting();
    const input = page.find('textarea');
    expect(page.host.shadowRoot?.activeElement).to.equal(input);
    press(input, 'a');
    press(input, 'Escape', { isComposing: true });
    expect(page.find('.window').hidden).to.equal(false);
    press(input, 'Escape');
    await page.event('Messenger.closed');
    expect(page.host.shadowRoot?.activeElement).to.equal(page.find('.launcher'));
  });

  it('do not move the focus when the window is restored after a reload', async () => {
    const first = await chatting();
    first.close();
    const page = first.another();
    await page.event('Messenger.opened');
    await aTimeout(0);
    expect(page.host.shadowRoot?.activeElement).to.equal(null);
    page.find('.close').click();
    await page.event('Messenger.closed');
  });

  it('do not move the focus when the page closes the window', async () => {
    const page = await chatting();
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    await page.command('Messenger.close');
    await aTimeout(0);
    expect(document.activeElement).to.equal(field);
    field.remove();
  });

  it('use neither style attributes nor markup strings', async () => {
    const page = await chatting();
    expect(page.host.shadowRoot?.querySelector('[style], style')).to.equal(null);
  });
});

describe('The conversation', () => {
  afterEach(() => StandInPage.closeAll());

  it('shows the messages, who wrote them, and which are pending', async () => {
    const page = await chatting();
    expect(page.find('.welcome').hidden).to.equal(false);
    page.server.echo = false;
    press(type(page, ' Hello '), 'Enter');
    await until(() => page.find('.message.from-person.pending'));
    expect(page.find('.pending .time').textContent).to.equal('Sending…');
    const { message } = page.server.socket.sent.at(-1) as never as { message: object };
    const body = { id: 'm1', direction: 'Inbound', channel: { time: new Date().toISOString() }, ...message };
    const row = page.find('.message.from-person');
    page.server.socket.reply({ class: 'StructuredMessage', body });
    page.server.agentSays('Welcome');
    await until(() => page.find('.message.from-agent'));
    expect(page.find('.message.from-person')).to.equal(row);
    expect(row.classList.contains('pending')).to.equal(false);
    const bubbles = [...page.find('.messages').querySelectorAll('.bubble')].map(({ textContent }) => textContent);
    expect(bubbles).to.deep.equal(['Hello', 'Welcome']);
    expect(page.find('.welcome').hidden).to.equal(true);
  });

  it('shows markup in a message as text', async () => {
    const page = await chatting();
    page.server.agentSays('<img src=x onerror=alert(1)>');
    await until(() => page.find('.message.from-agent'));
    expect(page.find('.message.from-agent img')).to.equal(null);
  });

  it('sends with Enter and with the button; Shift+Enter and white space send nothing', async () => {
    const page = await chatting();
    press(type(page, '   '), 'Enter');
    press(type(page, 'One'), 'Enter', { shiftKey: true });
    press(type(page, 'One'), 'Enter', { isComposing: true });
    expect(page.find('.send').ariaDisabled).to.equal('false');
    page.find('.send').click();
    await until(() => received(page).length === 1);
    expect(page.find<HTMLTextAreaElement>('textarea').value).to.equal('');
    expect(page.find('.send').ariaDisabled).to.equal('true');
    expect(received(page)).to.deep.equal(['One']);
  });

  it('restores a draft after a reload', async () => {
    const page = await chatting();
    type(page, 'Half a sent');
    page.close();
    const after = page.another();
    await after.event('Messenger.opened');
    expect(after.find<HTMLTextAreaElement>('textarea').value).to.equal('Half a sent');
    type(after, '');
    expect(sessionStorage.getItem(`_${page.deploymentId}:draft`)).to.equal(null);
  });

  it('loses a draft in a reload without the switch keepsDraft', async () => {
    const page = await chatting({ switches: { keepsDraft: false } });
    type(page, 'Half a sent');
    page.close();
    const after = page.another();
    await after.event('Messenger.opened');
    expect(after.find<HTMLTextAreaElement>('textarea').value).to.equal('');
  });

  it('puts a message that is refused back into the input', async () => {
    const page = await chatting({ provider: { reAuthenticate: () => undefined } });
    const input = type(page, 'Too early');
    // The window renders in a later microtask, so its button is still enabled.
    void page.plugin?.command('Auth.reAuthenticate');
    press(input, 'Enter');
    expect(input.value).to.equal('');
    await aTimeout(0);
    expect(input.value).to.equal('Too early');
  });

  it('removes draft and transcript when the person signs out', async () => {
    const page = await chatting();
    press(type(page, 'Hello'), 'Enter');
    await until(() => page.find('.message'));
    type(page, 'secret plans');
    await page.command('Auth.logout');
    await notice(page, 'Sign in to start chatting');
    expect(page.find('.message')).to.equal(null);
    expect(page.find<HTMLTextAreaElement>('textarea').value).to.equal('');
    expect(page.find('.who').hidden).to.equal(true);
  });
});

describe('The notice', () => {
  afterEach(() => StandInPage.closeAll());

  it('is an alert during re-authentication, with a button after a while', async () => {
    const page = await chatting({
      provider: { reAuthenticate: () => undefined },
      timing: { reAuthenticateButtonMs: 300 },
    });
    void page.command('Auth.reAuthenticate');
    await notice(page, 'Re-authenticating…');
    expect(page.find('.notice').role).to.equal('alert');
    expect(noticeButton(page).hidden).to.equal(true);
    showFinalColors(page.host);
    await expect(page.find('.window')).to.be.accessible();
    await until(() => !noticeButton(page).hidden, 'the button is visible');
    expect(noticeButton(page).textContent).to.equal('Re-authenticate');
    press(type(page, 'kept'), 'Enter');
    noticeButton(page).click();
    await until(() => page.outcomes('reAuthenticate').filter((outcome) => outcome === 'called').length > 2);
    expect(noticeButton(page).hidden).to.equal(true);
    await page.command('Auth.refreshToken');
    await until(() => page.find('.notice').hidden);
    expect(page.find<HTMLTextAreaElement>('textarea').value).to.equal('kept');
  });

  it('offers to sign in when nobody is signed in', async () => {
    let resolve: (grant: unknown) => void = () => undefined;
    const page = await open({
      switches: { firstAuthCode: 'never' },
      provider: { getAuthCode: (call) => void (resolve = call.resolve) },
    });
    await notice(page, 'Sign in to start chatting');
    expect(page.find('.send').ariaDisabled).to.equal('true');
    noticeButton(page).click();
    await notice(page, 'Signing in…');
    await until(() => page.pluginCalls.length > 0);
    resolve(newGrant());
    await page.event('MessagingService.started');
    await until(() => page.find('.notice').hidden);
  });

  it('offers a guest to sign in, and waits for AuthProvider’s event', async () => {
    const page = await open({ server: guestServer(), switches: { firstAuthCode: 'never' } });
    await notice(page, 'chatting as a guest');
    noticeButton(page).click();
    await page.event('Auth.signedIn');
    await until(() => page.find('.notice').hidden);
    page.plugin?.publish('signedIn', newGrant());
    expect(page.find('.who').textContent).to.equal('Signed in as Zoë');
  });

  it('shows "Signing in…" until AuthProvider publishes signInFailed', async () => {
    const page = await open({
      server: guestServer(),
      switches: { firstAuthCode: 'never' },
      provider: { signIn: ({ reject }) => reject('cancelled') },
    });
    await notice(page, 'chatting as a guest');
    noticeButton(page).click();
    await page.event('Auth.signInFailed');
    await notice(page, 'Signing in…');
    page.plugin?.publish('signInFailed', 'cancelled');
    await notice(page, 'chatting as a guest');
  });

  it('shows the state of the connection', async () => {
    const server = new FakeGenesysServer();
    server.acceptSockets = false;
    const page = await open({ server });
    await notice(page, 'Connecting…');
    server.socket.accept();
    await page.event('MessagingService.started');
    await until(() => page.find('.notice').hidden);
    server.socket.drop();
    await notice(page, 'Reconnecting…');
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
    try {
      dispatchEvent(new Event('offline'));
      await notice(page, 'You are offline');
      server.socket.drop();
      await page.event('MessagingService.offline');
    } finally {
      Reflect.deleteProperty(navigator, 'onLine');
    }
    dispatchEvent(new Event('online'));
    await until(() => server.sockets.length === 3);
    server.socket.accept();
    await page.event('MessagingService.reconnected');
    await until(() => page.find('.notice').hidden);
  });

  it('shows that there is no network before the first connection', async () => {
    const server = new FakeGenesysServer();
    server.acceptSockets = false;
    const page = await open({ server });
    await notice(page, 'Connecting…');
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
    dispatchEvent(new Event('offline'));
    await notice(page, 'You are offline');
    Reflect.deleteProperty(navigator, 'onLine');
  });
});
