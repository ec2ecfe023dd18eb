import { aTimeout, expect } from '@open-wc/testing';
import { FakeGenesysServer } from '../support/fake-genesys-server.js';
import { rejection } from '../support/rejection.js';
import { newGrant, StandInPage } from '../support/stand-in-page.js';
import { turns } from '../support/turns.js';
import { until } from '../support/until.js';

const texts = (data: unknown): string[] => (data as { messages: { text: string }[] }).messages.map(({ text }) => text);

async function chatting(options: ConstructorParameters<typeof StandInPage>[0] = {}): Promise<StandInPage> {
  const page = new StandInPage(options);
  await page.startChat();
  return page;
}

/** A deployment with session upgrade: guests may chat, and sign in later. */
function guestServer(): FakeGenesysServer {
  const server = new FakeGenesysServer();
  server.config['auth'] = { enabled: true, allowSessionUpgrade: true };
  return server;
}

describe('A session', () => {
  afterEach(() => StandInPage.closeAll());

  it('does not open a socket before the window opens', async () => {
    const page = new StandInPage();
    await page.event('Auth.authenticated');
    await page.event('Messenger.ready');
    expect(page.server.sockets).to.have.length(0);
    expect(page.names()).not.to.include('MessagingService.ready');
  });

  it('is configured with the Genesys JWT in data.code', async () => {
    const page = await chatting();
    expect(page.server.to(`/v1?deploymentId=${page.deploymentId}`)).to.have.length(1);
    const [configure] = page.server.socket.sent;
    expect(configure).to.include({ action: 'configureAuthenticatedSession', startNew: false });
    expect(configure?.data).to.deep.equal({ code: page.stored('gcatkn') });
    expect(configure?.token).to.equal(page.stored('actmu'));
    const { data } = await page.event('MessagingService.started');
    expect(data).to.include({ newSession: true, authenticated: true, readOnly: false, durationSeconds: 60 });
    expect(page.stored('gcmcsessionActive')).to.equal('true');
  });

  it('waits for a sign-in when nobody is signed in', async () => {
    const page = new StandInPage({ switches: { firstAuthCode: 'never' } });
    await page.event('Messenger.ready');
    await page.command('Messenger.open');
    expect(page.server.sockets).to.have.length(0);
    expect(await rejection(page.command('MessagingService.sendMessage', { message: 'Hi' }))).to.equal(
      'Messages cannot be sent while authenticating',
    );
    expect(await rejection(page.command('MessagingService.sendTyping'))).to.equal(
      'Typing indicator cannot be sent while authenticating',
    );
    await page.command('Auth.getTokens');
    await page.event('MessagingService.started');
  });

  it('waits for a pending token request', async () => {
    const page = new StandInPage();
    await page.event('Auth.authenticated');
    let release = (): void => undefined;
    page.server.hold['refresh'] = new Promise((resolve) => (release = resolve));
    const refreshed = page.command('Auth.refreshToken');
    await page.command('Messenger.open');
    await turns();
    expect(page.server.socket.sent).to.deep.equal([]);
    release();
    await refreshed;
    await page.event('MessagingService.started');
    expect(page.server.socket.sent[0]?.data?.code).to.equal(page.stored('gcatkn'));
  });

  it('begins with a Join event when the deployment has autoStart', async () => {
    const server = new FakeGenesysServer();
    server.config['messenger'] = { apps: { conversations: { autoStart: { enabled: true } } } };
    const page = await chatting({ server, scriptOrigin: 'https://apps.test' });
    await until(() => server.socket.sent.length > 1);
    expect(server.requests.some(({ path }) => path.startsWith('wss://apps.test/v1'))).to.equal(true);
    expect(server.socket.sent[1]?.message?.events).to.deep.equal([
      { eventType: 'Presence', presence: { type: 'Join' } },
    ]);
    page.close();
  });

  it('is restored after a reload, with its transcript', async () => {
    const page = await chatting();
    await page.command('MessagingService.sendMessage', { message: 'Hello' });
    await page.event('MessagingService.messagesReceived');
    page.close();
    const after = page.another();
    const { data } = await after.event('MessagingService.restored');
    expect(texts(data)).to.deep.equal(['Hello']);
    await after.event('MessagingService.historyComplete');
    expect(after.names().filter((name) => name.startsWith('MessagingService'))).to.deep.equal([
      'MessagingService.sessionDurationConfigured',
      'MessagingService.ready',
      'MessagingService.restoring',
      'MessagingService.started',
      'MessagingService.restored',
      'MessagingService.historyComplete',
    ]);
    expect(after.server.to('/messages')[0]?.authorization).to.equal('bearer history-jwt');
    expect((await after.event('MessagingService.started')).data).to.have.property('newSession', false);
  });

  it('is restored even when its history cannot be loaded', async () => {
    const page = await chatting();
    page.server.agentSays('Hello');
    page.close();
    page.server.fail['messages'] = 500;
    const { data } = await page.another().event('MessagingService.restored');
    expect(texts(data)).to.deep.equal([]);
  });

  it('ends when another connection replaces it, and starts again on command', async () => {
    const page = await chatting();
    page.server.socket.reply({ class: 'ConnectionClosedEvent', body: { reason: 'signedIn' } });
    await turns();
    expect(page.server.sockets).to.have.length(1);
    await page.command('MessagingService.joinConversation');
    await page.event('MessagingService.started', 2);
  });

  for (const [kind, event] of [
    ['SessionExpiredEvent', 'sessionExpired'],
    ['SessionClearedEvent', 'sessionCleared'],
  ] as const) {
    it(`removes its data on ${kind}`, async () => {
      const page = await chatting();
      page.server.socket.reply({ class: kind, body: {} });
      await page.event(`MessagingService.${event}`);
      expect(page.stored('actmu')).to.equal(null);
      expect(page.stored('gcmcsessionActive')).to.equal(null);
    });
  }

  it('gets a new session token for another person, and hides the messages of the first', async () => {
    const page = await chatting();
    await page.command('MessagingService.sendMessage', { message: 'Alice was here' });
    await page.event('MessagingService.messagesReceived');
    const before = page.stored('actmu');
    page.server.sub = 'bob';
    page.server.history.splice(0);
    await page.command('Auth.reAuthenticate');
    await page.event('MessagingService.started', 2);
    expect(page.stored('actmu')).not.to.equal(before);
    expect(page.find('.messages').textContent).not.to.contain('Alice');
  });

  it('keeps its session token for the same person', async () => {
    const page = await chatting();
    const before = page.stored('actmu');
    await page.command('Auth.reAuthenticate');
    await until(() => page.server.socket.sent.length > 1);
    expect(page.server.socket.sent[1]).to.include({ action: 'configureAuthenticatedSession', token: before });
    expect(page.server.socket.sent[1]?.data?.code).to.equal(page.stored('gcatkn'));
  });
});

