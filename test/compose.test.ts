import { expect } from '@open-wc/testing';
import { compose, configure, whenToStart } from '../src/compose.js';
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
