import { expect } from '@open-wc/testing';
import { turns } from '../support/turns.js';
import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { GcAuthError } from '../../src/core/errors.js';
import type { CodeGrant, Grant } from '../../src/core/grant.js';
import { createCodePort } from '../../src/oidc/code-port.js';
import { createCodeProviderPort } from '../../src/oidc/code-provider.js';
import type { CodeRequest } from '../../src/oidc/code-provider.js';
import type { CodePort } from '../../src/session/ports.js';
import { FakeCodePort } from '../support/fake-code-port.js';
import { watchLeaks } from '../support/leaks.js';
import { oidcConfig } from '../support/oidc-config.js';
import { signInAtProvider, signOutAtProvider, switchProvider, testEnv } from '../support/provider.js';
import { windowWith } from '../support/window-with.js';

/** One port, with a hand on what is beyond it. */
interface Harness {
  readonly port: CodePort;
  /** The browser keeps the provider's cookies from frames on this page. */
  readonly frameSignedOut: boolean;
  /** At the provider, where the port's attempts will find it out. */
  signIn(): Promise<void>;
  signOut(): Promise<void>;
  /** The provider answers what it was asked. */
  answer(): void;
  closePopup(): void;
  /** What is still there of attempts, by name; all that is zero is left out. */
  alive(): Partial<Record<string, number>>;
  /** Where the page went to. */
  readonly left: string[];
  end(): void;
}

const some = (counts: object) => Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));

function fake(): Harness {
  const port = new FakeCodePort();
  const left: string[] = [];
  let signedIn = false;
  let codes = 0;
  const reply = (): Grant | GcAuthError =>
    signedIn
      ? { authCode: `c${++codes}`, redirectUri: `${location.origin}/callback.html` }
      : new GcAuthError('login-required');
  return {
    port,
    frameSignedOut: false,
    left,
    signIn: async () => void (signedIn = true),
    signOut: async () => void (signedIn = false),
    answer: () => {
      while (port.live.silent > 0) port.answerSilent(reply());
      while (port.live.popup > 0) port.answerPopup(reply());
      if (port.kept) left.push('redirect');
      while (port.live.endSession > 0) {
        left.push('end-session');
        port.answerEndSession();
      }
    },
    closePopup: () => port.answerPopup(new GcAuthError('popup-closed')),
    alive: () => some(port.live),
    end: () => undefined,
  };
}

const real = (crossSite: boolean) => async (): Promise<Harness> => {
  const { providerOrigin, crossSiteProviderOrigin, clientId, thirdPartyCookies } = await testEnv();
  const authority = crossSite ? crossSiteProviderOrigin : providerOrigin;
  const leaks = watchLeaks();
  const popups: Window[] = [];
  const left: string[] = [];
  const open = (...args: Parameters<Window['open']>) => {
    const popup = window.open(...args)!;
    popups.push(popup);
    return popup;
  };
  const config = oidcConfig({ authority, clientId, metadata: undefined });
  return {
    port: createCodePort(config, windowWith({ open }), { navigate: (url) => left.push(url) }),
    frameSignedOut: crossSite && thirdPartyCookies === 'block',
    left,
    signIn: () => signInAtProvider(authority),
    signOut: () => signOutAtProvider(authority),
    answer: () => undefined,
    closePopup: () => popups.at(-1)!.close(),
    alive: () => some({ ...leaks.alive(), popups: popups.filter((popup) => !popup.closed).length }),
    end: () => {
      sessionStorage.clear();
      for (const popup of popups) popup.close();
      leaks.end();
    },
  };
};