describe('A refused session', () => {
  afterEach(() => StandInPage.closeAll());

  async function expiredPage(server: FakeGenesysServer, options = {}): Promise<StandInPage> {
    const deploymentId = crypto.randomUUID();
    const jwt = server.issueJwt({ exp: 1 });
    server.refusedJwts.add(jwt);
    localStorage.setItem(`_${deploymentId}:gcatkn`, jwt);
    localStorage.setItem(`_${deploymentId}:gcartkn`, 'refresh-1');
    const page = new StandInPage({ server, deploymentId, ...options });
    await page.event('Messenger.ready');
    return page;
  }

  it('calls AuthProvider.reAuthenticate at once without autoRefresh, as users report', async () => {
    const server = new FakeGenesysServer();
    const page = await expiredPage(server);
    await page.command('Messenger.open');
    const { data } = await page.event('MessagingService.error');
    expect(data).to.have.nested.property('error.errorKey', 'unauthorized');
    await page.event('MessagingService.started');
    expect(page.pluginCalls).to.deep.equal(['reAuthenticate']);
    expect(server.to('refresh')).to.deep.equal([]);
    expect(server.sockets).to.have.length(1);
  });

  it('refreshes the JWT first with autoRefresh, as documented', async () => {
    const server = new FakeGenesysServer();
    const page = await expiredPage(server, { switches: { autoRefresh: true } });
    await page.command('Messenger.open');
    await page.event('MessagingService.started');
    expect(page.pluginCalls).to.deep.equal([]);
    expect(page.names()).not.to.include('MessagingService.error');
  });

  it('refreshes a refused JWT once with autoRefresh, then calls AuthProvider.reAuthenticate', async () => {
    const server = new FakeGenesysServer();
    server.refuseConfigure = { code: 403, body: 'Session authentication failed: token' };
    server.refuseTimes = 2;
    const page = await expiredPage(server, { switches: { autoRefresh: true } });
    page.storeTokens(server.issueJwt(), 'refresh-1');
    await page.command('Messenger.open');
    await page.event('MessagingService.started');
    expect(server.to('refresh')).to.have.length(1);
    expect(page.pluginCalls).to.deep.equal(['reAuthenticate']);
  });

  it('ends after four refusals', async () => {
    const server = new FakeGenesysServer();
    server.refuseConfigure = { code: 401, body: 'no' };
    const page = await expiredPage(server);
    await page.command('Messenger.open');
    await page.event('MessagingService.error', 4);
    await turns();
    expect(server.socket.sent).to.have.length(4);
    expect(page.pluginCalls).to.have.length(3);
  });

  it('calls AuthProvider.reAuthenticate when that refresh is refused', async () => {
    const server = new FakeGenesysServer();
    server.fail['refresh'] = 401;
    const page = await expiredPage(server, { switches: { autoRefresh: true } });
    await page.command('Messenger.open');
    await page.event('MessagingService.started');
    expect(page.pluginCalls).to.deep.equal(['reAuthenticate']);
  });

  it('is configured again with a newer JWT', async () => {
    const server = new FakeGenesysServer();
    const page = await expiredPage(server);
    server.onFrame = (socket, frame) => {
      if (frame.data?.code !== page.stored('gcatkn')) return;
      page.storeTokens(server.issueJwt());
      socket.reply({ class: 'string', code: 401, body: 'expired', tracingId: frame.tracingId });
      server.onFrame = FakeGenesysServer.prototype.onFrame.bind(server);
    };
    await page.command('Messenger.open');
    await page.event('MessagingService.started');
    expect(page.pluginCalls).to.deep.equal([]);
  });

  it('stays closed after a refusal that a sign-in does not solve', async () => {
    const server = new FakeGenesysServer();
    server.refuseConfigure = { code: 403, body: 'Deployment is not active' };
    const page = await expiredPage(server);
    await page.command('Messenger.open');
    expect((await page.event('MessagingService.error')).data).to.have.nested.property('error.errorKey', 'forbidden');
    await turns();
    expect(server.sockets).to.have.length(1);
    expect(page.find('.notice').textContent).to.contain('not open here');
    server.refuseConfigure = undefined;
    server.refusedJwts.clear();
    page.find('.notice-button').click();
    await page.event('MessagingService.started');
  });

  it('tries again after retryAfter', async () => {
    const server = guestServer();
    let refusals = 1;
    server.onFrame = (socket, frame) => {
      if (refusals-- > 0)
        socket.reply({ class: 'TooManyRequestsErrorMessage', code: 429, body: { retryAfter: 0.001 } });
      else FakeGenesysServer.prototype.onFrame.call(server, socket, frame);
    };
    const page = new StandInPage({ server, switches: { firstAuthCode: 'never' } });
    await page.event('Messenger.ready');
    await page.command('Messenger.open');
    await page.event('MessagingService.started');
    expect((await page.event('MessagingService.error')).data).to.have.nested.property('error.errorKey', 'generic');
  });

  it('starts again with a new session token when a guest uses that of an authenticated session', async () => {
    const server = guestServer();
    server.refuseConfigure = { code: 4017, body: 'Cannot downgrade' };
    server.refuseTimes = 1;
    const page = new StandInPage({ server, switches: { firstAuthCode: 'never' } });
    await page.event('Messenger.ready');
    await page.command('Messenger.open');
    await page.event('MessagingService.started');
    const tokens = server.socket.sent.map(({ token }) => token);
    expect(tokens.at(-1)).not.to.equal(tokens[0]);
  });
});

