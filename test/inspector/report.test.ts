import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { rememberSecret } from '../../src/core/secrets.js';
import { clean, cleanAddress } from '../../src/inspector/clean.js';
import { History } from '../../src/inspector/history.js';
import { readChecks } from '../../src/inspector/records.js';
import { report } from '../../src/inspector/report.js';
import { clearInspectors, defineFace, placedFace, placedInspector, t0, tokenOf } from '../support/fake-face.js';

before(defineFace);
afterEach(clearInspectors);

const text = (characters: string, min: number, max: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...characters), minLength: min, maxLength: max });
const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const opaque = fc.oneof(
  fc.uuid(),
  text('0123456789abcdef', 32, 64),
  text(base64url, 24, 64).map((id) => `a1${id}`),
);
const jwt = fc
  .tuple(text(base64url, 10, 60), text(base64url, 20, 43))
  .map((parts) => `eyJ${parts.join('.eyJ')}.c2lnbmF0dXJl`);
const email = fc
  .tuple(text('abcdefghijklmnop.+-_', 1, 12), text('abcdefgh', 3, 8), fc.constantFrom('com', 'co.uk', 'example'))
  .map(([local, domain, end]) => `a${local}z@${domain}.${end}`);

const names = ['code', 'state', 'nonce', 'code_verifier', 'id_token', 'access_token', 'refresh_token', 'session_state'];
const named: ReadonlyArray<(name: string, value: string) => string> = [
  (name, value) => `${name}=${value}`,
  (name, value) => `https://shop.example/callback.html?page=1&${name}=${value}`,
  (name, value) => `https://shop.example/callback.html#${name}=${value}&iss=x`,
  (name, value) => JSON.stringify({ [name]: value }),
  (name, value) => encodeURIComponent(`https://shop.example/?${name}=${value}`),
  (name, value) => `The answer had "${name}":"${value}" in it.`,
  (name, value) => `${name}: ${value}`,
];
const withEmail: ReadonlyArray<(address: string) => string> = [
  (address) => address,
  (address) => `https://login.example/authorize?login_hint=${address}`,
  (address) => `https://login.example/authorize?login_hint=${encodeURIComponent(address)}&x=1`,
  (address) => `login_hint=${encodeURIComponent(encodeURIComponent(address))}`,
  (address) => `The person <${address}> is another one.`,
  (address) => JSON.stringify({ email: address }),
];

/** A text, and what must not be seen of it. */
const planted = fc.oneof(
  fc
    .tuple(
      jwt,
      fc.constantFrom<(value: string) => string>(
        (value) => value,
        (value) => `Bearer ${value}`,
        (value) => `x ${value}, y`,
      ),
    )
    .map(([secret, wrap]) => ({ secret, value: wrap(secret) })),
  fc
    .tuple(opaque, fc.constantFrom(...names), fc.constantFrom(...named))
    .map(([secret, name, wrap]) => ({ secret, value: wrap(name, secret) })),
  fc.tuple(email, fc.constantFrom(...withEmail)).map(([secret, wrap]) => ({ secret, value: wrap(secret) })),
  fc
    .tuple(email, fc.constantFrom(...withEmail))
    .map(([secret, wrap]) => ({ secret: encodeURIComponent(secret), value: wrap(secret) })),
);

/** Tells the text in every member that the report may show. */
function reportWith(value: string): string {
  const face = placedFace();
  const history = new History(
    () => t0,
    () => undefined,
  );
  face.error = { code: value, message: value, hint: value };
  for (const name of ['authority', 'redirect-uri', 'login-hint', 'authorize-params', 'nonce', 'scope', 'data-any']) {
    face.setAttribute(name, value);
  }
  const stop = history.watch(face);
  face.state$.next({ state: value, reason: value, previous: value });
  face.token$.next(tokenOf({ source: value, claims: { sub: value, name: value, email: value } }));
  face.attempt$.next({ rung: value, verdict: value, ms: 1, reason: value });
  face.error$.next({ code: value, message: value, hint: value, trace: [{ rung: value }] });
  face.messenger$.next({ name: value, data: { any: value } });
  face.fire('gc-signed-out', { reason: value });
  history.note(value);
  const checks = readChecks({ checks: [{ id: value, name: value, ok: false, found: value, hint: value, why: value }] });
  const written = report({ history, element: face, missing: value, checks }, t0);
  stop();
  face.remove();
  return `${written}\n${report({ history, element: undefined, missing: value, checks: undefined }, t0)}`;
}

