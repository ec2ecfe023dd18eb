import { expect } from '@open-wc/testing';
import { VirtualTimeScheduler, firstValueFrom, lastValueFrom } from 'rxjs';
import type { Observable } from 'rxjs';
import type { OidcConfig } from '../../src/core/config.js';
import type { GcAuthError } from '../../src/core/errors.js';
import type { CodeGrant, Grant } from '../../src/core/grant.js';
import { createCodePort } from '../../src/oidc/code-port.js';
import type { CodePortOptions } from '../../src/oidc/code-port.js';
import type { CodePort } from '../../src/session/ports.js';
import { nothing, watchLeaks } from '../support/leaks.js';
import { oidcConfig } from '../support/oidc-config.js';
import { until } from '../support/until.js';
import { windowWith } from '../support/window-with.js';

const endpoint = `${location.origin}/test/fixtures/provider.html`;
const failing: Partial<OidcConfig> = { authorizeParams: [['behaviour', 'error']] };

/** Every popup, newest last. */
const popups: Window[] = [];

/** A port to the fixture provider, and the first addresses that its popups were sent to, `about:blank` until then. */
function start(changes: Partial<OidcConfig> = {}, options: CodePortOptions = {}) {
  const opened: URL[] = [];
  const open = (url: string, ...rest: string[]) => {
    const index = opened.push(new URL(url)) - 1;
    const popup = window.open(url, ...rest)!;
    popups.push(popup);
    return {
      get closed() {
        return popup.closed;
      },
      close: () => popup.close(),
      set opener(opener: Window | null) {
        popup.opener = opener;
      },
      location: {
        get href() {
          return popup.location.href;
        },
        replace(to: string) {
          if (opened[index]!.href === 'about:blank') opened[index] = new URL(to);
          popup.location.replace(to);
        },
      },
    };
  };
  return { port: createCodePort(oidcConfig(changes), windowWith({ open }), options), opened };
}

const code = (grant$: Observable<Grant>) => firstValueFrom(grant$) as Promise<CodeGrant>;

const refused = (attempt$: Observable<unknown>): Promise<GcAuthError> =>
  lastValueFrom(attempt$, { defaultValue: undefined }).then(
    () => expect.fail('was not refused'),
    (thrown: unknown) => thrown as GcAuthError,
  );

const prepared = (port: CodePort) => lastValueFrom(port.prepare(), { defaultValue: undefined });

describe('a code in silence', () => {
  it('comes with its verifier, nonce and redirect URI', async () => {
    const grant = await code(start().port.silent());
    expect(grant.authCode).to.match(/^code-of-/);
    expect(grant.redirectUri).to.equal(`${location.origin}/callback.html`);
    expect(grant).to.have.all.keys('authCode', 'redirectUri', 'codeVerifier', 'nonce');
  });

  it('works by query too', async () => {
    expect((await code(start({ responseMode: 'query' }).port.silent())).authCode).to.match(/^code-of-/);
  });

  it('is refused with what the provider says', async () => {
    expect((await refused(start(failing).port.silent())).code).to.equal('login-required');
  });

  it('is refused outside secure contexts, with the way out', async () => {
    const port = createCodePort(oidcConfig(), windowWith({ isSecureContext: false }));
    for (const attempt of [port.silent(), port.popup()]) {
      const error = await refused(attempt);
      expect(error.code).to.equal('config-invalid');
      expect(error.hint).to.contain('https');
    }
  });

  it('fails with a GcAuthError even when something unforeseen does', async () => {
    const broken = windowWith({
      get isSecureContext() {
        throw new TypeError('unforeseen');
      },
    });
    const error = await refused(createCodePort(oidcConfig(), broken).silent());
    expect(error.code).to.equal('provider-error');
    expect(error.cause).to.be.instanceOf(TypeError);
  });
});

