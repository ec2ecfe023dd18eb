import { expect } from '@open-wc/testing';
import type { Config } from '../../src/core/config.js';
import { answerIn, authorizationRequest } from '../../src/doctor/authorization-request.js';
import { examine } from '../../src/doctor/doctor.js';
import type { Answer, Facts } from '../../src/doctor/facts.js';
import { configOf } from '../support/fixtures.js';

const page = { url: 'https://www.example.com/' };
const redirectUri = 'https://www.example.com/callback.html';

const withOidc = (changes: Partial<Config['oidc']>, more: Partial<Config> = {}): Config =>
  configOf({ ...more, oidc: { ...configOf().oidc, redirectUri, ...changes } });

const config = withOidc({});

const answer = (changes: Partial<Answer> = {}): Answer => ({
  url: 'https://login.example.com/auth',
  status: 200,
  headers: {},
  body: '',
  ...changes,
});

/** A redirect to the redirect URI with these parameters, and the state of the request. */
const redirect = (parameters: Record<string, string>, changes: Partial<Answer> = {}): Answer =>
  answer({
    status: 303,
    headers: { location: `${redirectUri}?${String(new URLSearchParams({ state: 's1', ...parameters }))}` },
    ...changes,
  });

const nobody = redirect({ error: 'login_required' });

/** IDs of what the doctor finds in subjects whose IDs start like this. */
const found = (facts: Facts, start: string): (string | undefined)[] =>
  examine({ config, page, metadata: {}, authorizeState: 's1', ...facts })
    .checks.filter(({ id = '', why }) => why !== undefined && id.startsWith(start))
    .map(({ id }) => id);

const ofAuthorize = (authorize: Facts['authorize'], facts: Facts = {}): (string | undefined)[] =>
  found({ ...facts, ...(authorize && { authorize }) }, 'authorize');

