import { aTimeout, expect } from '@open-wc/testing';
import { isExpired, readClaims } from '../../src/testing/auth/jwt.js';
import { readGrant } from '../../src/testing/auth/grant.js';
import { FakeGenesysServer } from '../support/fake-genesys-server.js';
import { newGrant, StandInPage } from '../support/stand-in-page.js';
import { until } from '../support/until.js';

const refused = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail('was not refused'),
    (reason: unknown) => reason,
  );

describe('Auth at page load', () => {
  afterEach(() => StandInPage.closeAll());

  it('asks the provider for a code and exchanges it', async () => {
    const page = new StandInPage();
    const { data } = await page.event('Auth.authenticated');
    expect(page.asked).to.deep.equal(['getAuthCode']);
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

  it('sends every field that the provider gave, the empty ones too', async () => {
    const grant = { ...newGrant(), codeVerifier: 'verifier', nonce: '', maxAge: 60, iss: 'https://idp.test' };
    const page = new StandInPage({ provider: { getAuthCode: ({ resolve }) => resolve(grant) } });
    await page.event('Auth.authenticated');
    const { authCode, ...rest } = grant;
    expect(page.server.to('jwtexchange')[0]?.body['oauth']).to.deep.equal({ code: authCode, ...rest });
  });

  it('takes stored tokens as they are, expired or not, without asking anyone', async () => {
    const server = new FakeGenesysServer();
    const deploymentId = crypto.randomUUID();
    localStorage.setItem(`_${deploymentId}:gcatkn`, server.issueJwt({ exp: 1 }));
    const page = new StandInPage({ server, deploymentId });
    const { data } = await page.event('Auth.authenticated');
    expect(data).to.have.all.keys('jwt');
    expect(page.names()).not.to.include('Auth.authenticating');
    expect(page.asked).to.deep.equal([]);
    expect(page.plugin?.data('Auth.authenticated')).to.equal(true);
    expect(server.to('refresh')).to.deep.equal([]);
  });

  it('asks at the first opening, or not by itself, where the switch says so', async () => {
    const late = new StandInPage({ switches: { firstAuthCode: 'at-open' } });
    const never = new StandInPage({ switches: { firstAuthCode: 'never' } });
    await late.event('Messenger.ready');
    await never.event('Messenger.ready');
    expect(late.asked).to.deep.equal([]);
    await late.command('Messenger.open');
    await never.command('Messenger.open');
    await late.event('MessagingService.started');
    expect(never.asked).to.deep.equal([]);
    await never.command('Auth.getTokens');
    await never.event('MessagingService.started');
  });

  it('reports a page without AuthProvider, and goes on when it comes after all', async () => {
    const page = new StandInPage({ provider: false, timing: { authProviderMs: 5 } });
    await page.event('Auth.authProviderError');
    const reason = await refused(page.command('Auth.getTokens'));
    expect(reason).to.deep.equal({ message: 'AuthProvider plugin is not ready' });
    page.genesys('registerPlugin', 'AuthProvider', (plugin: StandInPage['plugin']) => {
      plugin?.registerCommand('getAuthCode', ({ resolve }) => resolve(newGrant()));
      plugin?.ready();
    });
    await page.event('Auth.authenticated');
    expect(await refused(page.command('Auth.reAuthenticate'))).to.deep.equal({
      message: 'AuthProvider.reAuthenticate command must be defined',
    });
  });

  it('does not exist where the deployment has no authentication', async () => {
    const server = new FakeGenesysServer();
    server.config['auth'] = { enabled: false };
    const page = new StandInPage({ server });
    await page.event('Messenger.ready');
    expect(page.names()).not.to.include('Auth.ready');
    await page.command('Messenger.open');
    expect((await page.event('MessagingService.started')).data).to.have.property('authenticated', false);
    expect(server.socket.actions()).to.deep.equal(['configureSession']);
  });

  it('is replayed to late subscribers only by the switch', async () => {
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

  it('shares one code among calls at the same time', async () => {
    const page = new StandInPage({ switches: { firstAuthCode: 'never' } });
    await page.event('Auth.ready');
    await Promise.all([page.command('Auth.getTokens'), page.command('Auth.getTokens')]);
    expect(page.asked).to.deep.equal(['getAuthCode']);
  });

  it('reports a provider that refuses, and one that gives nothing', async () => {
    const refusing = new StandInPage({ provider: { getAuthCode: ({ reject }) => reject('signed out') } });
    expect((await refusing.event('Auth.authError')).data).to.equal('signed out');
    const empty = new StandInPage({ provider: { getAuthCode: ({ resolve }) => resolve() } });
    expect((await empty.event('Auth.authError')).data).to.have.property('message');
    expect(await refused(empty.command('Auth.getTokens'))).to.have.property('message');
  });

  it('asks once more, with force, after a failed exchange', async () => {
    const server = new FakeGenesysServer();
    server.fail['oauthcodegrantjwtexchange'] = 401;
    const page = new StandInPage({ server });
    await page.event('Auth.authError');
    expect(page.asked).to.deep.equal(['getAuthCode', 'getAuthCode forceUpdate']);
    const { data } = await page.event('Auth.error', 2);
    expect(data).to.deep.equal({ message: 'no', code: 'unauthorized', status: 401, contextId: 'c-1' });
    expect(server.to('jwtexchange')).to.have.length(2);
  });

  it('gives up at once where the switch forbids the force', async () => {
    const server = new FakeGenesysServer();
    server.fail['oauthcodegrantjwtexchange'] = 500;
    const page = new StandInPage({ server, switches: { forceUpdate: false } });
    expect((await page.event('Auth.authError')).data).to.equal('Unable to fetch authentication token');
    expect(page.asked).to.deep.equal(['getAuthCode']);
  });

  it('notes a code that is handed over twice', async () => {
    const grant = newGrant();
    const page = new StandInPage({ provider: { getAuthCode: ({ resolve }) => resolve(grant) } });
    await page.event('Auth.authenticated');
    await page.command('Auth.getTokens');
    expect(page.outcomes('exchange')).to.deep.equal(['200', 'code-used-twice', '200']);
  });

  it('takes an ID token instead of a code, never both', () => {
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

  it('brings a new JWT and keeps the refresh token', async () => {
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

  it('may bring the same JWT again, and announces it all the same', async () => {
    const server = new FakeGenesysServer();
    const jwt = server.issueJwt();
    server.issueJwt = () => jwt;
    const page = await signedIn(server);
    await page.command('Auth.refreshToken');
    expect((await page.event('Auth.authenticated', 2)).data).to.deep.equal({ jwt, refreshToken: 'refresh-1' });
  });

  it('removes the tokens when it is refused, and has the person authenticate again', async () => {
    const server = new FakeGenesysServer();
    const page = await signedIn(server);
    server.fail['refresh'] = 401;
    expect(await refused(page.command('Auth.refreshToken'))).to.have.property('status', 401);
    await page.event('Auth.tokenError');
    await page.event('Auth.authenticated', 2);
    expect(page.asked).to.deep.equal(['getAuthCode', 'reAuthenticate']);
  });

  it('removes them for good when the provider refuses as well', async () => {
    const server = new FakeGenesysServer();
    const page = await signedIn(server, {
      provider: { reAuthenticate: ({ reject }: never) => (reject as () => void)() },
    });
    server.fail['refresh'] = 503;
    await refused(page.command('Auth.refreshToken'));
    await page.event('Auth.authError');
    expect(page.stored('gcatkn')).to.equal(null);
    expect(page.standIn.jwt()).to.equal(undefined);
    expect(page.plugin?.data('Auth.authenticated')).to.equal(false);
  });

  it('keeps the tokens when there is no answer', async () => {
    const server = new FakeGenesysServer();
    const page = await signedIn(server);
    server.fail['refresh'] = 'network';
    expect(await refused(page.command('Auth.refreshToken'))).to.have.property('code', 'ERR_NETWORK');
    expect(page.stored('gcartkn')).to.equal('refresh-1');
    expect(page.asked).to.deep.equal(['getAuthCode']);
  });

  it('goes to the provider at once without a refresh token', async () => {
    const server = new FakeGenesysServer();
    server.issueRefreshToken = false;
    const page = await signedIn(server);
    expect(page.stored('gcartkn')).to.equal(null);
    await refused(page.command('Auth.refreshToken'));
    await page.event('Auth.authenticated', 2);
    expect(server.to('refresh')).to.deep.equal([]);
    expect(page.asked).to.deep.equal(['getAuthCode', 'reAuthenticate']);
  });
});

describe('Auth.reAuthenticate', () => {
  afterEach(() => StandInPage.closeAll());

  async function signedIn(options = {}): Promise<StandInPage> {
    const page = new StandInPage(options);
    await page.event('Auth.authenticated');
    return page;
  }

  it('exchanges what the provider resolves with', async () => {
    const page = await signedIn();
    await page.command('Auth.reAuthenticate');
    expect(page.asked).to.deep.equal(['getAuthCode', 'reAuthenticate']);
    expect(page.server.to('jwtexchange')).to.have.length(2);
  });

  it('asks for a code when the provider resolves without data', async () => {
    const page = await signedIn({ provider: { reAuthenticate: ({ resolve }: { resolve(): void }) => resolve() } });
    await page.command('Auth.reAuthenticate');
    expect(page.asked).to.deep.equal(['getAuthCode', 'reAuthenticate', 'getAuthCode']);
  });

  it('asks the provider once for calls at the same time', async () => {
    const page = await signedIn();
    await Promise.all([page.command('Auth.reAuthenticate'), page.command('Auth.reAuthenticate')]);
    expect(page.asked.filter((name) => name === 'reAuthenticate')).to.have.length(1);
  });

  it('may ignore the resolve once, then honours it', async () => {
    const page = await signedIn({ switches: { reAuthenticateResolve: 'ignored-once' } });
    const first = page.command('Auth.reAuthenticate');
    await until(() => page.outcomes('reAuthenticate').includes('resolve-ignored'));
    expect(page.server.to('jwtexchange')).to.have.length(1);
    await page.command('Auth.reAuthenticate');
    await first;
    expect(page.server.to('jwtexchange')).to.have.length(2);
  });

  for (const nudge of ['Auth.getTokens', 'AuthProvider.ready()']) {
    it(`may ignore the resolve until it is nudged by ${nudge}`, async () => {
      const page = await signedIn({ switches: { reAuthenticateResolve: 'ignored-until-nudged' } });
      const done = page.command('Auth.reAuthenticate');
      await until(() => page.outcomes('reAuthenticate').includes('resolve-ignored'));
      if (nudge === 'Auth.getTokens') await page.command('Auth.getTokens');
      else page.plugin?.ready();
      await done;
      expect(page.asked).to.deep.equal(['getAuthCode', 'reAuthenticate', 'getAuthCode']);
    });
  }

  it('may ignore everything', async () => {
    const page = await signedIn({ switches: { reAuthenticateResolve: 'ignored' } });
    void page.command('Auth.reAuthenticate');
    await until(() => page.outcomes('reAuthenticate').includes('resolve-ignored'));
    page.plugin?.ready();
    void page.command('Auth.getTokens');
    await aTimeout(0);
    expect(page.asked).to.deep.equal(['getAuthCode', 'reAuthenticate']);
    page.standIn.set({ reAuthenticateResolve: 'honoured' });
    await page.command('Auth.reAuthenticate');
    expect(page.names().filter((name) => name === 'Auth.authenticated').length).to.be.greaterThan(0);
  });

  it('is over when a refresh succeeds meanwhile', async () => {
    const page = await signedIn({ provider: { reAuthenticate: () => undefined } });
    const done = page.command('Auth.reAuthenticate');
    await page.command('Auth.refreshToken');
    await done;
  });

  it('drops a code that comes when it is over', async () => {
    let answer: (value: unknown) => void = () => undefined;
    const page = await signedIn({
      provider: { reAuthenticate: ({ resolve }: { resolve: typeof answer }) => void (answer = resolve) },
    });
    const done = page.command('Auth.reAuthenticate');
    await until(() => page.asked.includes('reAuthenticate'));
    await page.command('Auth.refreshToken');
    await done;
    answer(newGrant());
    await aTimeout(0);
    expect(page.server.to('jwtexchange')).to.have.length(1);
  });
});

describe('Auth.logout', () => {
  afterEach(() => StandInPage.closeAll());

  it('asks the page to sign out of the provider after an ID token, and only then', async () => {
    const page = new StandInPage({
      provider: {
        getAuthCode: ({ resolve }) => resolve({ idToken: 'a.b.c' }),
        logoutOIDC: ({ reject }) => reject(new Error('not now')),
      },
    });
    await page.event('Auth.authenticated');
    await page.command('Auth.logout');
    expect(page.asked).to.deep.equal(['getAuthCode', 'logoutOIDC']);
    const other = new StandInPage();
    await other.event('Auth.authenticated');
    await other.command('Auth.logout');
    expect(other.asked).to.deep.equal(['getAuthCode']);
  });

  it('revokes, removes the tokens, and tells this tab and the others', async () => {
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

  it('keeps everything when it is refused', async () => {
    const page = new StandInPage();
    await page.event('Auth.authenticated');
    page.server.fail['revoke'] = 401;
    expect(await refused(page.command('Auth.logout'))).to.have.property('status', 401);
    await page.event('Auth.logoutError');
    expect(page.stored('gcatkn')).not.to.equal(null);
    expect(page.names()).not.to.include('Auth.loggedOut');
  });

  it('has nothing to revoke for nobody', async () => {
    const page = new StandInPage({ switches: { firstAuthCode: 'never' } });
    await page.event('Auth.ready');
    expect(await refused(page.command('Auth.logout'))).to.have.property('message', 'Not authenticated');
  });

  it('drops what an exchange or refresh brings after it', async () => {
    const page = new StandInPage();
    await page.event('Auth.authenticated');
    let release = (): void => undefined;
    page.server.hold['refresh'] = new Promise((resolve) => (release = resolve));
    const refreshing = refused(page.command('Auth.refreshToken'));
    await page.command('Auth.logout');
    release();
    expect(await refreshing).to.have.property('code', 'ERR_CANCELED');
    expect(page.stored('gcatkn')).to.equal(null);
    expect(page.asked).to.deep.equal(['getAuthCode']);
  });

  it('is done when the server’s word comes before its answer', async () => {
    const page = new StandInPage();
    await page.chatting();
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

  it('happens on the server’s word too, once', async () => {
    const page = new StandInPage();
    await page.chatting();
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
  it('is read without being believed', () => {
    const jwt = new FakeGenesysServer().issueJwt({ exp: 10 });
    expect(readClaims(jwt)).to.include({ sub: 'alice', given_name: 'Zoë', exp: 10 });
    expect(readClaims(undefined)).to.equal(undefined);
    expect(readClaims('a.%.c')).to.equal(undefined);
    expect(isExpired({ exp: 10 }, 10_000)).to.equal(true);
    expect(isExpired({ exp: 10 }, 9_999)).to.equal(false);
    expect(isExpired({}, 1)).to.equal(false);
  });
});
