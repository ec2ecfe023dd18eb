import { aTimeout, expect } from '@open-wc/testing';
import { isExpired, readClaims } from '../../src/testing/auth/jwt.js';
import { readGrant } from '../../src/testing/auth/grant.js';
import { FakeGenesysServer } from '../support/fake-genesys-server.js';
import { rejection } from '../support/rejection.js';
import { newGrant, StandInPage } from '../support/stand-in-page.js';
import { until } from '../support/until.js';

describe('The Auth plugin at page load', () => {
  afterEach(() => StandInPage.closeAll());

  it('gets a code from AuthProvider and exchanges it', async () => {
    const page = new StandInPage();
    const { data } = await page.event('Auth.authenticated');
    expect(page.pluginCalls).to.deep.equal(['getAuthCode']);
    expect(page.names().filter((name) => name.startsWith('Auth.'))).to.deep.equal([
      'Auth.ready',
      'Auth.authenticating',
      'Auth.authenticated',
    ]);
    const [exchange] = page.server.to('oauthcodegrantjwtexchange');
    expect(exchange?.body).to.have.property('deploymentId', page.deploymentId);
    expect(Object.keys(exchange?.body['oauth'] as object)).to.deep.equal(['code', 'redirectUri']);
    expect(data).to.deep.equal({ jwt: page.stored('gcatkn'), refreshToken: 'refresh-1' });
    expect(page.standIn.jwt()).to.have.all.keys('exp', 'iat', 'sub');
  });

  it('sends every field of the grant, including empty ones', async () => {
    const grant = { ...newGrant(), codeVerifier: 'verifier', nonce: '', maxAge: 60, iss: 'https://idp.test' };
    const page = new StandInPage({ provider: { getAuthCode: ({ resolve }) => resolve(grant) } });
    await page.event('Auth.authenticated');
    const { authCode, ...rest } = grant;
    expect(page.server.to('jwtexchange')[0]?.body['oauth']).to.deep.equal({ code: authCode, ...rest });
  });

  it('uses stored tokens without a request, even if they are expired', async () => {
    const server = new FakeGenesysServer();
    const deploymentId = crypto.randomUUID();
    localStorage.setItem(`_${deploymentId}:gcatkn`, server.issueJwt({ exp: 1 }));
    const page = new StandInPage({ server, deploymentId });
    const { data } = await page.event('Auth.authenticated');
    expect(data).to.have.all.keys('jwt');
    expect(page.names()).not.to.include('Auth.authenticating');
    expect(page.pluginCalls).to.deep.equal([]);
    expect(page.plugin?.data('Auth.authenticated')).to.equal(true);
    expect(server.to('refresh')).to.deep.equal([]);
  });

  it('gets the first code when the window opens, or only on command, with the switch firstAuthCode', async () => {
    const late = new StandInPage({ switches: { firstAuthCode: 'at-open' } });
    const never = new StandInPage({ switches: { firstAuthCode: 'never' } });
    await late.event('Messenger.ready');
    await never.event('Messenger.ready');
    expect(late.pluginCalls).to.deep.equal([]);
    await late.command('Messenger.open');
    await never.command('Messenger.open');
    await late.event('MessagingService.started');
    expect(never.pluginCalls).to.deep.equal([]);
    await never.command('Auth.getTokens');
    await never.event('MessagingService.started');
  });

  it('reports a missing AuthProvider, and continues when the page registers it later', async () => {
    const page = new StandInPage({ provider: false, timing: { authProviderMs: 5 } });
    await page.event('Auth.authProviderError');
    const reason = await rejection(page.command('Auth.getTokens'));
    expect(reason).to.deep.equal({ message: 'AuthProvider plugin is not ready' });
    page.genesys('registerPlugin', 'AuthProvider', (plugin: StandInPage['plugin']) => {
      plugin?.registerCommand('getAuthCode', ({ resolve }) => resolve(newGrant()));
      plugin?.ready();
    });
    await page.event('Auth.authenticated');
    expect(await rejection(page.command('Auth.reAuthenticate'))).to.deep.equal({
      message: 'AuthProvider.reAuthenticate command must be defined',
    });
  });

  it('does not start for a deployment without authentication', async () => {
    const server = new FakeGenesysServer();
    server.config['auth'] = { enabled: false };
    const page = new StandInPage({ server });
    await page.event('Messenger.ready');
    expect(page.names()).not.to.include('Auth.ready');
    await page.command('Messenger.open');
    expect((await page.event('MessagingService.started')).data).to.have.property('authenticated', false);
    expect(server.socket.actions()).to.deep.equal(['configureSession']);
  });

  it('replays its events to late subscribers only with the switch republishAuth', async () => {
    for (const republishAuth of [false, true]) {
      const page = new StandInPage({ switches: { republishAuth } });
      await page.event('Auth.authenticated');
      let late = 0;
      page.genesys('subscribe', 'Auth.authenticated', () => (late += 1));
      await aTimeout(0);
      expect(late).to.equal(republishAuth ? 1 : 0);
    }
  });
});

