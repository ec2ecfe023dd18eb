import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import { startDemo, type Demo } from '../../demo/server/demo.js';
import { GenesysClient } from './genesys-client.js';
import { codeVerifier, redirectUriOf, signIn, type SignedIn } from './sign-in.js';
import { UserAgent } from './user-agent.js';

let demo: Demo;
let alice: SignedIn;
let genesys: GenesysClient;

before(async () => {
  demo = await startDemo({ quiet: true });
  alice = await signIn(demo);
});

after(() => demo.close());

/** A new deployment for every test, so that counters begin at 0. */
beforeEach(() => {
  genesys = new GenesysClient(demo, randomUUID());
  set({});
});

const set = (server: Parameters<Demo['genesys']['control']['set']>[1]['server'] & object) =>
  demo.genesys.control.set(genesys.deploymentId, { server });
const counters = () => demo.genesys.control.inspect(genesys.deploymentId).counters;

describe('the exchange', () => {
  it('returns a JWT with the person’s name and the lifetime of the switch jwtSeconds', async () => {
    set({ jwtSeconds: 60 });
    const { status, body } = await genesys.exchangeCode(await alice.code());
    assert.equal(status, 200);
    const { sub, given_name: givenName, deployment, iat = 0, exp = 0 } = decodeJwt(String(body['jwt']));
    assert.deepEqual([sub, givenName, deployment], ['alice', 'Alice', genesys.deploymentId]);
    assert.equal(exp - iat, 60);
    assert.equal(typeof body['refreshToken'], 'string');
  });

  it('limits the lifetime of the JWT to that of the access token', async () => {
    demo.provider.control.set({ accessTokenSeconds: 20 });
    const { jwt } = await genesys.tokensFor(await alice.code());
    demo.provider.control.set({ accessTokenSeconds: 900 });
    const { iat = 0, exp = 0 } = decodeJwt(jwt);
    assert.equal(exp - iat, 20);
  });

  it('returns no refresh token when the provider issues none, or issueRefreshToken is false', async () => {
    const plain = await genesys.exchangeCode(await alice.code({ scope: 'openid' }));
    assert.equal(plain.body['refreshToken'], undefined);
    set({ issueRefreshToken: false });
    const { status, body } = await genesys.exchangeCode(await alice.code());
    assert.deepEqual([status, Object.keys(body)], [200, ['jwt']]);
  });

  const nonces: [which: string, value: unknown, status: number][] = [
    ['absent', undefined, 200],
    ['null', null, 200],
    ['correct', 'n-1', 200],
    ['empty', '', 401],
    ['different', 'n-2', 401],
  ];
  for (const [which, nonce, status] of nonces) {
    it(`answers ${String(status)} when the nonce is ${which}`, async () => {
      const answer = await genesys.exchangeCode(await alice.code({ nonce: 'n-1' }), { nonce });
      assert.equal(answer.status, status);
    });
  }

  it('refuses a code that was used before, and counts it', async () => {
    const code = await alice.code();
    assert.equal((await genesys.exchangeCode(code)).status, 200);
    const { status, body } = await genesys.exchangeCode(code);
    assert.equal(status, 401);
    assert.equal(body['code'], 'unauthorized');
    assert.match(String(body['contextId']), /^[\da-f-]{36}$/);
    const { exchanges, exchangesRefused, codesSeenTwice } = counters();
    assert.deepEqual([exchanges, exchangesRefused, codesSeenTwice], [2, 1, 1]);
  });

  it('refuses another redirect URI, a wrong verifier, a foreign issuer and an unknown code', async () => {
    const attempts = [
      { redirectUri: `${demo.app.origin}/` },
      { codeVerifier: 'x'.repeat(43) },
      { iss: 'https://another-issuer.example' },
      { iss: '' },
      { code: 'made-up' },
      { maxAge: 60 },
    ];
    for (const attempt of attempts) {
      const { status } = await genesys.exchangeCode(await alice.code(), attempt);
      assert.equal(status, 401, JSON.stringify(attempt));
    }
    assert.equal(counters().exchangesRefused, attempts.length);
  });

  it('refuses incomplete and contradictory requests', async () => {
    const redirectUri = redirectUriOf(demo);
    for (const oauth of [{}, { code: 'c' }, { code: 'c', idToken: 'i', redirectUri }, { code: 1, redirectUri }]) {
      assert.equal((await genesys.exchange(oauth)).status, 400, JSON.stringify(oauth));
    }
    assert.equal((await new GenesysClient(demo, randomUUID()).exchangeCode('c')).status, 404);
  });

  it('uses the provider that issued the code, if the integration accepts it', async () => {
    const bob = await signIn(demo, demo.crossSiteProvider, 'bob');
    const { jwt } = await genesys.tokensFor(await bob.code());
    assert.equal(decodeJwt(jwt).sub, 'bob');
    const named = await genesys.exchangeCode(await bob.code(), { iss: demo.crossSiteProvider.origin });
    assert.equal(named.status, 200);
    demo.genesys.control.set(genesys.deploymentId, { integration: { issuer: 'same-site' } });
    assert.equal((await genesys.exchangeCode(await bob.code())).status, 401);
    assert.equal((await genesys.exchangeCode(await alice.code())).status, 200);
  });

  it('does not use a code up with the wrong provider', async () => {
    const code = await alice.code();
    assert.equal((await genesys.exchangeCode(code, { iss: demo.crossSiteProvider.origin })).status, 401);
    const other = new GenesysClient(demo);
    assert.equal((await other.exchangeCode(code)).status, 200);
  });

  it('accepts an ID token in place of a code, and returns no refresh token for it', async () => {
    const { text } = await new UserAgent().go(`${demo.provider.origin}/token`, {
      headers: { Accept: 'application/json' },
      form: {
        grant_type: 'authorization_code',
        client_id: demo.provider.clientId,
        client_secret: demo.provider.clientSecret,
        redirect_uri: redirectUriOf(demo),
        code_verifier: codeVerifier,
        code: await alice.code({ nonce: 'n-3' }),
      },
    });
    const { id_token: idToken } = JSON.parse(text) as { id_token: string };
    const { status, body } = await genesys.exchange({ idToken, nonce: 'n-3' });
    assert.deepEqual([status, Object.keys(body)], [200, ['jwt']]);
    assert.equal((await genesys.exchange({ idToken: `${idToken.slice(0, -8)}AAAAAAAA` })).status, 401);
    assert.equal((await genesys.exchange({ idToken: 'none' })).status, 401);
  });

  it('fails with failExchange, and the code counts as used', async () => {
    set({ failExchange: 503 });
    const code = await alice.code();
    assert.equal((await genesys.exchangeCode(code)).status, 503);
    set({ failExchange: 0 });
    assert.equal((await genesys.exchangeCode(code)).status, 401);
    assert.equal(counters().codesSeenTwice, 1);
  });

  it('answers 503 while the provider is down', async () => {
    const code = await alice.code();
    demo.provider.control.set({ down: true });
    const { status } = await genesys.exchangeCode(code);
    demo.provider.control.set({ down: false });
    assert.equal(status, 503);
  });
});