describe('A lost socket', () => {
  afterEach(() => StandInPage.closeAll());

  it('is reopened and configured with the stored JWT', async () => {
    const page = await chatting();
    page.server.agentSays('Before');
    page.standIn.cutSocket();
    await page.event('MessagingService.reconnecting');
    await page.event('MessagingService.reconnected');
    const { data } = await page.event('MessagingService.restored');
    expect(texts(data)).to.deep.equal(['Before']);
    expect(page.server.socket.sent[0]?.data?.code).to.equal(page.stored('gcatkn'));
    expect(page.names().filter((name) => name === 'MessagingService.started')).to.have.length(1);
  });

  it('is retried while there is no network', async () => {
    const page = await chatting({ timing: { reconnectMs: 1, longestReconnectMs: 2 } });
    page.standIn.cutSocket(1_000);
    await page.event('MessagingService.offline', 2);
    expect(page.server.sockets).to.have.length(1);
    await page.event('MessagingService.reconnected');
  });

  it('is retried at once on the event online', async () => {
    const page = await chatting({ timing: { reconnectMs: 60_000, longestReconnectMs: 60_000 } });
    page.server.socket.drop();
    await page.event('MessagingService.reconnecting');
    dispatchEvent(new Event('online'));
    dispatchEvent(new Event('online'));
    await page.event('MessagingService.reconnected');
    expect(page.server.sockets).to.have.length(2);
  });

  it('delivers messages written during the outage, once', async () => {
    const page = await chatting({ timing: { reconnectMs: 20 } });
    page.server.socket.drop();
    await page.event('MessagingService.reconnecting');
    await page.command('MessagingService.sendMessage', { message: 'During the outage' });
    const { data } = await page.event('MessagingService.messagesReceived');
    expect(texts(data)).to.deep.equal(['During the outage']);
    expect(page.server.socket.texts()).to.deep.equal(['During the outage']);
    expect(sessionStorage.getItem(`_${page.deploymentId}:outbox`)).to.equal(null);
  });

  it('does not repeat messages that had arrived', async () => {
    const page = await chatting();
    page.server.echo = false;
    await page.command('MessagingService.sendMessage', { message: 'Arrived' });
    await until(() => page.server.socket.texts().length === 1);
    const { message } = page.server.socket.sent.at(-1) as never as { message: Record<string, unknown> };
    page.server.history.push({ id: 'm1', direction: 'inbound', channel: { time: 'odd' }, ...message });
    page.server.socket.drop();
    await page.event('MessagingService.restored');
    await turns();
    expect(page.server.socket.texts()).to.deep.equal([]);
    expect(page.server.sockets[0]?.texts()).to.deep.equal(['Arrived']);
  });

  it('repeats messages that had not arrived, with the same ID', async () => {
    const page = await chatting();
    page.server.agentSays('Hi');
    page.server.echo = false;
    await page.command('MessagingService.sendMessage', { message: 'Lost' });
    await until(() => page.server.socket.texts().length === 1);
    const first = page.server.socket.sent.at(-1)?.message?.metadata;
    page.server.echo = true;
    page.server.socket.drop();
    await page.event('MessagingService.messagesReceived', 2);
    expect(page.server.socket.sent.find(({ message }) => message?.text === 'Lost')?.message?.metadata).to.deep.equal(
      first,
    );
  });

  it('rejects a pending fetchHistory', async () => {
    const page = await chatting();
    page.server.onFrame = () => undefined;
    const history = rejection(page.command('MessagingService.fetchHistory'));
    await until(() => page.server.socket.actions().includes('getJwt'));
    page.server.onFrame = FakeGenesysServer.prototype.onFrame.bind(page.server);
    page.server.socket.drop();
    expect(await history).to.equal('The connection was lost.');
    await page.event('MessagingService.reconnected');
  });

  it('is not reopened while the session waits for a sign-in', async () => {
    const server = new FakeGenesysServer();
    const page = await chatting({ server, provider: { reAuthenticate: () => undefined } });
    server.refuseConfigure = { code: 401, body: 'expired' };
    server.socket.drop();
    await page.event('MessagingService.error');
    server.socket.drop();
    await turns();
    expect(server.sockets).to.have.length(2);
    server.refuseConfigure = undefined;
    await page.command('Auth.refreshToken');
    await page.event('MessagingService.reconnected');
    expect(server.sockets).to.have.length(3);
  });
});