describe('Auth.getTokens', () => {
  afterEach(() => StandInPage.closeAll());

  it('shares one code between concurrent calls', async () => {
    const page = new StandInPage({ switches: { firstAuthCode: 'never' } });
    await page.event('Auth.ready');
    await Promise.all([page.command('Auth.getTokens'), page.command('Auth.getTokens')]);
    expect(page.pluginCalls).to.deep.equal(['getAuthCode']);
  });

  it('reports an AuthProvider that rejects, and one that resolves without a code', async () => {
    const rejecting = new StandInPage({ provider: { getAuthCode: ({ reject }) => reject('signed out') } });
    expect((await rejecting.event('Auth.authError')).data).to.equal('signed out');
    const empty = new StandInPage({ provider: { getAuthCode: ({ resolve }) => resolve() } });
    expect((await empty.event('Auth.authError')).data).to.have.property('message');
    expect(await rejection(empty.command('Auth.getTokens'))).to.have.property('message');
  });

  it('calls getAuthCode again with forceUpdate after a failed exchange', async () => {
    const server = new FakeGenesysServer();
    server.fail['oauthcodegrantjwtexchange'] = 401;
    const page = new StandInPage({ server });
    await page.event('Auth.authError');
    expect(page.pluginCalls).to.deep.equal(['getAuthCode', 'getAuthCode forceUpdate']);
    const { data } = await page.event('Auth.error', 2);
    expect(data).to.deep.equal({ message: 'no', code: 'unauthorized', status: 401, contextId: 'c-1' });
    expect(server.to('jwtexchange')).to.have.length(2);
  });

  it('does not call it again without the switch forceUpdate', async () => {
    const server = new FakeGenesysServer();
    server.fail['oauthcodegrantjwtexchange'] = 500;
    const page = new StandInPage({ server, switches: { forceUpdate: false } });
    expect((await page.event('Auth.authError')).data).to.equal('Unable to fetch authentication token');
    expect(page.pluginCalls).to.deep.equal(['getAuthCode']);
  });

  it('records a code that is used twice', async () => {
    const grant = newGrant();
    const page = new StandInPage({ provider: { getAuthCode: ({ resolve }) => resolve(grant) } });
    await page.event('Auth.authenticated');
    await page.command('Auth.getTokens');
    expect(page.outcomes('exchange')).to.deep.equal(['200', 'code-used-twice', '200']);
  });

  it('accepts an ID token in place of a code, but not both', () => {
    expect(readGrant({ idToken: 'a.b.c' })).to.deep.equal({ idToken: 'a.b.c' });
    expect(readGrant({ ...newGrant(), idToken: 'a.b.c' })).to.equal(undefined);
    expect(readGrant({ authCode: 'code' })).to.equal(undefined);
    expect(readGrant(null)).to.equal(undefined);
  });
});