/** The page's own way to a code, which waits to be answered as a person's does. */
function ownCodes(): Harness {
  const waiting = new Set<{ resolve: (grant: Grant) => void; reject: (thrown: unknown) => void }>();
  const left: string[] = [];
  let signedIn = false;
  let codes = 0;
  const provide = ({ signal }: CodeRequest): Promise<Grant> =>
    new Promise((resolve, reject) => {
      const one = { resolve, reject };
      waiting.add(one);
      signal.addEventListener('abort', () => waiting.delete(one));
    });
  const metadata = { authorization_endpoint: 'https://p.example/auth', end_session_endpoint: 'https://p.example/end' };
  const provider = createCodePort(oidcConfig({ metadata }), window, { navigate: (url) => left.push(url) });
  return {
    port: createCodeProviderPort(provide, window, provider),
    frameSignedOut: false,
    left,
    signIn: async () => void (signedIn = true),
    signOut: async () => void (signedIn = false),
    answer: () => {
      for (const { resolve, reject } of waiting) {
        if (signedIn) resolve({ authCode: `c${++codes}`, redirectUri: `${location.origin}/callback.html` });
        else reject(new Error('nobody is signed in'));
      }
    },
    closePopup: () => waiting.forEach(({ reject }) => reject(new DOMException('closed', 'AbortError'))),
    alive: () => some({ waiting: waiting.size }),
    end: () => undefined,
  };
}

const refused = (attempt$: Observable<unknown>): Promise<GcAuthError> =>
  lastValueFrom(attempt$, { defaultValue: undefined }).then(
    () => expect.fail('was not refused'),
    (thrown: unknown) => thrown as GcAuthError,
  );

for (const [name, create] of [
  ['the fake', async () => fake()],
  ['the page’s own', async () => ownCodes()],
  ['a provider on this site', real(false)],
  ['a provider on another site', real(true)],
] as const) {
  describe(`a code port: ${name}`, () => {
    let harness: Harness;
    let port: CodePort;

    before(async function () {
      this.timeout(60_000);
      await testEnv();
    });
    beforeEach(async () => {
      harness = await create();
      ({ port } = harness);
      await harness.signOut();
    });
    afterEach(() => harness.end());

    /** Everything an attempt emits until it completes. */
    async function outcome(attempt$: Observable<Grant>): Promise<CodeGrant[]> {
      const all = firstValueFrom(attempt$.pipe(toArray()));
      harness.answer();
      return (await all) as CodeGrant[];
    }

    it('does nothing before someone subscribes', () => {
      port.silent();
      port.popup();
      port.prepare();
      port.warm();
      port.redirect({ windowOpen: false });
      port.returned();
      port.endSession();
      expect(harness.alive()).to.deep.equal({});
      expect(harness.left).to.deep.equal([]);
    });

    for (const rung of ['silent', 'popup'] as const) {
      it(`emits one grant and completes (${rung})`, async function () {
        if (rung === 'silent' && harness.frameSignedOut) this.skip();
        await harness.signIn();
        const grants = await outcome(port[rung]());
        expect(grants).to.have.lengthOf(1);
        expect(grants[0]!.authCode).to.be.a('string').that.is.not.equal('');
        expect(grants[0]!.redirectUri).to.equal(`${location.origin}/callback.html`);
        expect(Object.values(grants[0]!).filter((value) => value === undefined || value === '')).to.deep.equal([]);
        // The frame goes after the answer.
        await turns();
        expect(harness.alive()).to.deep.equal({});
      });

      it(`never gives the same code twice (${rung})`, async function () {
        if (rung === 'silent' && harness.frameSignedOut) this.skip();
        await harness.signIn();
        const attempt$ = port[rung]();
        const [first] = await outcome(attempt$);
        const [second] = await outcome(attempt$);
        expect(second!.authCode).not.to.equal(first!.authCode);
      });

      it(`undoes everything on unsubscribe (${rung})`, async () => {
        // The one request for the discovery document cannot be aborted; it ends by its own timeout.
        await lastValueFrom(port.prepare(), { defaultValue: undefined });
        for (const waited of [0, 1, 5]) {
          // On a fast machine the answer may be there before.
          const attempt = port[rung]().subscribe({ error: () => undefined });
          await turns(waited);
          attempt.unsubscribe();
          const { popups, ...alive } = harness.alive();
          expect(alive).to.deep.equal({});
          // Without an opener, a popup cannot be closed while it shows the provider.
          if (waited < 5) expect(popups).to.equal(undefined);
        }
      });
    }

    it('says that a person is needed, where nobody is signed in', async () => {
      const error = refused(port.silent());
      harness.answer();
      expect((await error).code).to.equal('login-required');
      expect((await error).hint.includes('inconclusive')).to.equal(name === 'a provider on another site');
      // The frame goes after the answer.
      await turns();
      expect(harness.alive()).to.deep.equal({});
    });

    it('warms up and completes, once, and a silent attempt works after it', async () => {
      expect(await firstValueFrom(port.warm().pipe(toArray()))).to.deep.equal([]);
      expect(await firstValueFrom(port.warm().pipe(toArray()))).to.deep.equal([]);
      expect(harness.alive()).to.deep.equal({});
      const error = refused(port.silent());
      harness.answer();
      expect((await error).code).to.equal('login-required');
    });

    it('says that a person is needed, where the browser keeps the cookies of who is signed in', async function () {
      if (!harness.frameSignedOut) this.skip();
      await harness.signIn();
      const error = await refused(port.silent());
      expect(error.code).to.equal('login-required');
      expect(await outcome(port.popup())).to.have.lengthOf(1);
    });

    it('says when the popup was closed by the person', async () => {
      const error = refused(port.popup());
      harness.closePopup();
      expect((await error).code).to.equal('popup-closed');
      expect(harness.alive()).to.deep.equal({});
    });

    it('prepares and completes, and a popup works after it', async () => {
      await harness.signIn();
      expect(await firstValueFrom(port.prepare().pipe(toArray()))).to.deep.equal([]);
      expect(await outcome(port.popup())).to.have.lengthOf(1);
    });

    it('leaves for the provider, and completes', async function () {
      if (name === 'the page’s own') this.skip();
      expect(await firstValueFrom(port.redirect({ windowOpen: true }).pipe(toArray()))).to.deep.equal([]);
      harness.answer();
      expect(harness.left).to.have.lengthOf(1);
      expect(harness.alive()).to.deep.equal({});
    });

    it('has nothing to tell where no redirect came back', async () => {
      expect(await firstValueFrom(port.returned().pipe(toArray()))).to.deep.equal([]);
    });

    it('leaves for the end of the session, and completes', async () => {
      const end = firstValueFrom(port.endSession().pipe(toArray()));
      harness.answer();
      expect(await end).to.deep.equal([]);
      expect(harness.left).to.have.lengthOf(1);
    });
  });
}

