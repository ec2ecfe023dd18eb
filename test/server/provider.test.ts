import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { startDemo, type Demo, type DemoProvider } from '../../demo/server/demo.js';
import { providerDefaults, type ProviderSwitches } from '../../demo/server/provider/switches.js';
import { authorizeUrl, codeVerifier, logIn, redirectUriOf, signIn } from './sign-in.js';
import { UserAgent } from './user-agent.js';

let demo: Demo;

before(async () => {
  demo = await startDemo({ quiet: true });
});

after(() => demo.close());

afterEach(() => {
  for (const { control } of [demo.provider, demo.crossSiteProvider]) {
    control.set(providerDefaults);
    control.clearLog();
  }
});

async function silent(agent: UserAgent, parameters: Record<string, string> = {}): Promise<URLSearchParams> {
  const { location } = await agent.go(authorizeUrl(demo, demo.provider, { prompt: 'none', ...parameters }));
  return location?.searchParams ?? new URLSearchParams();
}

async function redeem(provider: DemoProvider, code: string, verifier: string | null = codeVerifier) {
  const { status, text } = await new UserAgent().go(`${provider.origin}/token`, {
    headers: {
      Accept: 'application/json',
      Authorization: `Basic ${Buffer.from(`${provider.clientId}:${provider.clientSecret}`).toString('base64')}`,
    },
    form: {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUriOf(demo),
      ...(verifier !== null && { code_verifier: verifier }),
    },
  });
  return { status, body: JSON.parse(text) as Record<string, unknown> };
}

function claimsIn(idToken: unknown): Record<string, unknown> {
  const payload = String(idToken).split('.')[1] ?? '';
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
}