describe('Auth.refreshToken', () => {
  afterEach(() => StandInPage.closeAll());

  async function signedIn(server = new FakeGenesysServer(), options = {}): Promise<StandInPage> {
    const page = new StandInPage({ server, ...options });
    await page.event('Auth.authenticated');
    return page;
  }

  it('stores a new JWT and keeps the refresh token', async () => {
    const page = await signedIn();
    const before = page.stored('gcatkn');
    await Promise.all([page.command('Auth.refreshToken'), page.command('Auth.refreshToken')]);
    const { data } = await page.event('Auth.authenticated', 2);
    expect(page.server.to('refresh').map(({ body }) => body)).to.deep.equal([
      { refreshToken: 'refresh-1', deploymentId: page.deploymentId },
    ]);
    expect(page.stored('gcatkn')).not.to.equal(before);
    expect(data).to.deep.equal({ jwt: page.stored('gcatkn'), refreshToken: 'refresh-1' });
  });

  it('publishes authenticated also when the JWT is the same as before', async () => {
    const server = new FakeGenesysServer();
    const jwt = server.issueJwt();
    server.issueJwt = () => jwt;
    const page = await signedIn(server);
    await page.command('Auth.refreshToken');
    expect((await page.event('Auth.authenticated', 2)).data).to.deep.equal({ jwt, refreshToken: 'refresh-1' });
  });

  it('removes the tokens when the refresh is refused, and re-authenticates', async () => {
    const server = new FakeGenesysServer();
    const page = await signedIn(server);
    server.fail['refresh'] = 401;
    expect(await rejection(page.command('Auth.refreshToken'))).to.have.property('status', 401);
    await page.event('Auth.tokenError');
    await page.event('Auth.authenticated', 2);
    expect(page.pluginCalls).to.deep.equal(['getAuthCode', 'reAuthenticate']);
  });

  it('stays without tokens when AuthProvider rejects as well', async () => {
    const server = new FakeGenesysServer();
    const page = await signedIn(server, {
      provider: { reAuthenticate: ({ reject }: never) => (reject as () => void)() },
    });
    server.fail['refresh'] = 503;
    await rejection(page.command('Auth.refreshToken'));
    await page.event('Auth.authError');
    expect(page.stored('gcatkn')).to.equal(null);
    expect(page.standIn.jwt()).to.equal(undefined);
    expect(page.plugin?.data('Auth.authenticated')).to.equal(false);
  });

  it('keeps the tokens when there is no response', async () => {
    const server = new FakeGenesysServer();
    const page = await signedIn(server);
    server.fail['refresh'] = 'network';
    expect(await rejection(page.command('Auth.refreshToken'))).to.have.property('code', 'ERR_NETWORK');
    expect(page.stored('gcartkn')).to.equal('refresh-1');
    expect(page.pluginCalls).to.deep.equal(['getAuthCode']);
  });

  it('re-authenticates at once without a refresh token', async () => {
    const server = new FakeGenesysServer();
    server.issueRefreshToken = false;
    const page = await signedIn(server);
    expect(page.stored('gcartkn')).to.equal(null);
    await rejection(page.command('Auth.refreshToken'));
    await page.event('Auth.authenticated', 2);
    expect(server.to('refresh')).to.deep.equal([]);
    expect(page.pluginCalls).to.deep.equal(['getAuthCode', 'reAuthenticate']);
  });
});

