import { expect } from '@open-wc/testing';
import { firstValueFrom, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { GcAuthError } from '../../src/core/errors.js';
import { redact } from '../../src/core/redact.js';
import { createCodeProviderPort } from '../../src/oidc/code-provider.js';
import type { CodeRequest } from '../../src/oidc/code-provider.js';
import { windowWith } from '../support/window-with.js';

const code = { authCode: 'c1', redirectUri: 'https://www.example.com/callback.html' };

/** The page's answers as they come, good or bad: types do not reach a page's script. */
const portOf = (provide: (request: CodeRequest) => unknown, win: Window = window) =>
  createCodeProviderPort(provide as never, win);

const outcome = (attempt$: Observable<unknown>): Promise<unknown> =>
  firstValueFrom(attempt$.pipe(toArray())).catch((thrown: unknown) => thrown);

async function refusal(attempt$: Observable<unknown>): Promise<GcAuthError> {
  const thrown = await outcome(attempt$);
  expect(thrown).to.be.instanceOf(GcAuthError);
  return thrown as GcAuthError;
}

const throwing = (thrown: unknown) => () => {
  throw thrown;
};

const idTokenWith = (claims: object): string =>
  ['{"alg":"RS256"}', JSON.stringify(claims), 'signature']
    .map((part) => btoa(part).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, ''))
    .join('.');

describe('a code of the page’s own', () => {
  it('is asked for within the click, and told why, how, and until when', async () => {
    const requests: CodeRequest[] = [];
    const port = portOf((request) => {
      requests.push(request);
      return new Promise(() => undefined);
    });
    const silent = port.silent('getAuthCode').subscribe();
    const popup = port.popup('sign-in').subscribe();
    expect(requests.map(({ reason, silent }) => ({ reason, silent }))).to.eql([
      { reason: 'getAuthCode', silent: true },
      { reason: 'sign-in', silent: false },
    ]);
    silent.unsubscribe();
    expect(requests.map(({ signal }) => signal.aborted)).to.eql([true, false]);
    popup.unsubscribe();
    expect(requests[1]!.signal.aborted).to.equal(true);
  });

  it('is not asked for before someone subscribes, and by nothing that only prepares', async () => {
    const port = portOf(() => expect.fail('asked'));
    port.silent();
    port.popup();
    for (const quiet$ of [port.prepare(), port.warm(), port.returned()]) expect(await outcome(quiet$)).to.eql([]);
  });

  it('comes after the attempt was given up: nobody hears it', async () => {
    let answer: (grant: unknown) => void = () => undefined;
    const given = new Promise((resolve) => (answer = resolve));
    const heard: unknown[] = [];
    portOf(() => given)
      .popup()
      .subscribe((grant) => heard.push(grant))
      .unsubscribe();
    answer(code);
    await given;
    expect(heard).to.eql([]);
  });

  const verifier = 'v'.repeat(43);
  const good: ReadonlyArray<readonly [what: string, given: unknown, taken: unknown]> = [
    ['a code', code, code],
    ['all that belongs to it', { ...code, codeVerifier: verifier, nonce: 'n', maxAge: 0, iss: 'https://p.example' }, 0],
    ['nothing that is empty', { ...code, codeVerifier: '', nonce: '', iss: null, idToken: '', maxAge: null }, code],
    ['nothing that Genesys does not know', { ...code, state: 's', access_token: 't' }, code],
    ['an ID token that cannot be read', { idToken: 'opaque' }, 0],
    ['its nonce', { idToken: 'a.b.c', nonce: 'n', redirectUri: 'https://www.example.com/' }, 0],
    ['the nonce of the ID token', { idToken: idTokenWith({ nonce: 'né' }) }, { nonce: 'né' }],
    ['the same nonce', { idToken: idTokenWith({ nonce: 'n' }), nonce: 'n', codeVerifier: verifier }, { nonce: 'n' }],
    ['no nonce of an ID token without', { idToken: idTokenWith({ sub: 'ada' }), nonce: '' }, {}],
  ];
  for (const [what, given, taken] of good) {
    it(`may be: ${what}`, async () => {
      const { idToken } = given as { idToken?: string };
      const wanted = taken === 0 ? given : idToken ? { idToken, ...(taken as object) } : taken;
      expect(await outcome(portOf(() => Promise.resolve(given)).silent())).to.eql([wanted]);
      expect(await outcome(portOf(() => given).popup()), 'without a promise').to.eql([wanted]);
    });
  }

  const bad: ReadonlyArray<readonly [what: string, given: unknown, word: string]> = [
    ['nothing', undefined, 'authCode with redirectUri, or idToken'],
    ['a text', 'c1', 'authCode with redirectUri, or idToken'],
    ['nothing in it', {}, 'authCode with redirectUri, or idToken'],
    ['a code and an ID token', { ...code, idToken: 'a.b.c' }, 'authCode with redirectUri, or idToken'],
    ['a code without its redirect URI', { authCode: 'c1', redirectUri: '' }, 'redirectUri'],
    ['a code that is no text', { ...code, authCode: 17 }, 'authCode'],
    ['a verifier that is too short', { ...code, codeVerifier: 'v'.repeat(42) }, 'codeVerifier'],
    ['a nonce that is no text', { ...code, nonce: 5 }, 'nonce'],
    ['seconds that are none', { ...code, maxAge: '60' }, 'maxAge'],
    ['seconds before now', { ...code, maxAge: -1 }, 'maxAge'],
    ['the nonce of another ID token', { idToken: idTokenWith({ nonce: 'n' }), nonce: 'other' }, 'nonce'],
    ['a nonce that the ID token does not have', { idToken: idTokenWith({}), nonce: 'n' }, 'nonce'],
  ];
  for (const [what, given, word] of bad) {
    it(`may not be: ${what}`, async () => {
      const error = await refusal(portOf(() => Promise.resolve(given)).popup());
      expect([error.code, error.retryable]).to.eql(['provider-error', false]);
      expect(error.message).to.contain(word);
    });
  }

  it('is remembered as secret, whether it can be used or not', async () => {
    const secrets = ['4d1f-auth-code', 'v'.repeat(42) + '~', '4d1f-nonce', '4d1f-id-token'];
    const [authCode, codeVerifier, nonce, idToken] = secrets;
    await firstValueFrom(portOf(() => ({ authCode, codeVerifier, nonce, redirectUri: 'https://x/' })).popup());
    await refusal(portOf(() => ({ idToken, authCode })).popup());
    expect(redact(secrets)).to.eql(['…', '…', '…', '…']);
  });

  it('that cannot be used is not shown', async () => {
    const given = { authCode: 's3cret', redirectUri: 'https://x/', codeVerifier: 'short-s3cret' };
    const error = await refusal(portOf(() => given).popup());
    expect(JSON.stringify(error)).not.to.contain('s3cret');
    expect(error.cause).to.equal(undefined);
  });
});

