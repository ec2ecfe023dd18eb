import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../../src/core/errors.js';
import { markInconclusive, timeoutVerdict, violationVerdict } from '../../../src/oidc/rungs/frame-verdict.js';
import { windowWith } from '../../support/window-with.js';

const url = 'https://login.example.com/authorize?state=s1';
const visit = { url, redirectUri: `${location.origin}/callback.html` };

describe('a policy violation elsewhere on the page', () => {
  const verdict = (changes: Partial<SecurityPolicyViolationEventInit>) =>
    violationVerdict(
      new SecurityPolicyViolationEvent('securitypolicyviolation', {
        documentURI: location.href,
        violatedDirective: 'frame-src',
        effectiveDirective: 'frame-src',
        originalPolicy: '',
        statusCode: 200,
        disposition: 'enforce',
        blockedURI: url,
        ...changes,
      }),
      window,
      visit,
    )?.code;

  const verdicts: ReadonlyArray<readonly [string, Partial<SecurityPolicyViolationEventInit>, string | undefined]> = [
    ['the provider’s frame', {}, 'silent-refused'],
    ['the provider, told by its origin', { blockedURI: 'https://login.example.com' }, 'silent-refused'],
    ['the callback page', { blockedURI: visit.redirectUri }, 'silent-refused'],
    ['a frame of someone else', { blockedURI: 'https://ads.example' }, undefined],
    ['an origin that begins like the provider’s', { blockedURI: 'https://login.example.com.evil' }, undefined],
    ['an image of the provider', { effectiveDirective: 'img-src' }, undefined],
    ['who may frame the page', { effectiveDirective: 'frame-ancestors' }, undefined],
    ['a policy that only reports', { disposition: 'report' }, undefined],
  ];
  for (const [what, changes, code] of verdicts) {
    it(`${code ? 'ends' : 'does not touch'} the attempt: ${what}`, () => expect(verdict(changes)).to.equal(code));
  }
});

describe('a timeout', () => {
  it('of a device that is offline is named so', () => {
    expect(timeoutVerdict(window).code).to.equal('silent-timeout');
    const { code, step } = timeoutVerdict(windowWith({ navigator: { onLine: false } }));
    expect([code, step]).to.deep.equal(['offline', 'code']);
  });
});

describe('an answer that nobody is signed in', () => {
  const win = windowWith({ location: new URL('https://www.example.com/') });
  const hint = (cause: string, at = url) =>
    (markInconclusive(new GcAuthError('login-required', { cause }), win, { ...visit, url: at }) as GcAuthError).hint;

  it('is inconclusive from another site, whose cookies may be blocked', () => {
    expect(hint('login_required', 'https://idp.example.org/authorize')).to.contain('inconclusive');
  });

  it('counts from the same site, and from a provider that knows the person', () => {
    expect(hint('login_required')).not.to.contain('inconclusive');
    expect(hint('consent_required', 'https://idp.example.org/authorize')).not.to.contain('inconclusive');
  });

  it('is left alone when it is another error', () => {
    const error = new GcAuthError('provider-error', { cause: 'login_required' });
    expect(markInconclusive(error, win, { ...visit, url: 'https://idp.example.org/' })).to.equal(error);
  });
});