describe('Auth.reAuthenticate', () => {
  afterEach(() => StandInPage.closeAll());

  async function signedIn(options = {}): Promise<StandInPage> {
    const page = new StandInPage(options);
    await page.event('Auth.authenticated');
    return page;
  }

  it('exchanges the code that AuthProvider resolves with', async () => {
    const page = await signedIn();
    await page.command('Auth.reAuthenticate');
    expect(page.pluginCalls).to.deep.equal(['getAuthCode', 'reAuthenticate']);
    expect(page.server.to('jwtexchange')).to.have.length(2);
  });

  it('calls getAuthCode when reAuthenticate resolves without data', async () => {
    const page = await signedIn({ provider: { reAuthenticate: ({ resolve }: { resolve(): void }) => resolve() } });
    await page.command('Auth.reAuthenticate');
    expect(page.pluginCalls).to.deep.equal(['getAuthCode', 'reAuthenticate', 'getAuthCode']);
  });

  it('calls AuthProvider once for concurrent calls', async () => {
    const page = await signedIn();
    await Promise.all([page.command('Auth.reAuthenticate'), page.command('Auth.reAuthenticate')]);
    expect(page.pluginCalls.filter((name) => name === 'reAuthenticate')).to.have.length(1);
  });

  it('ignores one resolve, then honours the next, with ignored-once', async () => {
    const page = await signedIn({ switches: { reAuthenticateResolve: 'ignored-once' } });
    const first = page.command('Auth.reAuthenticate');
    await until(() => page.outcomes('reAuthenticate').includes('resolve-ignored'));
    expect(page.server.to('jwtexchange')).to.have.length(1);
    await page.command('Auth.reAuthenticate');
    await first;
    expect(page.server.to('jwtexchange')).to.have.length(2);
  });

  for (const nudge of ['Auth.getTokens', 'AuthProvider.ready()']) {
    it(`ignores the resolve until ${nudge}, with ignored-until-nudged`, async () => {
      const page = await signedIn({ switches: { reAuthenticateResolve: 'ignored-until-nudged' } });
      const done = page.command('Auth.reAuthenticate');
      await until(() => page.outcomes('reAuthenticate').includes('resolve-ignored'));
      if (nudge === 'Auth.getTokens') await page.command('Auth.getTokens');
      else page.plugin?.ready();
      await done;
      expect(page.pluginCalls).to.deep.equal(['getAuthCode', 'reAuthenticate', 'getAuthCode']);
    });
  }

  it('ignores everything with ignored', async () => {
    const page = await signedIn({ switches: { reAuthenticateResolve: 'ignored' } });
    void page.command('Auth.reAuthenticate');
    await until(() => page.outcomes('reAuthenticate').includes('resolve-ignored'));
    page.plugin?.ready();
    void page.command('Auth.getTokens');
    await aTimeout(0);
    expect(page.pluginCalls).to.deep.equal(['getAuthCode', 'reAuthenticate']);
    page.standIn.set({ reAuthenticateResolve: 'honoured' });
    await page.command('Auth.reAuthenticate');
    expect(page.names().filter((name) => name === 'Auth.authenticated').length).to.be.greaterThan(0);
  });

  it('is over when a refresh succeeds', async () => {
    const page = await signedIn({ provider: { reAuthenticate: () => undefined } });
    const done = page.command('Auth.reAuthenticate');
    await page.command('Auth.refreshToken');
    await done;
  });

  it('drops a code that arrives after it is over', async () => {
    let answer: (value: unknown) => void = () => undefined;
    const page = await signedIn({
      provider: { reAuthenticate: ({ resolve }: { resolve: typeof answer }) => void (answer = resolve) },
    });
    const done = page.command('Auth.reAuthenticate');
    await until(() => page.pluginCalls.includes('reAuthenticate'));
    await page.command('Auth.refreshToken');
    await done;
    answer(newGrant());
    await aTimeout(0);
    expect(page.server.to('jwtexchange')).to.have.length(1);
  });
});