describe('a code by popup', () => {
  it('opens on an empty page when nothing is prepared', async () => {
    const { port, opened } = start();
    const grant = code(port.popup());
    expect(opened.map(String)).to.deep.equal(['about:blank']);
    expect((await grant).authCode).to.match(/^code-of-/);
  });

  it('opens at the provider at once when prepared, each time with another request', async () => {
    const { port, opened } = start();
    await prepared(port);
    const first = await code(port.popup());
    await prepared(port);
    const second = await code(port.popup());
    expect(opened.map(({ pathname }) => pathname)).to.deep.equal(Array(2).fill(new URL(endpoint).pathname));
    expect(opened[0]!.searchParams.has('prompt')).to.equal(false);
    expect(first.authCode).to.equal(`code-of-${opened[0]!.searchParams.get('state')}`);
    expect(first.nonce).to.equal(opened[0]!.searchParams.get('nonce'));
    expect(second.codeVerifier).not.to.equal(first.codeVerifier);
  });

  it('has the next request ready after one was used', async () => {
    const { port, opened } = start();
    await prepared(port);
    await code(port.popup());
    await until(() => {
      port.popup().subscribe().unsubscribe();
      // Sent there in the call that subscribed, not later.
      return opened.at(-1)!.href.startsWith(endpoint);
    });
  });

  it('drops a request that waited for more than ten minutes', async () => {
    const scheduler = new VirtualTimeScheduler();
    const { port, opened } = start({}, { scheduler });
    await prepared(port);
    scheduler.frame = 600_001;
    port.popup().subscribe().unsubscribe();
    expect(opened.map(String)).to.deep.equal(['about:blank']);
  });

  it('is refused with what the provider says', async () => {
    const error = await refused(start(failing).port.popup());
    expect([error.code, error.retryable, error.message]).to.deep.equal([
      'provider-error',
      true,
      'The provider answered: access_denied.',
    ]);
  });

  it('leaves nothing behind when given up', async () => {
    const leaks = watchLeaks();
    const { port } = start({ authorizeParams: [['behaviour', 'none']] });
    await prepared(port);
    port.popup().subscribe().unsubscribe();
    port.silent().subscribe().unsubscribe();
    expect(leaks.alive()).to.deep.equal(nothing);
    leaks.end();
  });
});

describe('the response mode', () => {
  const modes: ReadonlyArray<readonly [OidcConfig['responseMode'], string[] | undefined, string | null]> = [
    ['auto', undefined, 'fragment'],
    ['auto', ['query', 'fragment', 'form_post'], 'fragment'],
    ['auto', ['query'], null],
    ['query', undefined, null],
    ['fragment', ['query'], 'fragment'],
  ];
  for (const [responseMode, supported, sent] of modes) {
    it(`${responseMode} with ${String(supported)} is ${sent ?? 'left to the default'}`, async () => {
      const metadata = { authorization_endpoint: endpoint, response_modes_supported: supported };
      const { port, opened } = start({ responseMode, metadata });
      await prepared(port);
      port.popup().subscribe().unsubscribe();
      expect(opened[0]!.searchParams.get('response_mode')).to.equal(sent);
    });
  }
});