describe('the refresh', () => {
  it('returns only a JWT, repeatedly, with and without the deployment ID', async () => {
    const { jwt, refreshToken } = await genesys.tokensFor(await alice.code());
    const { status, body } = await genesys.refresh(refreshToken);
    assert.deepEqual([status, Object.keys(body)], [200, ['jwt']]);
    assert.notEqual(body['jwt'], jwt);
    assert.equal((await genesys.refreshWithoutDeployment(refreshToken)).status, 200);
    assert.equal(counters().refreshes, 2);
  });

  it('returns the same JWT while it is valid, with sameJwtWhileValid', async () => {
    set({ sameJwtWhileValid: true });
    const { jwt, refreshToken } = await genesys.tokensFor(await alice.code());
    assert.equal((await genesys.refresh(refreshToken)).body['jwt'], jwt);
    demo.genesys.control.act(genesys.deploymentId, 'expire-jwts');
    assert.notEqual((await genesys.refresh(refreshToken)).body['jwt'], jwt);
  });

  it('refuses a refresh token that is unknown, expired, revoked or of another deployment', async () => {
    assert.equal((await genesys.refresh('made-up')).status, 401);
    assert.equal((await genesys.refreshWithoutDeployment('made-up')).status, 401);
    const { refreshToken } = await genesys.tokensFor(await alice.code());
    assert.equal((await genesys.refresh(refreshToken, demo.genesys.deploymentId)).status, 401);
    demo.genesys.control.act(genesys.deploymentId, 'revoke-refresh-tokens');
    assert.equal((await genesys.refresh(refreshToken)).status, 401);
    set({ refreshTokenSeconds: 0 });
    const short = await genesys.tokensFor(await alice.code());
    assert.equal((await genesys.refresh(short.refreshToken)).status, 401);
  });

  it('still works after the session at the provider has ended', async () => {
    const bob = await signIn(demo, demo.provider, 'bob');
    const { refreshToken } = await genesys.tokensFor(await bob.code());
    demo.provider.control.signOut('bob');
    assert.equal((await genesys.refresh(refreshToken)).status, 200);
  });

  it('fails with failRefresh', async () => {
    const { refreshToken } = await genesys.tokensFor(await alice.code());
    set({ failRefresh: 429 });
    const { status, body } = await genesys.refresh(refreshToken);
    assert.deepEqual([status, body['code'], counters().refreshesRefused], [429, 'too.many.requests', 1]);
  });
});