describe('Auth.logout', () => {
  afterEach(() => StandInPage.closeAll());

  it('calls logoutOIDC after a sign-in with an ID token, and only then', async () => {
    const page = new StandInPage({
      provider: {
        getAuthCode: ({ resolve }) => resolve({ idToken: 'a.b.c' }),
        logoutOIDC: ({ reject }) => reject(new Error('not now')),
      },
    });
    await page.event('Auth.authenticated');
    await page.command('Auth.logout');
    expect(page.pluginCalls).to.deep.equal(['getAuthCode', 'logoutOIDC']);
    const other = new StandInPage();
    await other.event('Auth.authenticated');
    await other.command('Auth.logout');
    expect(other.pluginCalls).to.deep.equal(['getAuthCode']);
  });

  it('revokes the JWT, removes the tokens, and publishes loggedOut in all tabs', async () => {
    const page = new StandInPage();
    await page.event('Auth.authenticated');
    const other = page.another();
    await other.event('Auth.authenticated');
    const jwt = page.stored('gcatkn');
    await Promise.all([page.command('Auth.logout'), page.command('Auth.logout')]);
    expect(page.server.to('revoke').map(({ method, authorization }) => [method, authorization])).to.deep.equal([
      ['DELETE', `bearer ${jwt}`],
    ]);
    expect((await page.event('Auth.loggedOut')).data).to.deep.equal({ status: 200, statusText: 'OK', data: '' });
    await other.event('Auth.loggedOut');
    expect(page.stored('gcatkn')).to.equal(null);
    expect(other.plugin?.data('Auth.authenticated')).to.equal(false);
    expect(page.names().filter((name) => name === 'Auth.loggedOut')).to.have.length(1);
  });

  it('keeps the tokens when the revocation is refused', async () => {
    const page = new StandInPage();
    await page.event('Auth.authenticated');
    page.server.fail['revoke'] = 401;
    expect(await rejection(page.command('Auth.logout'))).to.have.property('status', 401);
    await page.event('Auth.logoutError');
    expect(page.stored('gcatkn')).not.to.equal(null);
    expect(page.names()).not.to.include('Auth.loggedOut');
  });

  it('rejects when nobody is signed in', async () => {
    const page = new StandInPage({ switches: { firstAuthCode: 'never' } });
    await page.event('Auth.ready');
    expect(await rejection(page.command('Auth.logout'))).to.have.property('message', 'Not authenticated');
  });

  it('drops the response to a refresh that started before it', async () => {
    const page = new StandInPage();
    await page.event('Auth.authenticated');
    let release = (): void => undefined;
    page.server.hold['refresh'] = new Promise((resolve) => (release = resolve));
    const refreshing = rejection(page.command('Auth.refreshToken'));
    await page.command('Auth.logout');
    release();
    expect(await refreshing).to.have.property('code', 'ERR_CANCELED');
    expect(page.stored('gcatkn')).to.equal(null);
    expect(page.pluginCalls).to.deep.equal(['getAuthCode']);
  });

  it('resolves when LogoutEvent arrives before the response', async () => {
    const page = new StandInPage();
    await page.startChat();
    let release = (): void => undefined;
    page.server.hold['revoke'] = new Promise((resolve) => (release = resolve));
    const done = page.command('Auth.logout');
    page.server.socket.reply({ type: 'message', class: 'LogoutEvent', body: {} });
    await page.event('Auth.loggedOut');
    release();
    await done;
    expect(page.names()).not.to.include('Auth.logoutError');
    expect(page.names().filter((name) => name === 'Auth.loggedOut')).to.have.length(1);
  });

  it('also happens on LogoutEvent, once', async () => {
    const page = new StandInPage();
    await page.startChat();
    const other = page.another();
    await other.event('Auth.authenticated');
    page.server.socket.reply({ type: 'message', class: 'LogoutEvent', body: {} });
    page.server.sockets[0]?.reply({ type: 'message', class: 'LogoutEvent', body: {} });
    await page.event('Auth.loggedOut');
    await other.event('Auth.loggedOut');
    await aTimeout(0);
    expect(page.names().filter((name) => name === 'Auth.loggedOut')).to.have.length(1);
    expect(page.stored('gcmcsessionActive')).to.equal(null);
    await page.command('Auth.getTokens');
    await page.event('MessagingService.started', 2);
  });
});

describe('A JWT', () => {
  it('is decoded without verification', () => {
    const jwt = new FakeGenesysServer().issueJwt({ exp: 10 });
    expect(readClaims(jwt)).to.include({ sub: 'alice', given_name: 'Zoë', exp: 10 });
    expect(readClaims(undefined)).to.equal(undefined);
    expect(readClaims('a.%.c')).to.equal(undefined);
    expect(isExpired({ exp: 10 }, 10_000)).to.equal(true);
    expect(isExpired({ exp: 10 }, 9_999)).to.equal(false);
    expect(isExpired({}, 1)).to.equal(false);
  });
});