describe('no code of the page’s own', () => {
  const offline = windowWith({ navigator: { onLine: false } });
  const foreign = Object.assign(new Error('x'), {
    [Symbol.for('gc-auth-messenger:error:1')]: true,
    code: 'discovery-failed',
  });
  const gone = new DOMException('closed', 'AbortError');
  const rows: ReadonlyArray<readonly [what: string, thrown: unknown, silent: string, interactive: string]> = [
    ['an error', new Error('no session'), 'login-required', 'provider-error'],
    ['no error at all', 'no', 'login-required', 'provider-error'],
    ['nothing', null, 'login-required', 'provider-error'],
    ['that the person gave up', gone, 'login-required', 'popup-closed'],
    ['one of another copy of the bundle', foreign, 'discovery-failed', 'discovery-failed'],
    ['one of the element’s errors', new GcAuthError('discovery-failed'), 'discovery-failed', 'discovery-failed'],
  ];
  for (const [what, thrown, silent, interactive] of rows) {
    it(`because it threw ${what}`, async () => {
      for (const provide of [throwing(thrown), async () => throwing(thrown)()]) {
        const port = portOf(provide);
        expect((await refusal(port.silent())).code).to.equal(silent);
        expect((await refusal(port.popup())).code).to.equal(interactive);
      }
    });
  }

  /** A `GcAuthError` as another copy of the package makes it. */
  const fromOtherCopy = (members: object) => Object.assign(new Error('theirs'), { name: 'GcAuthError', ...members });

  it('because it threw the error of another version, with a code that is unknown here', async () => {
    for (const code of ['new-code', 'constructor', '__proto__', 1, undefined]) {
      const port = portOf(throwing(fromOtherCopy({ code })));
      expect((await refusal(port.silent())).code).to.equal('login-required');
      expect((await refusal(port.popup())).code).to.equal('provider-error');
    }
  });

  it('silently: the same as a person that is needed', async () => {
    for (const none of [undefined, null]) {
      expect((await refusal(portOf(() => none).silent())).code).to.equal('login-required');
    }
  });

  it('without a network says nothing about the person', async () => {
    const port = portOf(throwing(new TypeError('Failed to fetch')), offline);
    expect((await refusal(port.silent())).code).to.equal('offline');
    expect((await refusal(port.popup())).code).to.equal('offline');
  });

  it('keeps what was thrown as the cause', async () => {
    const thrown = new Error('no session');
    expect((await refusal(portOf(throwing(thrown)).popup())).cause).to.equal(thrown);
  });

  it('by redirect, and no end of a session at a provider that nobody named', async () => {
    const port = portOf(() => code);
    expect((await refusal(port.redirect({ windowOpen: false }))).code).to.equal('config-invalid');
    const { code: fault, retryable, hint } = await refusal(port.endSession());
    expect([fault, retryable]).to.eql(['logout-failed', false]);
    expect(hint).to.contain('authority and client-id');
  });
});