describe('the answer of the authorization endpoint', () => {
  it('is right when it says that nobody is signed in, or has a code', () => {
    for (const error of ['login_required', 'interaction_required', 'consent_required', 'account_selection_required']) {
      expect(ofAuthorize(redirect({ error }))).to.eql([]);
    }
    expect(ofAuthorize(redirect({ code: 'c1' }))).to.eql([]);
  });

  for (const [id, parameters] of [
    ['authorize-scope', { error: 'invalid_scope' }],
    ['authorize-client', { error: 'unauthorized_client' }],
    ['authorize-client', { error: 'invalid_client' }],
    ['authorize-pkce', { error: 'invalid_request', error_description: 'code_challenge required' }],
    ['authorize-error', { error: 'server_error', error_description: 'Something' }],
    ['authorize-state', { error: 'login_required', state: 'another' }],
    ['authorize-iss', { error: 'login_required', iss: 'https://evil.example' }],
  ] as const) {
    it(`has the finding ${id}: ${JSON.stringify(parameters)}`, () => {
      expect(ofAuthorize(redirect(parameters))).to.eql([id]);
    });
  }

  it('is not asked where the document names no web address for it', () => {
    for (const authorization_endpoint of [undefined, 'htps://login.example.com/auth']) {
      const metadata = { issuer: 'https://login.example.com', authorization_endpoint };
      const { checks } = examine({ config, page, metadata });
      expect(checks.find(({ id }) => id === 'authorize')?.found).to.match(/^not asked/);
      expect(ofAuthorize(undefined, { metadata })).to.eql([]);
    }
  });

  it('has an iss where the document announces one', () => {
    const metadata = { issuer: 'https://login.example.com', authorization_response_iss_parameter_supported: true };
    expect(ofAuthorize(nobody, { metadata })).to.eql(['authorize-iss']);
    expect(ofAuthorize(redirect({ error: 'login_required', iss: 'https://login.example.com/' }), { metadata })).to.eql(
      [],
    );
  });

  it('leads to the redirect URI, and to nothing else', () => {
    const elsewhere = answer({ status: 302, headers: { location: 'https://login.example.com/error?code=secret' } });
    expect(ofAuthorize(elsewhere)).to.eql(['authorize-redirect-uri']);
    expect(JSON.stringify(examine({ config, page, authorize: elsewhere }))).not.to.contain('secret');
    expect(ofAuthorize(answer({ status: 302 }))).to.eql(['authorize-redirect-uri']);
  });

  for (const [id, changes] of [
    ['authorize-redirect-uri', { status: 400, body: '<h1>Invalid redirect_uri</h1>' }],
    ['authorize-redirect-uri', { body: 'Error: the reply URL does not match' }],
    ['authorize-client', { status: 401, body: 'Unknown client' }],
    ['authorize-status', { status: 500, body: 'Oops' }],
    ['authorize-prompt', { body: '<form><input type="password"></form>' }],
    ['authorize-framing', { headers: { 'x-frame-options': 'DENY' } }],
    ['authorize-framing', { headers: { 'x-frame-options': 'SAMEORIGIN' } }],
    ['authorize-framing', { headers: { 'content-security-policy': "frame-ancestors 'self'" } }],
  ] as const) {
    it(`has the finding ${id} for a page: ${JSON.stringify(changes)}`, () => {
      expect(ofAuthorize(answer(changes))).to.eql([id]);
    });
  }

  it('may be a page that goes on by script, if the page may frame it', () => {
    const policy = 'frame-ancestors https://www.example.com';
    expect(ofAuthorize(answer())).to.eql([]);
    // With frame-ancestors, browsers ignore the other header.
    const both = { 'content-security-policy': policy, 'x-frame-options': 'DENY' };
    expect(ofAuthorize(answer({ headers: both }))).to.eql([]);
    const popupOnly = withOidc({}, { signInModes: ['popup'] });
    expect(ofAuthorize(answer({ headers: { 'x-frame-options': 'DENY' } }), { config: popupOnly })).to.eql([]);
  });

  it('has cookies that reach a frame on another site', () => {
    const withCookies = (...cookies: string[]) => ofAuthorize({ ...nobody, cookies }, { sameSite: false });
    expect(withCookies('sid=1; Path=/; HttpOnly')).to.eql(['authorize-cookies']);
    expect(withCookies('sid=1; SameSite=None')).to.eql(['authorize-cookies']);
    expect(withCookies('sid=1; SameSite=None; Secure', 'other=1')).to.eql([]);
    expect(withCookies('sid=; Max-Age=0', 'old=1; expires=Thu, 01 Jan 1970 00:00:00 GMT')).to.eql([]);
    expect(ofAuthorize({ ...nobody, cookies: ['sid=1'] }, { sameSite: true })).to.eql([]);
  });

  it('activates storage access for this page', () => {
    const activate = (value: string) => ({
      ...nobody,
      headers: { ...nobody.headers, 'activate-storage-access': value },
    });
    const other = { sameSite: false };
    expect(ofAuthorize(activate('retry; allowed-origin="https://other.example"'), other)).to.eql([
      'authorize-activate-storage-access',
    ]);
    expect(ofAuthorize(activate('load'), other)).to.eql(['authorize-activate-storage-access']);
    expect(ofAuthorize(activate('retry; allowed-origin=*'), other)).to.eql([]);
    expect(ofAuthorize(activate('retry; allowed-origin="https://www.example.com"'), other)).to.eql([]);
    const asks = withOidc({}, { storageAccessUri: 'https://login.example.com/access' });
    expect(ofAuthorize(nobody, { ...other, config: asks })).to.eql(['authorize-activate-storage-access']);
  });

  it('is unknown, and no finding, where it could not be asked', () => {
    const unknown = (facts: Facts) =>
      examine({ config, page, ...facts }).checks.find(({ id }) => id === 'authorize')?.found;
    expect(unknown({ broken: ['clientId'] })).to.contain('an attribute');
    expect(unknown({ discovery: { failed: 'timeout' } })).to.contain('discovery document');
    expect(unknown({})).to.contain('doctor');
    expect(ofAuthorize({ failed: 'unreachable', detail: 'ENOTFOUND' })).to.eql(['authorize-unreachable']);
  });
});