describe('a response mode that the provider refuses', () => {
  const memory = (fragmentRefused = false) => ({ fragmentRefused });
  // The fixture does not answer to `fragment`.
  const refusing: Partial<OidcConfig> = { authorizeParams: [['refuses', 'fragment']] };
  const askedMode = async (port: CodePort, opened: URL[]) => {
    await prepared(port);
    port.popup().subscribe().unsubscribe();
    return opened.at(-1)!.searchParams.get('response_mode');
  };

  it('is noticed by the silent attempt, which brings a code, and remembered', async () => {
    const persistence = memory();
    const { port, opened } = start(refusing, { persistence });
    expect((await code(port.silent())).authCode).to.match(/^code-of-/);
    expect(persistence.fragmentRefused).to.equal(true);
    expect(await askedMode(port, opened)).to.equal(null);
  });

  it('is not asked for where it is remembered, and a written one always is', async () => {
    const persistence = memory(true);
    for (const [responseMode, sent] of [
      ['auto', null],
      ['fragment', 'fragment'],
    ] as const) {
      const { port, opened } = start({ responseMode }, { persistence });
      expect(await askedMode(port, opened)).to.equal(sent);
    }
  });

  it('is doubted after a popup without an answer, and remembered once the next one has one', async () => {
    const persistence = memory();
    const { port, opened } = start(refusing, { persistence });
    await prepared(port);
    const given$ = port.popup();
    const closing = refused(given$);
    await until(() => opened.at(-1)!.searchParams.get('response_mode') === 'fragment');
    popups.at(-1)!.close();
    expect((await closing).code).to.equal('popup-closed');
    expect(persistence.fragmentRefused).to.equal(false);
    await prepared(port);
    expect((await code(port.popup())).authCode).to.match(/^code-of-/);
    expect(opened.at(-1)!.searchParams.get('response_mode')).to.equal(null);
    expect(persistence.fragmentRefused).to.equal(true);
  });
});

describe('the patience of a silent attempt', () => {
  const silent: Partial<OidcConfig> = { authorizeParams: [['behaviour', 'none']], responseMode: 'query' };
  for (const [what, reason, options, endsAt] of [
    ['is four seconds after a page by default', 'getAuthCode', {}, 4_000],
    ['is what the page has written', 'getAuthCode', { silentTimeoutMs: 7_000, silentTimeoutSet: true }, 7_000],
    ['is the whole timeout for a probe', 'probe', {}, 10_000],
    ['is the whole timeout for a test of frames', 'test', {}, 10_000],
  ] as const) {
    it(what, async () => {
      const scheduler = new VirtualTimeScheduler();
      const { port } = start(silent, { ...options, scheduler });
      const codes: string[] = [];
      const attempt = port.silent(reason).subscribe({ error: ({ code }: GcAuthError) => codes.push(code) });
      await until(() => document.querySelector('iframe'));
      await new Promise((resolve) => document.querySelector('iframe')!.addEventListener('load', resolve));
      const flushUntil = (ms: number) => {
        scheduler.maxFrames = ms;
        scheduler.flush();
      };
      flushUntil(endsAt - 1);
      await until(() => true);
      expect(codes).to.deep.equal([]);
      flushUntil(endsAt);
      await until(() => codes.length);
      expect(codes).to.deep.equal(['silent-refused']);
      attempt.unsubscribe();
    });
  }
});

describe('preparing', () => {
  it('fails in silence', async () => {
    const { port } = start({ metadata: {} });
    expect(await lastValueFrom(port.prepare(), { defaultValue: 'completed' })).to.equal('completed');
  });
});