describe('the report of <gc-auth-inspector>', () => {
  it('has no JWT, code, state, nonce, verifier, token or e-mail address, wherever one is', () => {
    fc.assert(
      fc.property(planted, ({ secret, value }) => {
        const written = reportWith(value);
        expect(written).not.to.contain(secret);
        expect(decodeURIComponent(written.replace(/%(?![\da-f]{2})/gi, ''))).not.to.contain(secret);
      }),
      { numRuns: 400 },
    );
  });

  it('has nothing that the element knows to be secret, in any text', () => {
    fc.assert(
      fc.property(fc.uuid(), (secret) => {
        rememberSecret(secret);
        expect(reportWith(`The provider said ${secret} at the end`)).not.to.contain(secret);
      }),
      { numRuns: 50 },
    );
  });

  it('has not the JWT that the element told, wherever it comes from', () => {
    const face = placedFace();
    const history = new History(
      () => t0,
      () => undefined,
    );
    face.token$.next(tokenOf({ jwt: 'opaque-jwt-of-another-kind-1' }));
    history.watch(face)();
    history.note('It was opaque-jwt-of-another-kind-1.');
    expect(report({ history, element: face, missing: undefined, checks: undefined }, t0)).not.to.contain('opaque-jwt');
  });

  it('says what support needs to know', () => {
    const face = placedFace();
    face.setAttribute('environment', 'prod-euw1');
    face.setAttribute('login-hint', 'anna@example.com');
    Object.assign(face, { deploymentId: '3f0c1c2e-8d4b-4b7a-9f6e-2a1d5c7e9b10' });
    const history = new History(
      () => t0,
      () => undefined,
    );
    const stop = history.watch(face);
    face.state$.next({ state: 'interaction-required', reason: 'login-required' });
    face.token$.next(tokenOf({ source: 'restored' }));
    face.attempt$.next({ rung: 'silent', verdict: 'login-required', ms: 230, reason: 'getAuthCode' });
    face.error$.next({ code: 'popup-blocked', message: 'The browser blocked it.', hint: 'Click.' });
    face.messenger$.next({ name: 'Auth.authenticating', data: { private: 'text' } });
    const checks = readChecks({
      checks: [
        { id: 'csp', name: 'policy', ok: false, found: 'no frame-src', hint: 'Add it.', link: 'docs/doctor.md#csp' },
        { id: 'cache', name: 'callback', ok: true, found: 'no cache', why: 'It is slow.' },
        { id: 'clock', name: 'clock', ok: true, found: 'right' },
      ],
    });
    const written = report({ history, element: face, missing: undefined, checks }, t0);
    stop();
    for (const line of [
      'Time: 2026-01-05T12:00:00.000Z',
      `Address: ${location.origin}${location.pathname}`,
      '  environment="prod-euw1"',
      '  deployment-id="3f0c1c2e-8d4b-4b7a-9f6e-2a1d5c7e9b10"',
      '  login-hint="…"',
      'interaction-required since 2026-01-05T12:00:00.000Z (login-required)',
      'restored, issued 2026-01-05T12:00:00.000Z, expires 2026-01-05T12:15:00.000Z',
      '✗ policy (csp): no frame-src',
      '  → Add it.',
      '  See: docs/doctor.md#csp',
      '! callback (cache): no cache',
      '✓ clock (clock): right',
      '2026-01-05T12:00:00.000Z silent login-required 230 ms (getAuthCode)',
      '2026-01-05T12:00:00.000Z  error  popup-blocked  The browser blocked it.  → Click.',
      '2026-01-05T12:00:00.000Z Auth.authenticating',
    ]) {
      expect(written.split('\n')).to.include(line);
    }
    expect(written).not.to.contain('private').and.not.to.contain('Anna');
  });

  it('keeps ordinary sentences and addresses', () => {
    for (const sentence of [
      'code 401: the token has expired',
      'https://login.example.com/.well-known/openid-configuration could not be read',
      'state: signed-in',
    ]) {
      expect(clean(sentence)).to.equal(sentence);
    }
    expect(cleanAddress('https://a.example/reset/8f14e45fceea167a5a36dedd4bea2543/x?y=1#z')).to.equal(
      'https://a.example/reset/…/x',
    );
  });
});

describe('the button that copies the report', () => {
  const clipboard = (writeText: (text: string) => Promise<void>): void => {
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
  };
  afterEach(() => Reflect.deleteProperty(navigator, 'clipboard'));

  const click = async (under: Awaited<ReturnType<typeof placedInspector>>): Promise<void> => {
    under
      .findAll('button')
      .find(({ textContent }) => textContent.includes('Copy report'))!
      .click();
    await new Promise((resolve) => setTimeout(resolve));
    await under.settled();
  };

  it('copies it', async () => {
    let copied = '';
    clipboard(async (all) => void (copied = all));
    placedFace().state$.next({ state: 'signed-in', reason: 'Auth.authenticated' });
    const under = await placedInspector();
    await click(under);
    expect(copied).to.contain('signed-in since');
    expect(under.text()).to.contain('Copied');
  });

  it('shows it where the page may not copy, selected', async () => {
    clipboard(() => Promise.reject(new DOMException('no', 'NotAllowedError')));
    const under = await placedInspector();
    await click(under);
    const area = under.find<HTMLTextAreaElement>('textarea')!;
    expect(area.value).to.contain('The page has no <gc-auth-messenger>.');
    expect([area.selectionStart, area.selectionEnd]).to.eql([0, area.value.length]);
    await expect(under.inspector).to.be.accessible();
  });
});