describe('a code port whose provider is down', () => {
  const win = windowWith({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
  const down = () => createCodePort(oidcConfig({ metadata: undefined }), win);

  it('refuses codes and sign-outs with discovery-failed', async () => {
    for (const attempt$ of [
      down().silent(),
      down().popup(),
      down().redirect({ windowOpen: false }),
      down().endSession(),
    ]) {
      expect((await refused(attempt$)).code).to.equal('discovery-failed');
    }
  });

  it('prepares in silence', async () => {
    expect(await firstValueFrom(down().prepare().pipe(toArray()))).to.deep.equal([]);
  });
});

describe('a code port whose provider', () => {
  const refusals: ReadonlyArray<readonly [string, Record<string, boolean>, string, string]> = [
    ['has no CORS headers', { discoveryWithoutCors: true }, 'discovery-failed', 'without CORS headers'],
    ['names another issuer', { wrongIss: true }, 'issuer-mismatch', 'issuer'],
    ['shows a page instead of answering', { htmlErrorPage: true }, 'silent-refused', 'showed a page'],
    ['wants an account to be chosen', { accountSelection: true }, 'login-required', 'must sign in'],
  ];
  for (const [what, switches, code, said] of refusals) {
    it(`${what} says so: ${code}`, async () => {
      const harness = await real(false)();
      const { providerOrigin } = await testEnv();
      await harness.signIn();
      await switchProvider(providerOrigin, switches);
      const error = await refused(harness.port.silent());
      await switchProvider(providerOrigin, Object.fromEntries(Object.keys(switches).map((name) => [name, false])));
      expect(error.code).to.equal(code);
      expect(error.message).to.contain(said);
      harness.end();
    });
  }
});

describe('a grant of a real provider', () => {
  it('carries what RFC 9207, PKCE and the nonce need, as the provider saw it', async () => {
    const harness = await real(false)();
    await harness.signIn();
    const grant = (await firstValueFrom(harness.port.silent())) as CodeGrant;
    const { providerOrigin } = await testEnv();
    expect(grant).to.have.all.keys('authCode', 'redirectUri', 'codeVerifier', 'nonce', 'iss');
    expect(grant.iss).to.equal(providerOrigin);
    harness.end();
  });
});