describe('Messages', () => {
  afterEach(() => StandInPage.closeAll());

  it('are published once each, whoever wrote them', async () => {
    const page = await chatting();
    await page.command('MessagingService.sendMessage', { message: 'Hello' });
    await page.event('MessagingService.messagesReceived');
    page.server.agentSays('Welcome');
    await page.event('MessagingService.messagesReceived', 2);
    page.server.socket.reply({ class: 'StructuredMessage', code: 200, body: page.server.history[0] });
    page.server.socket.reply('not JSON');
    page.server.socket.reply('null');
    page.server.socket.reply({ class: 'StructuredMessage', body: { text: 'without id' } });
    await aTimeout(0);
    expect(page.names().filter((name) => name === 'MessagingService.messagesReceived')).to.have.length(2);
  });

  it('start a session when there is none', async () => {
    const page = new StandInPage();
    await page.event('Auth.authenticated');
    await page.command('Messenger.open');
    await page.event('MessagingService.started');
    page.close();
    const headless = new FakeGenesysServer();
    headless.config['headlessMode'] = { enabled: true };
    headless.config['auth'] = { enabled: false };
    const other = new StandInPage({ server: headless });
    await other.event('MessagingService.ready');
    await other.command('MessagingService.sendMessage', { message: 'First words' });
    await other.event('MessagingService.messagesReceived');
  });

  it('must have a text', async () => {
    const page = await chatting();
    expect(await rejection(page.command('MessagingService.sendMessage'))).to.equal('Message is missing or invalid.');
    expect(await rejection(page.command('MessagingService.sendMessage', { message: ' ' }))).to.contain('invalid');
  });

  it('are sent again after a rate limit', async () => {
    const page = await chatting();
    page.server.refuseMessages = 1;
    await page.command('MessagingService.sendMessage', { message: 'Slowly' });
    await page.event('MessagingService.messagesReceived');
    expect(page.server.socket.texts()).to.deep.equal(['Slowly', 'Slowly']);
    page.server.socket.reply({ class: 'TooManyRequestsErrorMessage', code: 429, body: null });
    await page.event('MessagingService.error', 2);
  });

  it('contain the custom attributes of the Database plugin', async () => {
    const page = await chatting();
    await page.command('Database.set', { messaging: { customAttributes: { plan: 'gold' } } });
    await page.command('Database.update', { messaging: { customAttributes: { age: '3' } } });
    await page.command('Database.update');
    await page.command('MessagingService.sendMessage', { message: 'Hello' });
    const sent = page.server.socket.sent.at(-1)?.message?.channel;
    expect(sent).to.deep.equal({ metadata: { customAttributes: { plan: 'gold', age: '3' } } });
    expect(await page.command('Database.get')).to.deep.equal({
      messaging: { customAttributes: { plan: 'gold', age: '3' } },
    });
    await page.command('Database.remove');
    expect(await page.command('Database.get')).to.deep.equal({ messaging: {} });
    expect(await rejection(page.command('Database.set', {}))).to.equal('Missing "messaging".');
  });

  it('from before a reload are not sent as another person', async () => {
    const first = await chatting();
    first.server.socket.drop();
    first.server.acceptSockets = false;
    await first.command('MessagingService.sendMessage', { message: 'As Alice' });
    first.close();
    first.server.acceptSockets = true;
    first.server.sub = 'bob';
    localStorage.removeItem(`_${first.deploymentId}:gcatkn`);
    const second = first.another();
    await second.event('MessagingService.started');
    await turns();
    expect(second.server.socket.texts()).to.deep.equal([]);
  });

  it('are not affected by an invalid outbox in storage', async () => {
    const deploymentId = crypto.randomUUID();
    sessionStorage.setItem(`_${deploymentId}:outbox`, '{');
    await chatting({ deploymentId });
  });

  it('have a typing indicator that is throttled', async () => {
    const page = await chatting();
    await page.command('MessagingService.sendTyping');
    let settled = false;
    void page.command('MessagingService.sendTyping').finally(() => (settled = true));
    await turns();
    expect(settled).to.equal(false);
    expect(page.server.socket.actions().filter((action) => action === 'onMessage')).to.have.length(1);
    await page.event('MessagingService.typingReceived');
  });

  it('can be loaded again, cleared and reset', async () => {
    const page = await chatting();
    page.server.agentSays('Hello');
    expect(await page.command('MessagingService.fetchHistory')).to.have.property('complete', true);
    page.server.socket.reply({
      class: 'StructuredMessage',
      body: { id: 'x', events: [{ eventType: 'Presence', presence: { type: 'Disconnect' } }] },
    });
    await page.event('MessagingService.conversationDisconnected');
    await page.command('MessagingService.clearConversation');
    await page.event('MessagingService.conversationCleared');
    expect(await rejection(page.command('MessagingService.clearConversation'))).to.contain('No active conversation');
    expect(await rejection(page.command('MessagingService.fetchHistory'))).to.contain('No active conversation');
    await page.command('MessagingService.resetConversation');
    await page.event('MessagingService.started', 2);
    expect(page.server.socket.sent[0]?.startNew).to.equal(true);
  });

  it('can follow startConversation, which resolves when the socket opens, and never when it is called twice', async () => {
    const server = new FakeGenesysServer();
    server.acceptSockets = false;
    const page = new StandInPage({ server });
    await page.event('Auth.authenticated');
    const first = page.command('MessagingService.startConversation');
    let second = false;
    void page.command('MessagingService.startConversation').then(() => (second = true));
    server.onFrame = () => undefined;
    server.socket.accept();
    await first;
    expect(page.names()).not.to.include('MessagingService.started');
    expect(second).to.equal(false);
  });

  it('are restored without a command in headless mode, except with configureOnly', async () => {
    const server = new FakeGenesysServer();
    server.config['headlessMode'] = { enabled: true };
    const page = new StandInPage({ server });
    await page.event('MessagingService.started');
    const settings = { headless: { configureOnly: true } };
    const quiet = new StandInPage({ server, settings });
    await quiet.event('Auth.authenticated');
    await turns();
    expect(quiet.names()).not.to.include('MessagingService.started');
    await quiet.command('MessagingService.joinConversation');
    await quiet.event('MessagingService.started');
    quiet.close();
    const again = quiet.another({ settings });
    await again.event('MessagingService.ready');
    await turns();
    expect(again.names(), 'after a reload').not.to.include('MessagingService.restoring');
  });
});