describe('the provider', () => {
  for (const site of ['provider', 'crossSiteProvider'] as const) {
    it(`returns a code after the login page (${site})`, async () => {
      const { parameters } = await logIn(new UserAgent(), authorizeUrl(demo, demo[site]), 'alice');
      assert.ok(parameters.get('code'));
      assert.equal(parameters.get('state'), 'state-1');
      assert.equal(parameters.get('iss'), demo[site].origin);
    });
  }

  it('shows the login page again for a wrong password', async () => {
    const { answer } = await logIn(new UserAgent(), authorizeUrl(demo, demo.provider), 'alice', 'guess');
    assert.equal(answer.status, 200);
    assert.match(answer.text, /role="alert"/);
  });

  it('fills the account field with the escaped login hint', async () => {
    const { answer } = await new UserAgent().follow(
      authorizeUrl(demo, demo.provider, { login_hint: 'bob"><script>@example.com' }),
    );
    assert.match(answer.text, /value="bob&#34;&#62;&#60;script&#62;"/);
  });

  it('answers prompt=none with a code when the person is signed in, else with login_required', async () => {
    assert.equal((await silent(new UserAgent())).get('error'), 'login_required');
    const { agent } = await signIn(demo);
    assert.ok((await silent(agent)).get('code'));
  });

  it('answers in the fragment with response_mode=fragment', async () => {
    const { agent } = await signIn(demo);
    const url = authorizeUrl(demo, demo.provider, { prompt: 'none', response_mode: 'fragment' });
    const { location } = await agent.go(url);
    assert.equal(location?.search, '');
    assert.match(location.hash, /^#.*code=/);
  });

  it('issues a refresh token for offline_access only, without a consent page', async () => {
    const { code } = await signIn(demo);
    const granted = await redeem(demo.provider, await code());
    assert.equal(granted.status, 200);
    assert.equal(typeof granted.body['refresh_token'], 'string');
    const plain = await redeem(demo.provider, await code({ scope: 'openid' }));
    assert.equal(plain.status, 200);
    assert.equal(plain.body['refresh_token'], undefined);
  });

  it('puts name, nonce and auth_time into the ID token', async () => {
    const { code } = await signIn(demo);
    const { body } = await redeem(demo.provider, await code({ nonce: 'n-1', max_age: '600' }));
    const claims = claimsIn(body['id_token']);
    assert.equal(claims['given_name'], 'Alice');
    assert.equal(claims['nonce'], 'n-1');
    assert.equal(typeof claims['auth_time'], 'number');
  });

  it('signs a test in without a page', async () => {
    for (const provider of [demo.provider, demo.crossSiteProvider]) {
      const agent = new UserAgent();
      assert.equal((await agent.go(`${provider.origin}/control/sign-in?account=bob`)).status, 200);
      const { location } = await agent.go(authorizeUrl(demo, provider, { prompt: 'none' }));
      const { body } = await redeem(provider, location?.searchParams.get('code') ?? '');
      assert.equal(claimsIn(body['id_token'])['sub'], 'bob');
    }
    assert.equal((await new UserAgent().go(`${demo.provider.origin}/control/sign-in?account=eve`)).status, 404);
  });

  it('verifies PKCE when the request used it, and accepts requests without it', async () => {
    const { code, agent } = await signIn(demo);
    assert.equal((await redeem(demo.provider, await code(), 'x'.repeat(43))).status, 400);
    const url = authorizeUrl(demo, demo.provider, { prompt: 'none' });
    url.searchParams.delete('code_challenge');
    url.searchParams.delete('code_challenge_method');
    const { location } = await agent.go(url);
    const redeemed = await redeem(demo.provider, location?.searchParams.get('code') ?? '', null);
    assert.equal(redeemed.status, 200, JSON.stringify(redeemed.body));
  });

  it('accepts a code once, within its lifetime', async () => {
    const { code } = await signIn(demo);
    const used = await code();
    assert.equal((await redeem(demo.provider, used)).status, 200);
    assert.equal((await redeem(demo.provider, used)).body['error'], 'invalid_grant');
    demo.provider.control.set({ codeSeconds: 0 });
    assert.equal((await redeem(demo.provider, await code())).body['error'], 'invalid_grant');
  });

  it('redirects to registered URIs only', async () => {
    const url = authorizeUrl(demo, demo.provider, { redirect_uri: `${demo.app.origin}/elsewhere` });
    const { status, text } = await new UserAgent().go(url);
    assert.equal(status, 400);
    assert.match(text, /invalid_redirect_uri/);
  });

  it('signs another person in with prompt=login', async () => {
    const { agent } = await signIn(demo);
    const { url } = await agent.follow(authorizeUrl(demo, demo.provider, { prompt: 'login' }));
    // A different person ends the earlier session first, with a page that submits its form automatically.
    const { answer: page } = await agent.follow(url, { form: { account: 'bob', password: 'demo' } });
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const { answer } = await agent.follow(`${demo.provider.origin}/session/end/confirm`, {
      form: { xsrf, logout: 'yes' },
    });
    const { body } = await redeem(demo.provider, answer.location?.searchParams.get('code') ?? '');
    assert.equal(claimsIn(body['id_token'])['sub'], 'bob');
  });

  it('sends cross-site cookies from the cross-site provider only', async () => {
    const { agent: same } = await signIn(demo, demo.provider);
    await same.go(authorizeUrl(demo, demo.provider, { prompt: 'none' }));
    assert.ok(same.lastSetCookies.length > 0);
    assert.ok(same.lastSetCookies.every((cookie) => /samesite=lax/i.test(cookie) && !/secure/i.test(cookie)));
    const { agent: cross } = await signIn(demo, demo.crossSiteProvider);
    await cross.go(authorizeUrl(demo, demo.crossSiteProvider, { prompt: 'none' }));
    assert.ok(cross.lastSetCookies.length > 0);
    const [secure, plain] = [/; samesite=none; secure/i, /; samesite=none(?!; secure)/i].map((attributes) =>
      cross.lastSetCookies.filter((cookie) => attributes.test(cookie)),
    );
    assert.ok(secure?.length && secure.length === plain?.length, 'each cookie with Secure, and without it for WebKit');
    assert.equal(cross.lastSetCookies.length, 2 * secure.length);
  });
});

describe('sign-out at the provider', () => {
  it('ends the session without a question and returns to the page', async () => {
    const { agent } = await signIn(demo);
    const end = new URL('/session/end', demo.provider.origin);
    end.search = new URLSearchParams({
      client_id: demo.provider.clientId,
      post_logout_redirect_uri: `${demo.app.origin}/`,
      state: 'bye',
    }).toString();
    const { answer: page } = await agent.follow(end);
    assert.match(page.text, /submit\(\)/);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const { location } = await agent.go(`${end.origin}/session/end/confirm`, { form: { xsrf, logout: 'yes' } });
    assert.equal(location?.href, `${demo.app.origin}/?state=bye`);
    assert.equal((await silent(agent)).get('error'), 'login_required');
    assert.equal(demo.provider.control.log().filter(({ route }) => route === 'end-session').length, 1);
  });

  it('shows a page without post_logout_redirect_uri', async () => {
    const { agent } = await signIn(demo);
    const { answer: page } = await agent.follow(`${demo.provider.origin}/session/end`);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const { answer } = await agent.follow(`${demo.provider.origin}/session/end/confirm`, {
      form: { xsrf, logout: 'yes' },
    });
    assert.match(answer.text, /You are signed out/);
  });

  it('works through the control API, for one person or for all', async () => {
    const [alice, bob] = await Promise.all([signIn(demo), signIn(demo, demo.provider, 'bob')]);
    demo.provider.control.signOut('alice');
    assert.equal((await silent(alice.agent)).get('error'), 'login_required');
    assert.ok((await silent(bob.agent)).get('code'));
    const answer = await fetch(`${demo.provider.origin}/control/sign-out`, { method: 'POST', body: '{}' });
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.equal((await silent(bob.agent)).get('error'), 'login_required');
  });
});

describe('the switches of the provider', () => {
  it('are read and changed over HTTP, and validated', async () => {
    const url = `${demo.provider.origin}/control/switches`;
    const change = (body: unknown) => fetch(url, { method: 'PATCH', body: JSON.stringify(body) });
    assert.equal((await change({ latencyMs: 1 })).status, 200);
    assert.deepEqual(await (await fetch(url)).json(), { ...providerDefaults, latencyMs: 1 });
    const unknown = await change({ latency: 1 });
    assert.equal(unknown.status, 400);
    assert.match(((await unknown.json()) as { message: string }).message, /no switch "latency"/);
    assert.equal((await change({ down: 'yes' })).status, 400);
    assert.equal((await fetch(url, { method: 'OPTIONS' })).status, 204);
  });

  it('make silent requests fail with each error', async () => {
    const { agent } = await signIn(demo);
    demo.provider.control.set({ consentRequired: true });
    assert.equal((await silent(agent)).get('error'), 'consent_required');
    demo.provider.control.set({ consentRequired: false, accountSelection: true });
    assert.equal((await silent(agent)).get('error'), 'account_selection_required');
    assert.equal((await silent(new UserAgent())).get('error'), 'login_required');
    const { parameters } = await logIn(new UserAgent(), authorizeUrl(demo, demo.provider), 'alice');
    assert.ok(parameters.get('code'));
  });

  it('answer with a page instead of a redirect', async () => {
    const { agent } = await signIn(demo);
    const url = authorizeUrl(demo, demo.provider, { prompt: 'none' });
    demo.provider.control.set({ htmlErrorPage: true });
    assert.equal((await agent.go(url)).status, 200);
    demo.provider.control.set({ htmlErrorPage: false, serverError: true });
    assert.equal((await agent.go(url)).status, 500);
    demo.provider.control.set({ serverError: false, down: true });
    assert.equal((await agent.go(url)).status, 503);
  });

  it('refuse requests of frames only', async () => {
    const { agent } = await signIn(demo);
    demo.provider.control.set({ frameRefused: true });
    const url = authorizeUrl(demo, demo.provider, { prompt: 'none' });
    const framed = await agent.go(url, { headers: { 'Sec-Fetch-Dest': 'iframe' } });
    assert.equal(framed.location, undefined);
    assert.equal(framed.headers['x-frame-options'], 'DENY');
    const inPopup = await agent.go(url, { headers: { 'Sec-Fetch-Dest': 'document' } });
    assert.ok(inPopup.location?.searchParams.get('code'));
    assert.equal(inPopup.headers['content-security-policy'], "frame-ancestors 'none'");
  });

  it('omit the issuer, or name another one', async () => {
    const { agent } = await signIn(demo);
    demo.provider.control.set({ noIss: true });
    assert.equal((await silent(agent)).has('iss'), false);
    const { text } = await new UserAgent().go(`${demo.provider.origin}/.well-known/openid-configuration`);
    assert.match(text, /"authorization_response_iss_parameter_supported":false/);
    demo.provider.control.set({ noIss: false, wrongIss: true });
    const { location } = await agent.go(
      authorizeUrl(demo, demo.provider, { prompt: 'none', response_mode: 'fragment' }),
    );
    const parameters = new URLSearchParams(location?.hash.slice(1));
    assert.equal(parameters.get('iss'), 'https://another-issuer.example');
    assert.ok(parameters.get('code'));
  });

  it('leave out state and iss, although discovery announces it', async () => {
    const { agent } = await signIn(demo);
    const parameters = async (who: UserAgent, switches: Partial<ProviderSwitches>) => {
      demo.provider.control.set({ ...providerDefaults, ...switches });
      const answer = await silent(who);
      return ['code', 'error', 'state', 'iss'].filter((name) => answer.has(name)).join(' ');
    };
    assert.equal(await parameters(agent, { issMissing: true }), 'code state');
    assert.equal(await parameters(agent, { errorWithoutIss: true, errorWithoutState: true }), 'code state iss');
    assert.equal(await parameters(new UserAgent(), { errorWithoutIss: true }), 'error state');
    assert.equal(await parameters(new UserAgent(), { errorWithoutState: true }), 'error iss');
    const { text } = await new UserAgent().go(`${demo.provider.origin}/.well-known/openid-configuration`);
    assert.match(text, /"authorization_response_iss_parameter_supported":true/);
  });

  it('refuse a response mode and a scope that is not read as a form', async () => {
    const { agent } = await signIn(demo);
    demo.provider.control.set({ fragmentRefused: true, plusIsLiteral: true });
    const url = authorizeUrl(demo, demo.provider, { prompt: 'none', scope: 'openid profile' });
    assert.match((await agent.go(url)).text, /invalid_scope/);
    url.search = url.search.replaceAll('+', '%20');
    assert.ok((await agent.go(url)).location?.searchParams.get('code'));
    url.searchParams.set('response_mode', 'fragment');
    assert.equal((await agent.go(url.href.replaceAll('+', '%20'))).location, undefined);
  });

  it('answer a silent request with a page that goes on later', async () => {
    const { agent } = await signIn(demo);
    demo.provider.control.set({ thinkingMs: 2500 });
    const { status, text, location } = await agent.go(authorizeUrl(demo, demo.provider, { prompt: 'none' }));
    assert.deepEqual([status, location], [200, undefined]);
    assert.match(text, /location\.replace\("http[^"]+callback\.html\?code=[^"]+"\), 2500\)/);
  });

  it('answer the earlier silent request after the login, once', async () => {
    demo.provider.control.set({ silentReplayed: true });
    const agent = new UserAgent();
    assert.equal((await silent(agent, { state: 'silent-1' })).get('error'), 'login_required');
    const { parameters } = await logIn(agent, authorizeUrl(demo, demo.provider, { state: 'popup-1' }), 'alice');
    assert.ok(parameters.get('code'));
    assert.equal(parameters.get('state'), 'silent-1');
    const { location } = await agent.go(authorizeUrl(demo, demo.provider, { state: 'popup-2' }));
    assert.equal(location?.searchParams.get('state'), 'popup-2');
  });

  it('answer access_denied in place of the login page', async () => {
    demo.provider.control.set({ accessDenied: true });
    const { answer } = await new UserAgent().follow(authorizeUrl(demo, demo.provider));
    assert.equal(answer.location?.searchParams.get('error'), 'access_denied');
  });

  it('fail for a number of requests', async () => {
    demo.provider.control.set({ unavailableRequests: 1 });
    const url = `${demo.provider.origin}/.well-known/openid-configuration`;
    assert.equal((await new UserAgent().go(url)).status, 503);
    assert.equal((await new UserAgent().go(url)).status, 200);
  });

  it('remove the CORS headers of the discovery document', async () => {
    const url = `${demo.provider.origin}/.well-known/openid-configuration`;
    const headers = { Origin: demo.app.origin };
    assert.equal((await new UserAgent().go(url, { headers })).headers['access-control-allow-origin'], demo.app.origin);
    demo.provider.control.set({ discoveryWithoutCors: true });
    assert.equal((await new UserAgent().go(url, { headers })).headers['access-control-allow-origin'], undefined);
  });

  it('block cookies in frames only', async () => {
    const { agent } = await signIn(demo);
    demo.provider.control.set({ frameCookiesBlocked: true });
    const url = authorizeUrl(demo, demo.provider, { prompt: 'none' });
    const framed = await agent.go(url, { headers: { 'Sec-Fetch-Dest': 'iframe' } });
    assert.equal(framed.location?.searchParams.get('error'), 'login_required');
    assert.deepEqual(agent.lastSetCookies, []);
    const inPopup = await agent.go(url, { headers: { 'Sec-Fetch-Dest': 'document' } });
    assert.ok(inPopup.location?.searchParams.get('code'));
  });

  it('send a COOP header with the login page', async () => {
    demo.provider.control.set({ coop: true });
    const { answer } = await new UserAgent().follow(authorizeUrl(demo, demo.provider));
    assert.equal(answer.headers['cross-origin-opener-policy'], 'same-origin');
  });
});