describe('the revocation', () => {
  it('sends LogoutEvent to every socket of the person, and revokes the refresh token', async () => {
    const { jwt, refreshToken } = await genesys.tokensFor(await alice.code());
    const sockets = [await genesys.connect(), await genesys.connect()];
    for (const socket of sockets) assert.equal((await socket.configure(jwt)).class, 'SessionResponse');
    assert.equal((await genesys.revoke(jwt)).status, 200);
    for (const socket of sockets) assert.deepEqual((await socket.nextOf('LogoutEvent')).body, {});
    assert.equal((await genesys.refresh(refreshToken)).status, 401);
    assert.equal((await genesys.revoke(jwt)).status, 401);
    sockets[0]?.say('Still there?');
    assert.equal((await sockets[0]?.nextResponse())?.code, 4007);
  });

  it('does not affect other people', async () => {
    const bob = await signIn(demo, demo.provider, 'bob');
    const [bobs, alices] = [await genesys.tokensFor(await bob.code()), await genesys.tokensFor(await alice.code())];
    assert.equal((await genesys.revoke(alices.jwt)).status, 200);
    assert.equal((await genesys.refresh(bobs.refreshToken)).status, 200);
  });

  it('is refused without a valid JWT, and fails with failRevoke', async () => {
    const { jwt } = await genesys.tokensFor(await alice.code());
    set({ failRevoke: 500 });
    assert.equal((await genesys.revoke(jwt)).status, 500);
    set({ failRevoke: 0 });
    demo.genesys.control.act(genesys.deploymentId, 'expire-jwts');
    assert.equal((await genesys.revoke(jwt)).status, 401);
    assert.equal((await genesys.revoke('none')).status, 401);
    assert.equal(counters().revokes, 2);
  });
});

describe('every call', () => {
  it('gets its response after latencyMs, and never with hang', async () => {
    const { refreshToken } = await genesys.tokensFor(await alice.code());
    set({ latencyMs: 30 });
    const start = performance.now();
    await genesys.refresh(refreshToken);
    assert.ok(performance.now() - start >= 29);
    set({ latencyMs: 0, hang: true });
    const hanging = genesys.refresh(refreshToken).then(() => 'answered');
    const recordedAsHang = async () => {
      while (demo.genesys.control.inspect(genesys.deploymentId).log.at(-1)?.outcome !== 'hang') {
        await new Promise(setImmediate);
      }
      return 'recorded';
    };
    assert.equal(await Promise.race([hanging, recordedAsHang()]), 'recorded');
    hanging.catch(() => undefined);
  });

  it('is refused for pages on a domain that is not allowed', async () => {
    set({ allowedDomains: ['example.com'] });
    const answer = await fetch(`${demo.genesys.origin}/api/v2/webdeployments/token/oauthcodegrantjwtexchange`, {
      method: 'POST',
      headers: { Origin: demo.app.origin },
      body: JSON.stringify({
        deploymentId: genesys.deploymentId,
        oauth: { code: await alice.code(), redirectUri: redirectUriOf(demo), codeVerifier },
      }),
    });
    assert.equal(answer.status, 403);
    await assert.rejects(genesys.connect(), /403/);
  });

  it('is allowed by CORS from any origin, with any header', async () => {
    const answer = await fetch(`${demo.genesys.origin}/api/v2/webdeployments/token/revoke`, {
      method: 'OPTIONS',
      headers: { 'Access-Control-Request-Headers': 'authorization,x-journey-session-id' },
    });
    assert.equal(answer.status, 204);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.match(answer.headers.get('access-control-allow-methods') ?? '', /DELETE/);
    assert.match(answer.headers.get('access-control-allow-headers') ?? '', /x-journey-session-id/);
  });

  it('is logged without codes and tokens', async () => {
    const code = await alice.code();
    const { jwt, refreshToken } = await genesys.tokensFor(code);
    await genesys.refresh(refreshToken);
    await genesys.revoke(jwt);
    const { log } = demo.genesys.control.inspect(genesys.deploymentId);
    assert.deepEqual(
      log.map(({ kind, outcome, sub }) => [kind, outcome, sub]),
      [
        ['exchange', 'ok', 'alice'],
        ['refresh', 'ok', 'alice'],
        ['revoke', 'ok', 'alice'],
      ],
    );
    for (const secret of [code, jwt, refreshToken]) assert.ok(!JSON.stringify(log).includes(secret));
    assert.match(String(log[0]?.codeHash), /^[\da-f]{16}$/);
  });
});
