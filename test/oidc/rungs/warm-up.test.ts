import { expect } from '@open-wc/testing';
import { firstValueFrom, lastValueFrom } from 'rxjs';
import type { OidcConfig } from '../../../src/core/config.js';
import { createCodePort } from '../../../src/oidc/code-port.js';
import type { CodePort } from '../../../src/session/ports.js';
import { nothing, watchLeaks } from '../../support/leaks.js';
import type { LeakWatch } from '../../support/leaks.js';
import { oidcConfig } from '../../support/oidc-config.js';
import { signInAtProvider, switchProvider, testEnv } from '../../support/provider.js';
import type { TestEnv } from '../../support/provider.js';
import { until } from '../../support/until.js';
import { VirtualTime } from '../../support/virtual-time.js';
import { documentWith, windowWith } from '../../support/window-with.js';

const redirectUri = `${location.origin}/callback.html`;
const completed = (port: CodePort) => lastValueFrom(port.warm(), { defaultValue: undefined });

describe('warming up', () => {
  let env: TestEnv;
  let leaks: LeakWatch;
  let visited: string[];
  let watch: MutationObserver;

  before(async function () {
    this.timeout(60_000);
    env = await testEnv();
  });
  beforeEach(() => {
    leaks = watchLeaks();
    visited = [];
    watch = new MutationObserver((records) => {
      const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
      visited.push(...added.filter((node) => node instanceof HTMLIFrameElement).map(({ src }) => src));
    });
    watch.observe(document.body, { childList: true });
  });
  afterEach(() => {
    watch.disconnect();
    expect({ ...leaks.alive(), timers: 0 }).to.deep.equal(nothing);
    leaks.end();
  });

  /** A port, and what it fetched. */
  function start(changes: Partial<OidcConfig> = {}, win: Parameters<typeof windowWith>[0] = {}) {
    const fetched: string[] = [];
    const fetch = (url: string, init?: RequestInit) => {
      fetched.push(url);
      return window.fetch(url, init);
    };
    const time = new VirtualTime();
    const config = oidcConfig({
      authority: env.providerOrigin,
      clientId: env.clientId,
      metadata: undefined,
      ...changes,
    });
    return { port: createCodePort(config, windowWith({ fetch, ...win }), { scheduler: time }), fetched, time };
  }

  const documentAt = (origin: string) => `${origin}/.well-known/openid-configuration`;

  for (const site of ['providerOrigin', 'crossSiteProviderOrigin'] as const) {
    it(`visits provider and callback page in frames that vanish (${site})`, async () => {
      const { port } = start({ authority: env[site] });
      await completed(port);
      expect(visited).to.have.members([documentAt(env[site]), redirectUri]);
      expect(leaks.alive()).to.deep.equal(nothing);
    });
  }

  it('leaves nothing to be fetched by the first attempt', async () => {
    await signInAtProvider(env.providerOrigin);
    const { port, fetched, time } = start();
    await completed(port);
    fetched.length = 0;
    await firstValueFrom(port.silent());
    expect(fetched).to.deep.equal([]);
    // The frame goes a task after the answer.
    time.advance(1);
  });

  it('happens once', async () => {
    const { port } = start();
    await completed(port);
    await completed(port);
    expect(visited).to.have.lengthOf(2);
  });

  it('does not happen before someone subscribes, nor on a hidden page, and can still happen later', async () => {
    let hidden = true;
    const doc = documentWith({
      get hidden() {
        return hidden;
      },
    });
    const { port, fetched } = start({}, { document: doc });
    port.warm();
    await completed(port);
    expect([visited, fetched]).to.deep.equal([[], []]);
    hidden = false;
    await completed(port);
    expect(visited).to.have.lengthOf(2);
  });

  for (const [what, page] of [
    ['the page itself', location.pathname],
    ['another page than the shipped one', '/test/fixtures/provider.html'],
    ['a page that is not there', '/test-env.json'],
  ] as const) {
    it(`loads no whole page: the redirect URI is ${what}`, async () => {
      const { port, fetched } = start({ redirectUri: location.origin + page });
      await completed(port);
      expect(visited).to.deep.equal([documentAt(env.providerOrigin)]);
      expect(fetched.includes(location.href)).to.equal(false);
    });
  }

  it('visits the origin that will be asked, where metadata comes from elsewhere', async () => {
    const metadata = { authorization_endpoint: `${env.crossSiteProviderOrigin}/auth` };
    await completed(start({ metadata, redirectUri: location.href }).port);
    expect(visited).to.deep.equal([documentAt(env.crossSiteProviderOrigin)]);
  });

  it('waits five seconds for a provider and no longer, and undoes everything when given up', async () => {
    const metadata = { authorization_endpoint: `${env.providerOrigin}/auth` };
    await switchProvider(env.providerOrigin, { latencyMs: 60_000 });
    const { port, time } = start({ metadata, redirectUri: location.href });
    let done = false;
    port.warm().subscribe({ complete: () => (done = true) });
    await until(() => visited.length === 1);
    expect(leaks.alive().frames).to.equal(1);
    time.advance(5_000);
    await until(() => done);
    expect(leaks.alive().frames).to.equal(0);

    const other = start({ metadata, redirectUri: location.href }).port.warm().subscribe();
    await until(() => visited.length === 2);
    other.unsubscribe();
    expect(leaks.alive().frames).to.equal(0);
    await switchProvider(env.providerOrigin, { latencyMs: 0 });
  });

  it('fails in silence', async () => {
    await completed(start({ metadata: { authorization_endpoint: 'javascript:alert(1)' } }).port);
    await completed(start({ authority: 'http://localhost:9' }).port);
    expect(visited).to.deep.equal([]);
  });
});