describe('the log of the provider', () => {
  it('contains requests and outcomes, without secrets', async () => {
    const { code } = await signIn(demo);
    const noCode = await code({ response_mode: 'fragment' }).catch(() => '');
    assert.equal(noCode, '', 'the helper reads the query only');
    const log = (await (await fetch(`${demo.provider.origin}/control/log`)).json()) as Record<string, unknown>[];
    assert.deepEqual(
      log.map(({ route, outcome }) => `${String(route)} ${String(outcome)}`),
      ['authorize login-page', 'login ok', 'authorize code', 'authorize code'],
    );
    assert.equal(log[3]?.['prompt'], 'none');
    assert.equal(log[3]['responseMode'], 'fragment');
    assert.equal(log[3]['clientId'], demo.provider.clientId);
    assert.doesNotMatch(JSON.stringify(log), /state-1|code_challenge|[\w-]{40}/);
  });
});

describe('the record of token requests by browsers', () => {
  const origin = () => demo.crossSiteProvider.origin;
  const recorded = () =>
    demo.crossSiteProvider.control.tokenRequestsByBrowsers().map(({ endpoint, method }) => `${method} ${endpoint}`);

  it('has no requests of servers, and no other requests of browsers', async () => {
    const { code } = await signIn(demo, demo.crossSiteProvider);
    await redeem(demo.crossSiteProvider, await code());
    await new UserAgent().go(`${origin()}/.well-known/openid-configuration`, { headers: { Origin: demo.app.origin } });
    assert.deepEqual(recorded(), []);
  });

  it('has requests to the endpoints of the discovery document, also while the provider is down', async () => {
    const discovery = JSON.parse(
      (await new UserAgent().go(`${origin()}/.well-known/openid-configuration`)).text,
    ) as Record<'token_endpoint' | 'userinfo_endpoint', string>;
    const headers = { Origin: demo.app.origin };
    await new UserAgent().go(discovery.token_endpoint, { method: 'POST', headers });
    demo.crossSiteProvider.control.set({ down: true });
    await new UserAgent().go(discovery.userinfo_endpoint, { headers: { 'User-Agent': 'Mozilla/5.0' } });
    await new UserAgent().go(`${origin()}/token/revocation`, { method: 'OPTIONS', headers });
    await new UserAgent().go(`${origin()}/token/introspection`, { headers: { 'Sec-Fetch-Site': 'same-site' } });
    assert.deepEqual(recorded(), ['POST token', 'GET userinfo', 'OPTIONS revocation', 'GET introspection']);
  });
});
