import { expect } from '@open-wc/testing';
import { readAuthorizationResponse, sameIssuer } from '../../src/core/authorization-response.js';
import type { ExpectedIssuer, PendingRequest } from '../../src/core/authorization-response.js';
import { GcAuthError } from '../../src/core/errors.js';
import type { CodeGrant } from '../../src/core/grant.js';

const issuer = 'https://login.example.com';
const request: PendingRequest = {
  state: 's1',
  redirectUri: 'https://www.example.com/callback.html',
  codeVerifier: 'v1',
  nonce: 'n1',
  maxAge: 60,
};
const issNotAnnounced: ExpectedIssuer = { issuer, announced: false };
const issAnnounced: ExpectedIssuer = { issuer, announced: true };

const read = (answer: Record<string, string>, expected = issNotAnnounced, pending = request): CodeGrant =>
  readAuthorizationResponse(new URLSearchParams(answer), pending, expected);

function errorOf(answer: Record<string, string>, expected = issNotAnnounced): GcAuthError {
  try {
    read(answer, expected);
  } catch (thrown) {
    if (thrown instanceof GcAuthError) return thrown;
  }
  throw new Error('did not throw a GcAuthError');
}

describe('readAuthorizationResponse()', () => {
  it('returns a grant with everything that Genesys needs to redeem the code', () => {
    expect(read({ state: 's1', code: 'c1', iss: issuer })).to.deep.equal({
      authCode: 'c1',
      redirectUri: request.redirectUri,
      codeVerifier: 'v1',
      nonce: 'n1',
      maxAge: 60,
      iss: issuer,
    });
  });

  it('leaves out members that do not apply', () => {
    const bare = { state: 's1', redirectUri: request.redirectUri };
    expect(read({ state: 's1', code: 'c1' }, issNotAnnounced, bare)).to.deep.equal({
      authCode: 'c1',
      redirectUri: request.redirectUri,
    });
  });

  it('keeps a max_age of 0, which requires a new login every time', () => {
    expect(read({ state: 's1', code: 'c1' }, issNotAnnounced, { ...request, maxAge: 0 }).maxAge).to.equal(0);
  });

  it('keeps iss as it was sent when only the final slash differs', () => {
    expect(read({ state: 's1', code: 'c1', iss: `${issuer}/` }, issAnnounced).iss).to.equal(`${issuer}/`);
  });

  const refusals: ReadonlyArray<readonly [string, Record<string, string>, string, boolean, ExpectedIssuer?]> = [
    ['no state', { code: 'c1' }, 'state-mismatch', true],
    ['an empty state', { state: '', code: 'c1' }, 'state-mismatch', true],
    ['another state', { state: 's2', code: 'c1' }, 'state-mismatch', true],
    ['a state that only starts with the right one', { state: 's1;x', code: 'c1' }, 'state-mismatch', true],
    ['a state that cannot be decoded', { state: '%', code: 'c1' }, 'state-mismatch', true],
    ['an error with another state', { state: 's2', error: 'login_required' }, 'state-mismatch', true],
    ['no iss where it is announced', { state: 's1', code: 'c1' }, 'issuer-mismatch', false, issAnnounced],
    ['another iss', { state: 's1', code: 'c1', iss: 'https://evil.example' }, 'issuer-mismatch', false, issAnnounced],
    ['another iss, not announced', { state: 's1', code: 'c1', iss: 'https://evil.example' }, 'issuer-mismatch', false],
    ['an empty iss', { state: 's1', code: 'c1', iss: '' }, 'issuer-mismatch', false],
    ['an error of another iss', { state: 's1', error: 'x', iss: 'https://evil.example' }, 'issuer-mismatch', false],
    ['login_required', { state: 's1', error: 'login_required' }, 'login-required', true],
    ['interaction_required', { state: 's1', error: 'interaction_required' }, 'login-required', true],
    ['consent_required', { state: 's1', error: 'consent_required' }, 'login-required', true],
    ['account_selection_required', { state: 's1', error: 'account_selection_required' }, 'login-required', true],
    ['access_denied', { state: 's1', error: 'access_denied' }, 'provider-error', true],
    ['temporarily_unavailable', { state: 's1', error: 'temporarily_unavailable' }, 'provider-error', true],
    ['server_error', { state: 's1', error: 'server_error' }, 'provider-error', true],
    ['invalid_scope', { state: 's1', error: 'invalid_scope' }, 'provider-error', false],
    ['an error beside a code', { state: 's1', error: 'invalid_scope', code: 'c1' }, 'provider-error', false],
    ['an error without a name', { state: 's1', error: '', code: 'c1' }, 'provider-error', false],
    ['no code', { state: 's1' }, 'provider-error', true],
    ['an empty code', { state: 's1', code: '' }, 'provider-error', true],
  ];
  for (const [title, answer, code, retryable, expected] of refusals) {
    it(`throws ${code}: ${title}`, () => {
      const error = errorOf(answer, expected);
      expect(error.code).to.equal(code);
      expect(error.retryable).to.equal(retryable);
    });
  }

  it('quotes error and description in one line of at most 200 characters', () => {
    const { message } = errorOf({
      state: 's1',
      error: 'invalid_scope',
      error_description: `no\r\n\u0007\u202e such scope ${'x'.repeat(400)}`,
    });
    expect(message).to.match(/^The provider answered: invalid_scope: no such scope x+$/);
    expect(message.length - 'The provider answered: '.length).to.equal(200);
  });

  it('never quotes the code', () => {
    const error = errorOf({ state: 's1', error: 'invalid_scope', code: 'secret-code' });
    expect(JSON.stringify(error) + String(error.stack) + String(error.cause)).not.to.contain('secret-code');
  });
});

describe('sameIssuer()', () => {
  it('ignores a final slash and nothing else', () => {
    expect(sameIssuer(issuer, `${issuer}/`)).to.equal(true);
    expect(sameIssuer(issuer, `${issuer}//`)).to.equal(false);
    expect(sameIssuer(issuer, 'https://LOGIN.example.com')).to.equal(false);
    expect(sameIssuer(issuer, `${issuer}/tenant`)).to.equal(false);
  });
});
