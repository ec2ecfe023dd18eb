import { expect } from '@open-wc/testing';
import { checkAuthorizationResponse } from '../../src/core/authorization-response.js';
import type { AnsweredRequest, AuthorizationAnswer } from '../../src/core/authorization-response.js';
import { GcAuthError } from '../../src/core/errors.js';
import type { CodeGrant } from '../../src/core/grant.js';

const issuer = 'https://login.example.com';
const nothing: AuthorizationAnswer = { code: null, error: null, errorDescription: null, iss: null };
const request: AnsweredRequest = {
  redirectUri: 'https://www.example.com/callback.html',
  codeVerifier: 'v1',
  nonce: 'n1',
  maxAge: 60,
  issRequired: false,
  issuerMatches: false,
};
const matching: AnsweredRequest = { ...request, issuerMatches: true };
const requiring: AnsweredRequest = { ...request, issRequired: true };

const check = (answer: Partial<AuthorizationAnswer>, answered = request): CodeGrant =>
  checkAuthorizationResponse({ ...nothing, ...answer }, answered);

function refused(answer: Partial<AuthorizationAnswer>, answered = request): GcAuthError {
  try {
    check(answer, answered);
  } catch (thrown) {
    if (thrown instanceof GcAuthError) return thrown;
  }
  throw new Error('was not refused with a GcAuthError');
}

describe('the answer to an authorization request', () => {
  it('becomes a grant with all that its redemption needs', () => {
    expect(check({ code: 'c1', iss: issuer }, matching)).to.deep.equal({
      authCode: 'c1',
      redirectUri: request.redirectUri,
      codeVerifier: 'v1',
      nonce: 'n1',
      maxAge: 60,
      iss: issuer,
    });
  });

  it('leaves out what does not apply', () => {
    const { redirectUri } = request;
    expect(check({ code: 'c1' }, { redirectUri, issRequired: false, issuerMatches: false })).to.deep.equal({
      authCode: 'c1',
      redirectUri,
    });
  });

  it('keeps a max_age of zero, which calls for a login each time', () => {
    expect(check({ code: 'c1' }, { ...request, maxAge: 0 }).maxAge).to.equal(0);
  });

  it('passes the issuer on as it was sent', () => {
    const both = { ...requiring, issuerMatches: true };
    expect(check({ code: 'c1', iss: `${issuer}/` }, both).iss).to.equal(`${issuer}/`);
  });

  const evil = 'https://evil.example';
  const refusals: ReadonlyArray<readonly [string, Partial<AuthorizationAnswer>, string, boolean, AnsweredRequest?]> = [
    ['no iss where it is announced', { code: 'c1' }, 'issuer-mismatch', false, requiring],
    ['another iss', { code: 'c1', iss: evil }, 'issuer-mismatch', false, requiring],
    ['another iss, not announced', { code: 'c1', iss: evil }, 'issuer-mismatch', false],
    ['an empty iss', { code: 'c1', iss: '' }, 'issuer-mismatch', false],
    ['an error of another iss', { error: 'x', iss: evil }, 'issuer-mismatch', false],
    ['an error without iss where it is announced', { error: 'login_required' }, 'login-required', true, requiring],
    ['another error without it', { error: 'invalid_scope', code: 'c1' }, 'provider-error', false, requiring],
    ['login_required', { error: 'login_required' }, 'login-required', true],
    ['interaction_required', { error: 'interaction_required' }, 'login-required', true],
    ['consent_required', { error: 'consent_required' }, 'login-required', true],
    ['account_selection_required', { error: 'account_selection_required' }, 'login-required', true],
    ['access_denied', { error: 'access_denied' }, 'provider-error', true],
    ['temporarily_unavailable', { error: 'temporarily_unavailable' }, 'provider-error', true],
    ['server_error', { error: 'server_error' }, 'provider-error', true],
    ['invalid_scope', { error: 'invalid_scope' }, 'provider-error', false],
    ['an error beside a code', { error: 'invalid_scope', code: 'c1' }, 'provider-error', false],
    ['an error without a name', { error: '', code: 'c1' }, 'provider-error', false],
    ['no code', {}, 'provider-error', true],
    ['an empty code', { code: '' }, 'provider-error', true],
  ];
  for (const [title, answer, code, retryable, answered] of refusals) {
    it(`is refused with ${code}: ${title}`, () => {
      const error = refused(answer, answered);
      expect(error.code).to.equal(code);
      expect(error.retryable).to.equal(retryable);
    });
  }

  it('says that iss was announced and is missing, and the way out; of another iss it does not', () => {
    const { message, hint } = refused({ code: 'c1' }, requiring);
    expect(message).to.contain('has no iss, although the provider announces it');
    expect(hint).to.match(/metadata .*without authorization_response_iss_parameter_supported/);
    expect(refused({ code: 'c1', iss: evil }, requiring).hint).to.contain('authority');
  });

  it('has a cause that says whether the error passes', () => {
    expect(refused({ error: 'server_error' }).cause).to.equal('server_error');
    expect(refused({ error: 'invalid_scope' }).cause).to.equal(undefined);
  });

  it('is quoted as text: error, description, one line, at most 200 characters', () => {
    const { message } = refused({
      error: 'invalid_scope',
      errorDescription: `no\r\n\u0007\u202e such scope ${'x'.repeat(400)}`,
    });
    expect(message).to.match(/^The provider answered: invalid_scope: no such scope x+\.$/);
    expect(message.length - 'The provider answered: .'.length).to.equal(200);
  });

  it('is never quoted with its code', () => {
    const error = refused({ error: 'invalid_scope', code: 'secret-code' });
    expect(JSON.stringify(error) + String(error.stack) + String(error.cause)).not.to.contain('secret-code');
  });
});

describe('an error of a megabyte', () => {
  it('is cut before it is read', () => {
    const { message } = refused({ error: 'x'.repeat(1e6), errorDescription: ' '.repeat(1e6) });
    expect(message.length).to.be.lessThan(300);
  });
});