describe('where the provider and the bundle are', () => {
  it('says that silent alone is not enough on another site', () => {
    const silentOnly = withOidc({}, { signInModes: ['silent'] });
    expect(found({ config: silentOnly, sameSite: false }, 'site')).to.eql(['site-silent-only']);
    expect(found({ config: silentOnly, sameSite: true }, 'site')).to.eql([]);
    expect(found({ sameSite: false }, 'site')).to.eql([]);
  });

  it('looks at the page that asks for storage access', () => {
    const asks = withOidc({}, { storageAccessUri: 'https://login.example.com/access' });
    const ofAccess = (storageAccess: Facts['storageAccess']) =>
      found({ config: asks, ...(storageAccess && { storageAccess }) }, 'storage-access');
    expect(ofAccess(answer())).to.eql([]);
    expect(ofAccess(undefined)).to.eql([]);
    expect(ofAccess(answer({ status: 404 }))).to.eql(['storage-access-status']);
    expect(ofAccess({ failed: 'timeout' })).to.eql(['storage-access-status']);
    expect(ofAccess(answer({ headers: { 'x-frame-options': 'DENY' } }))).to.eql(['storage-access-framing']);
  });

  it('looks at the scripts that load the bundle', () => {
    const url = 'https://cdn.example/gc-auth-messenger.js';
    const script = answer({ headers: { 'content-type': 'text/javascript' } });
    const ofBundle = (bundle: object) =>
      found({ page: { ...page, bundles: [{ url, module: true, ...bundle }] } }, 'bundle');
    expect(ofBundle({ answer: script })).to.eql([]);
    expect(ofBundle({})).to.eql([]);
    expect(ofBundle({ module: false, answer: script })).to.eql(['bundle-not-module']);
    expect(ofBundle({ answer: answer({ status: 404 }) })).to.eql(['bundle-unreachable']);
    expect(ofBundle({ answer: { failed: 'unreachable' } })).to.eql(['bundle-unreachable']);
    expect(ofBundle({ answer: answer({ headers: { 'content-type': 'text/html' } }) })).to.eql(['bundle-type']);
  });
});

describe('the request to the authorization endpoint', () => {
  const secrets = { state: 's1', nonce: 'n1', challenge: 'c1' };
  const metadata = { authorization_endpoint: 'https://login.example.com/auth?tenant=1' };
  const asked = (oidc: Config['oidc'], more: object = {}) =>
    Object.fromEntries(new URL(authorizationRequest(oidc, { ...metadata, ...more }, secrets)!).searchParams);

  it('is the one of a silent attempt', () => {
    const { oidc } = withOidc({ clientId: 'messenger-web', scope: 'openid profile', loginHint: 'a+b', maxAge: 60 });
    expect(asked(oidc)).to.include({
      tenant: '1',
      client_id: 'messenger-web',
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid profile',
      prompt: 'none',
      state: 's1',
      nonce: 'n1',
      code_challenge: 'c1',
      code_challenge_method: 'S256',
      login_hint: 'a+b',
      max_age: '60',
    });
    expect(authorizationRequest(oidc, metadata, secrets)).to.contain('scope=openid%20profile');
  });

  it('asks for a fragment where the provider announces it, or the tag says so', () => {
    const modes = { response_modes_supported: ['query', 'fragment'] };
    expect(asked(withOidc({ responseMode: 'auto' }).oidc, modes)).to.include({ response_mode: 'fragment' });
    expect(asked(withOidc({ responseMode: 'auto' }).oidc)).not.to.have.property('response_mode');
    expect(asked(withOidc({ responseMode: 'fragment' }).oidc)).to.include({ response_mode: 'fragment' });
    expect(asked(withOidc({ disablePkce: true }).oidc)).not.to.have.property('code_challenge');
  });

  it('needs an endpoint', () => {
    for (const endpoint of [undefined, 'auth', 1, null]) {
      expect(authorizationRequest(config.oidc, { authorization_endpoint: endpoint }, secrets)).to.equal(undefined);
    }
  });

  it('is answered at the redirect URI, by query or by fragment', () => {
    expect(answerIn(`${redirectUri}?code=c1`, redirectUri)?.get('code')).to.equal('c1');
    expect(answerIn(`${redirectUri}#error=e1`, redirectUri)?.get('error')).to.equal('e1');
    for (const location of ['', 'nowhere', 'https://evil.example/callback.html?code=c1', `${page.url}?code=c1`]) {
      expect(answerIn(location, redirectUri)).to.equal(undefined);
    }
  });
});