describe('the end of the session at the provider', () => {
  const end = 'https://login.example.com/end?tenant=acme';
  const metadata = { authorization_endpoint: endpoint, end_session_endpoint: end };

  async function leave(changes: Partial<OidcConfig>) {
    const left: URL[] = [];
    const { port } = start({ metadata, ...changes }, { navigate: (url) => left.push(new URL(url)) });
    const left$ = port.endSession();
    expect(left).to.deep.equal([]);
    expect(await lastValueFrom(left$, { defaultValue: 'completed' })).to.equal('completed');
    return left[0]!;
  }

  it('names the client and where to return to, and no state that would stay in the address there', async () => {
    const { origin, pathname, searchParams } = await leave({ postLogoutRedirectUri: 'https://www.example.com/bye' });
    expect(origin + pathname).to.equal('https://login.example.com/end');
    expect(Object.fromEntries(searchParams)).to.deep.equal({
      tenant: 'acme',
      client_id: 'messenger-web',
      post_logout_redirect_uri: 'https://www.example.com/bye',
    });
  });

  const queryAt = async (end_session_endpoint: string, changes: Partial<OidcConfig> = {}) => {
    const given = { authorization_endpoint: endpoint, end_session_endpoint };
    return [...(await leave({ metadata: given, ...changes })).searchParams];
  };
  const bye = 'https://www.example.com/bye';

  it('sends no parameter twice: what the announced address has stays', async () => {
    const own = new URLSearchParams({ client_id: 'other', logout_uri: bye, post_logout_redirect_uri: bye });
    const kept = [...own, ['x', '1'], ['x', '2']];
    const announced = `https://login.example.com/logout?${own}&x=1&x=2`;
    expect(await queryAt(announced, { postLogoutRedirectUri: 'https://www.example.com/' })).to.deep.equal(kept);
    expect(await queryAt(announced)).to.deep.equal(kept);
  });

  const pool = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI';
  const cognito: ReadonlyArray<readonly [string, string, Partial<OidcConfig>]> = [
    ['a domain of Cognito', 'https://acme.auth.eu-west-1.amazoncognito.com/logout', {}],
    ['a domain of the customer', 'https://login.example.com/logout', { authority: pool }],
  ];
  for (const [title, announced, changes] of cognito) {
    it(`says to Cognito, in its own words, where to return to: ${title}`, async () => {
      const query = await queryAt(announced, { ...changes, postLogoutRedirectUri: bye });
      expect(query).to.deep.include(['logout_uri', bye]).and.to.deep.include(['client_id', 'messenger-web']);
      const written = `${announced}?logout_uri=${encodeURIComponent(bye)}`;
      for (const postLogoutRedirectUri of [undefined, 'https://www.example.com/']) {
        const uris = (await queryAt(written, { ...changes, postLogoutRedirectUri })).filter(
          ([name]) => name === 'logout_uri',
        );
        expect(uris).to.deep.equal([['logout_uri', bye]]);
      }
    });

    it(`fails where Cognito would show an error page, and says what to write: ${title}`, async () => {
      const metadata = { authorization_endpoint: endpoint, end_session_endpoint: announced };
      const { code, retryable, hint } = await refused(start({ metadata, ...changes }).port.endSession());
      expect([code, retryable]).to.deep.equal(['logout-failed', false]);
      expect(hint).to.contain('post-logout-redirect-uri');
    });
  }

  it('returns nowhere when no place is given', async () => {
    expect([...(await leave({})).searchParams.keys()]).to.deep.equal(['tenant', 'client_id']);
  });

  it('is not sought by a page in a frame, where the provider’s page may refuse to be shown', async () => {
    const left: string[] = [];
    const port = createCodePort(oidcConfig({ metadata }), windowWith({ top: {} }), {
      navigate: (url) => left.push(url),
    });
    const { code, retryable, hint } = await refused(port.endSession());
    expect([code, retryable, left]).to.deep.equal(['logout-failed', false, []]);
    expect(hint).to.contain('own window');
  });

  it('leaves by location.assign', async () => {
    const left: string[] = [];
    const win = windowWith({ location: { assign: (url: string) => left.push(url) } });
    await lastValueFrom(createCodePort(oidcConfig({ metadata }), win).endSession(), { defaultValue: undefined });
    expect(left).to.deep.equal([`${end}&client_id=messenger-web`]);
  });

  it('fails by name when the page cannot leave', async () => {
    const { port } = start({ metadata }, { navigate: () => expect.fail('blocked') });
    expect((await refused(port.endSession())).code).to.equal('logout-failed');
  });

  for (const endpoints of [
    {},
    { end_session_endpoint: 'javascript:alert(1)' },
    { end_session_endpoint: 'http://login.example.com/logout' },
  ]) {
    it(`fails where the provider has none: ${JSON.stringify(endpoints)}`, async () => {
      const error = await refused(
        start({ metadata: { authorization_endpoint: endpoint, ...endpoints } }).port.endSession(),
      );
      expect([error.code, error.retryable]).to.deep.equal(['logout-failed', false]);
    });
  }
});
