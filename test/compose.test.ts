import { expect } from '@open-wc/testing';
import { compose, configure, diagnose, whenToStart } from '../src/compose.js';
import { GcAuthError } from '../src/core/errors.js';
import { Session } from '../src/session/session.js';
import { deploymentId } from './support/fixtures.js';
import { turns } from './support/turns.js';
import { windowWith } from './support/window-with.js';

const raw = {
  deploymentId,
  environment: 'prod-euw1',
  authority: 'https://login.example.com',
  clientId: 'messenger-web',
  metadata: { authorization_endpoint: 'https://login.example.com/authorize' },
};

describe('compose', () => {
  it('reads the configuration relative to the page', () => {
    expect(configure(raw, window).oidc.redirectUri).to.equal(location.href.replace(/[?#].*$/, ''));
    expect(() => configure({ ...raw, authority: '' }, window)).to.throw(GcAuthError);
  });

  it('has no redirect in a frame, unless it is all that is allowed', () => {
    const modesIn = (win: Window, signInModes: string) =>
      compose(configure({ ...raw, signInModes }, window), win).options.config.signInModes;
    const framed = windowWith({ top: {} });
    expect(modesIn(window, 'silent popup redirect')).to.eql(['silent', 'popup', 'redirect']);
    expect(modesIn(framed, 'silent popup redirect')).to.eql(['silent', 'popup']);
    expect(modesIn(framed, 'silent redirect')).to.eql(['silent', 'redirect']);
  });

  it('changes nothing on the page before the session starts', () => {
    const before = document.documentElement.outerHTML;
    const session = compose(configure(raw, window), window);
    expect(session).to.be.instanceOf(Session);
    expect(session.snapshot.state).to.equal('loading');
    expect(session.options.scheduler.now()).to.be.closeTo(Date.now(), 1_000);
    expect(document.documentElement.outerHTML).to.equal(before);
  });
});

describe('whenToStart', () => {
  const idle = windowWith({ requestIdleCallback: (callback: () => void) => callback(), cancelIdleCallback: () => {} });

  const eager = { loading: 'eager', attributesArrive: false } as const;

  for (const [loading, calls] of [
    ['eager', 1],
    ['idle', 1],
    ['interaction', 0],
  ] as const) {
    it(`${loading}: ${calls ? 'calls back by itself' : 'does not call back'}`, async () => {
      let called = 0;
      whenToStart({ loading, attributesArrive: false }, idle, () => called++);
      await turns();
      expect(called).to.equal(calls);
    });
  }

  it('eager: in a task of its own, unless it is cancelled before', async () => {
    let called = 0;
    whenToStart(eager, idle, () => called++);
    whenToStart(eager, idle, () => called++)();
    await Promise.resolve();
    expect(called).to.equal(0);
    await turns();
    expect(called).to.equal(1);
  });

  it('eager: a moment after the last attribute, when attributes arrive one after the other', () => {
    const timers = new Map<number, () => void>();
    const win = windowWith({
      setTimeout: (callback: () => void) => timers.set(timers.size + 1, callback).size,
      clearTimeout: (handle: number) => void timers.delete(handle),
    });
    let called = '';
    whenToStart({ loading: 'eager', attributesArrive: true }, win, () => (called += 'first'))();
    whenToStart({ loading: 'eager', attributesArrive: true }, win, () => (called += 'second'));
    for (const callback of timers.values()) callback();
    expect(called).to.equal('second');
  });

  it('idle: does not call back on a busy page', () => {
    const busy = windowWith({ requestIdleCallback: () => 1, cancelIdleCallback: () => {} });
    let called = 0;
    whenToStart({ loading: 'idle', attributesArrive: false }, busy, () => called++)();
    expect(called).to.equal(0);
  });
});

describe('diagnose', () => {
  const answering = (answers: (url: string) => Response) =>
    windowWith({ fetch: async (url: RequestInfo | URL) => answers(url instanceof Request ? url.url : url.toString()) });

  it('names what is missing in the configuration, and checks no further', async () => {
    const { ok, checks } = await diagnose(
      { ...raw, clientId: undefined },
      answering(() => Response.error()),
    );
    expect(ok).to.equal(false);
    expect(checks.map(({ name }) => name)).to.eql(['configuration', 'secure context', 'storage', 'network']);
    expect(checks[0]).to.include({ ok: false, found: 'Attribute client-id: found nothing, wanted a value.' });
  });

  it('finds no fault in a complete set-up', async () => {
    const win = answering((url) => {
      if (url.endsWith('domains.json')) return Response.json({ allowAllDomains: true, allowedDomains: [] });
      if (url.endsWith('config.json')) return Response.json({ status: 'Active', auth: { enabled: true } });
      return new Response('<script src="callback.js"></script>');
    });
    const { ok, checks } = await diagnose(raw, win);
    expect(checks.filter((check) => check.ok === false)).to.eql([]);
    expect(ok).to.equal(true);
    expect(checks.map(({ name }) => name)).to.eql([
      'configuration',
      'secure context',
      'storage',
      'network',
      'scope',
      'discovery document',
      'callback page',
      'Messenger deployment',
    ]);
  });

  it('gives a hint for each fault', async () => {
    const win = answering((url) =>
      url.endsWith('domains.json')
        ? Response.json({ allowAllDomains: false, allowedDomains: ['other.example'] })
        : new Response('', { status: 404 }),
    );
    const { ok, checks } = await diagnose({ ...raw, redirectUri: '/callback.html', metadata: undefined }, win);
    expect(ok).to.equal(false);
    const faults = checks.filter((check) => check.ok === false);
    expect(faults.map(({ name }) => name)).to.include.members(['callback page', 'Messenger deployment']);
    for (const { hint } of faults) expect(hint).to.match(/\w/);
  });

  it('recommends the scopes that agents and Genesys can use, each with its reason', async () => {
    const win = answering(() => Response.json({ status: 'Active', auth: { enabled: true } }));
    const scopeCheck = async (scope?: string) =>
      (await diagnose({ ...raw, scope }, win)).checks.find(({ name }) => name === 'scope');
    const bare = await scopeCheck();
    expect([bare?.ok, bare?.found]).to.eql([true, 'openid']);
    expect(bare?.hint).to.contain('scope="openid profile email offline_access"');
    expect(bare?.hint).to.match(/profile: agents.*email: agents.*offline_access: Genesys/);
    expect((await scopeCheck('openid profile email'))?.hint)
      .to.match(/offline_access: /)
      .and.not.match(/email: /);
    expect(await scopeCheck('openid profile email offline_access')).not.to.have.property('hint');
  });

  it('does not check provider and callback page of a codeProvider', async () => {
    const requested: string[] = [];
    const win = answering((url) => {
      requested.push(url);
      return Response.json({ allowAllDomains: true, status: 'Active', auth: { enabled: true } });
    });
    const { deploymentId, environment } = raw;
    const { ok, checks } = await diagnose({ deploymentId, environment, codeProvider: () => undefined }, win);
    expect(ok).to.equal(true);
    expect(checks.map(({ name, ok }) => [name, ok]).slice(-2)).to.eql([
      ['provider', undefined],
      ['Messenger deployment', true],
    ]);
    expect(requested.filter((url) => !url.includes('/webdeployments/'))).to.eql([]);
  });

  it('never rejects, also when the network fails', async () => {
    const broken = windowWith({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
    const { ok } = await diagnose({ ...raw, redirectUri: '/callback.html' }, broken);
    expect(ok).to.equal(false);
  });
});