describe('A step-up', () => {
  afterEach(() => StandInPage.closeAll());

  async function guest(options: ConstructorParameters<typeof StandInPage>[0] = {}): Promise<StandInPage> {
    const page = new StandInPage({ server: guestServer(), switches: { firstAuthCode: 'never' }, ...options });
    await page.event('Messenger.ready');
    await page.command('Messenger.open');
    await page.event('Auth.signInAvailable');
    return page;
  }

  it('keeps the socket and the session token, and publishes the sign-in', async () => {
    const page = await guest();
    expect((await page.event('MessagingService.started')).data).to.have.property('authenticated', false);
    const order = page.names().filter((name) => /started|signInAvailable/.test(name));
    expect(order).to.deep.equal(['MessagingService.started', 'Auth.signInAvailable']);
    const result = (await page.command('MessagingService.stepUpConversation')) as Record<string, string>;
    expect(result['jwt']).to.equal(page.stored('gcatkn'));
    expect(result['authCode']).to.match(/^code-/);
    const [before, after] = page.server.socket.sent;
    expect([before?.action, after?.action]).to.deep.equal(['configureSession', 'configureAuthenticatedSession']);
    expect(after?.token).to.equal(before?.token);
    expect((await page.event('MessagingService.started', 2)).data).to.have.property('authenticated', true);
    expect(page.names()).to.include.members(['Auth.signingIn', 'Auth.signedIn']);
    page.server.socket.reply({
      class: 'StructuredMessage',
      body: { id: 's', direction: 'Inbound', events: [{ eventType: 'Presence', presence: { type: 'SignIn' } }] },
    });
    await page.event('MessagingService.steppedUpConversation');
    expect(await rejection(page.command('Auth.signIn'))).to.equal('No active conversation found to step-up.');
  });

  it('calls getAuthCode when signIn resolves without data', async () => {
    const page = await guest({ provider: { signIn: ({ resolve }) => resolve() } });
    await page.command('Auth.signIn');
    expect(page.pluginCalls).to.deep.equal(['signIn', 'getAuthCode']);
  });

  it('keeps the guest’s session when it fails', async () => {
    const page = await guest({ provider: { signIn: ({ reject }) => reject('cancelled') } });
    expect(await rejection(page.command('MessagingService.stepUpConversation'))).to.equal('cancelled');
    expect((await page.event('MessagingService.stepUpConversationError')).data).to.equal('cancelled');
    expect((await page.event('Auth.signInFailed')).data).to.equal('cancelled');
    expect(page.server.socket.actions()).to.deep.equal(['configureSession']);
  });

  it('can be repeated after it was cancelled, and the guest can still send messages', async () => {
    let cancelled = false;
    const page = await guest({
      provider: {
        signIn: ({ resolve, reject }) => {
          if (cancelled) return resolve(newGrant());
          cancelled = true;
          page.plugin?.publish('signInFailed', {});
          reject(new Error('cancelled'));
        },
      },
    });
    await rejection(page.command('MessagingService.stepUpConversation'));
    await page.command('MessagingService.sendMessage', { message: 'Still me' });
    expect(page.server.socket.actions()).to.deep.equal(['configureSession', 'onMessage']);
    await page.command('MessagingService.stepUpConversation');
    expect((await page.event('MessagingService.started', 2)).data).to.have.property('authenticated', true);
  });

  it('fails when the server refuses the upgrade', async () => {
    const page = await guest({ provider: { reAuthenticate: () => undefined } });
    page.server.refuseConfigure = { code: 401, body: 'no' };
    expect(await rejection(page.command('MessagingService.stepUpConversation'))).to.be.instanceOf(Error);
  });

  it('needs allowSessionUpgrade and AuthProvider.signIn', async () => {
    const page = await chatting();
    expect(await rejection(page.command('MessagingService.stepUpConversation'))).to.match(/^Upgrade to authenticated/);
    const other = await guest({ provider: false, timing: { authProviderMs: 5 } });
    expect(await rejection(other.command('MessagingService.stepUpConversation'))).to.match(/^AuthProvider\.signIn/);
  });

  it('follows a sign-in during the configuration of the guest’s session', async () => {
    const server = guestServer();
    let answerGuest = (): void => undefined;
    server.onFrame = (socket, frame) => {
      const answer = (): void => FakeGenesysServer.prototype.onFrame.call(server, socket, frame);
      if (frame.action === 'configureSession') answerGuest = answer;
      else answer();
    };
    const page = new StandInPage({ server, switches: { firstAuthCode: 'never' } });
    await page.event('Messenger.ready');
    await page.command('Messenger.open');
    await until(() => server.sockets[0]?.sent.length === 1);
    await page.command('Auth.getTokens');
    answerGuest();
    expect((await page.event('MessagingService.started', 2)).data).to.have.property('authenticated', true);
  });

  it('also follows Auth.getTokens', async () => {
    const page = await guest();
    const before = page.stored('actmu');
    await page.command('Auth.getTokens');
    await page.event('MessagingService.started', 2);
    expect(page.stored('actmu')).to.equal(before);
    await page.command('Auth.logout');
    expect(page.stored('actmu')).to.equal(null);
  });
});
