import { expect } from '@open-wc/testing';
import { type GcAuthError } from '../../../src/core/errors.js';
import { readSigninResponse } from '../../../src/oidc/provider/signin-response.js';
import { makeRequest } from '../../support/signin-request.js';
import type { MadeRequest } from '../../support/signin-request.js';

const issuer = 'https://login.example.com';
const authorization_endpoint = `${issuer}/authorize`;

const answering = ({ client }: MadeRequest, answer: Record<string, string>) =>
  readSigninResponse(client, new URLSearchParams(answer));

const refused = (made: MadeRequest, answer: Record<string, string>): Promise<GcAuthError> =>
  answering(made, answer).then(
    () => expect.fail('was not refused'),
    (thrown: unknown) => thrown as GcAuthError,
  );

describe('the response to a sign-in request', () => {
  it('is a grant with verifier, nonce, redirect URI, max_age and issuer of its request, once', async () => {
    const made = await makeRequest({ maxAge: 60 });
    const { nonce, code_verifier: codeVerifier } = await made.stored();
    const answer = { state: made.request.state, code: 'c1', iss: issuer };
    expect(await answering(made, answer)).to.deep.equal({
      authCode: 'c1',
      redirectUri: `${location.origin}/callback.html`,
      codeVerifier,
      nonce,
      maxAge: 60,
      iss: issuer,
    });
    expect(await made.stored(), 'nothing of it stays').to.deep.equal({});
    expect((await refused(made, answer)).code).to.equal('state-mismatch');
  });

  it('counts although its issuer is spelled otherwise', async () => {
    const metadata = {
      authorization_endpoint,
      issuer: `${issuer}:443`,
      authorization_response_iss_parameter_supported: true,
    };
    const made = await makeRequest({}, { metadata });
    const { state } = made.request;
    expect((await answering(made, { state, code: 'c1', iss: `${issuer}/` })).iss).to.equal(`${issuer}/`);
  });

  it('is refused where the issuer is another, or missing though announced', async () => {
    for (const [iss, announced] of [
      ['https://evil.example', false],
      ['', false],
      [undefined, true],
    ] as const) {
      const metadata = { authorization_endpoint, authorization_response_iss_parameter_supported: announced };
      const made = await makeRequest({}, { metadata });
      const answer = { state: made.request.state, code: 'c1', ...(iss !== undefined && { iss }) };
      expect((await refused(made, answer)).code).to.equal('issuer-mismatch');
    }
  });

  const states: ReadonlyArray<readonly [string, (state: string) => string | undefined]> = [
    ['no state', () => undefined],
    ['an empty state', () => ''],
    ['another state', () => `${'0'.repeat(32)};p`],
    ['a state that only begins right', (state) => state.slice(0, -1)],
    ['a state that goes on', (state) => `${state}x`],
    ['the state with another target', (state) => state.replace(';p', ';s')],
    ['the identifier alone', (state) => state.replace(';p', '')],
    ['a state that cannot be decoded', () => '%'],
  ];
  for (const [title, change] of states) {
    it(`is refused with state-mismatch: ${title}`, async () => {
      for (const rest of [{ code: 'c1' }, { error: 'login_required' }] as Record<string, string>[]) {
        const made = await makeRequest();
        const state = change(made.request.state);
        const error = await refused(made, { ...rest, ...(state !== undefined && { state }) });
        expect([error.code, error.retryable]).to.deep.equal(['state-mismatch', true]);
      }
    });
  }

  it('that is an error is an error, and its request is over', async () => {
    const made = await makeRequest();
    const answer = { state: made.request.state, error: 'login_required' };
    expect((await refused(made, answer)).code).to.equal('login-required');
    expect((await refused(made, answer)).code).to.equal('state-mismatch');
  });

  const repeated = [
    'code=c2',
    'code=c1',
    'c%6Fde=c2',
    'iss=https%3A%2F%2Flogin.example.com',
    'error=login_required&error=x',
    'state=xyz',
    '%73tate=',
  ];
  for (const more of repeated) {
    it(`is refused when a parameter occurs twice: ${more}`, async () => {
      for (const before of [false, true]) {
        const made = await makeRequest();
        const one = `state=${encodeURIComponent(made.request.state)}&code=c1&iss=${encodeURIComponent(issuer)}`;
        const answer = new URLSearchParams(before ? `${more}&${one}` : `${one}&${more}`);
        const error = await readSigninResponse(made.client, answer).catch((thrown: GcAuthError) => thrown);
        expect((error as GcAuthError).code).to.equal('provider-error');
        expect((error as GcAuthError).message).to.contain('more than one');
        expect(await made.stored(), 'its request is over').to.deep.equal({});
      }
    });
  }

  it('with a repeated parameter belongs to nobody without its request', async () => {
    const made = await makeRequest();
    const answer = new URLSearchParams(`state=${'0'.repeat(32)};p&code=c1&code=c2`);
    const error = (await readSigninResponse(made.client, answer).catch((thrown: unknown) => thrown)) as GcAuthError;
    expect(error.code).to.equal('state-mismatch');
    expect((error.cause as GcAuthError).message).to.contain('more than one code');
    expect(await made.stored(), 'the request still waits').not.to.deep.equal({});
  });

  it('that is a JWT (JARM) is refused with the way out', async () => {
    for (const beside of [true, false]) {
      const made = await makeRequest();
      const { state } = made.request;
      const response = `x.${btoa(JSON.stringify({ state, code: 'c1' }))}.y`;
      const error = await refused(made, { response, ...(beside && { state }) });
      expect([error.code, error.retryable]).to.deep.equal(['provider-error', false]);
      expect(error.hint).to.contain('response_mode=jwt');
      expect(await made.stored()).to.deep.equal({});
    }
  });

  it('never reaches the token endpoint of the provider', async () => {
    const token_endpoint = `${issuer}/token`;
    const fetched: unknown[] = [];
    const { fetch } = window;
    window.fetch = (input) => {
      fetched.push(input);
      return Promise.reject(new TypeError('Failed to fetch'));
    };
    try {
      const made = await makeRequest({}, { metadata: { authorization_endpoint, token_endpoint } });
      await answering(made, { state: made.request.state, code: 'c1' });
    } finally {
      window.fetch = fetch;
    }
    expect(fetched).to.deep.equal([]);
  });
});
