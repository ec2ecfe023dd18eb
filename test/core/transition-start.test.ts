import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import { publicState } from '../../src/core/model.js';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import * as say from '../support/harness-rules.js';
import { Rules, tell } from '../support/harness-rules.js';
import type { Row } from '../support/harness-rules.js';

const minute = 60_000;
const first = jwt('j1', 15 * minute);
const stored = jwt('old', 15 * minute, t0 - 5 * minute);
const expired = jwt('dead', 15 * minute, t0 - 60 * minute);

const script: Row = [0, say.start, 'loading script', ['connect']];
const plugin: Row = [400, say.loaded, 'loading auth', ['ready']];
const nobody: Row = [500, say.authReady(false), 'loading first-call', []];
const somebody: Row = [500, say.authReady(true), 'loading stored-jwt', []];

describe('the rules at load', () => {
  it('J1: a first visit of someone who is signed in at the provider calls nobody anything', () => {
    tell([
      script,
      plugin,
      nobody,
      [600, say.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [900, say.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
      [910, say.authenticating, 'signing-in exchange', []],
      [1200, say.authenticated(first), 'signed-in', ['token j1 sign-in', 'signed-in']],
    ]);
  });

  it('J2: a first visit of someone who is not shows one prompt, and a click does the rest', () => {
    tell([
      script,
      plugin,
      nobody,
      [600, say.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [900, say.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
      [60_000, say.signIn(7), 'signing-in code popup', ['code popup']],
      [90_000, say.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
      [90_010, say.authenticating, 'signing-in exchange', []],
      [90_400, say.authenticated(first), 'signed-in', ['token j1 sign-in', 'signed-in', 'resolve 7 j1']],
    ]);
  });

  it('asks for the first code when Messenger waits to be opened', () => {
    tell([
      script,
      plugin,
      nobody,
      [1500, say.tick, 'signing-in awaiting-call', ['Auth.getTokens']],
      [1600, say.pluginCalled(1), 'signing-in code silent', ['code silent']],
    ]);
  });

  it('leaves an anonymous conversation alone where it can be stepped up', () => {
    tell([
      script,
      [400, say.loadedForStepUp, 'loading auth', ['ready']],
      nobody,
      [1500, say.tick, 'signed-out', []],
      [9000, say.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
      [9400, say.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1', 'publish signedIn']],
    ]);
  });

  it('tells a step-up that failed', () => {
    tell([
      script,
      [400, say.loadedForStepUp, 'loading auth', ['ready']],
      nobody,
      [1500, say.tick, 'signed-out', []],
      [9000, say.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
      [9400, say.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
      [12_000, say.dismiss, 'signed-out', ['publish signInFailed', 'refuse 1 login-required']],
    ]);
  });

  it('answers a call that comes before Auth.ready', () => {
    tell([script, plugin, [450, say.pluginCalled(1), 'signing-in code silent', ['code silent']]]);
  });

  it('goes on at once with a stored JWT that is alive', () => {
    tell([
      script,
      plugin,
      somebody,
      [520, say.authenticated(stored), 'signed-in', ['token old restored', 'signed-in']],
    ]);
  });

  it('J5: a reload after the JWT expired refreshes, and goes to no provider', () => {
    tell([
      script,
      plugin,
      somebody,
      [520, say.authenticated(expired), 'renewing', ['Auth.refreshToken']],
      [900, say.authenticated(first), 'signed-in', ['token j1 refresh', 'signed-in']],
      [901, say.resolved, 'signed-in', []],
    ]);
  });

  it('J5: refreshes a JWT that Messenger keeps to itself', () => {
    tell([
      script,
      plugin,
      somebody,
      [800, say.tick, 'renewing', ['Auth.refreshToken']],
      [1200, say.authenticated(first), 'signed-in', ['token j1 refresh', 'signed-in']],
    ]);
  });

  for (const [name, reported] of [
    ['has expired', [520, say.authenticated(expired), 'renewing', ['Auth.refreshToken']]],
    ['is kept by Messenger', [800, say.tick, 'renewing', ['Auth.refreshToken']]],
  ] as ReadonlyArray<readonly [string, Row]>) {
    it(`J5: nobody is signed in before Genesys confirmed, when the JWT ${name} and the network fails`, () => {
      const rules = tell([script, plugin, somebody, reported]);
      rules.now = t0 + 1000;
      const done = rules.send(say.rejected({ message: 'Network Error' })).map(say.wordsOf);
      expect(done).to.not.include('signed-in');
      expect(publicState(rules.model)).to.not.equal('signed-in');
      expect(rules.due).to.be.below(Infinity);
    });
  }

  it('leaves a stored JWT to Messenger with renew="off"', () => {
    const rules = tell(
      [script, plugin, somebody, [520, say.authenticated(expired), 'signed-in', ['token dead restored', 'signed-in']]],
      new Rules(configOf({ renew: 'off' })),
    );
    expect(rules.due).to.equal(Infinity);
  });

  it('does not refresh a JWT that Messenger keeps to itself with renew="off"', () => {
    const rules = tell([script, plugin, somebody], new Rules(configOf({ renew: 'off' })));
    rules.now = t0 + 800;
    expect(rules.send(say.tick).map(say.wordsOf)).to.not.include('Auth.refreshToken');
  });

  it('settles a refresh that was called too early with renew="off"', () => {
    const rules = tell(
      [script, [100, say.refresh(1), 'loading script', []], plugin, somebody],
      new Rules(configOf({ renew: 'off' })),
    );
    rules.now = t0 + 800;
    const done = rules.send(say.tick).map(say.wordsOf);
    expect(done.includes('Auth.refreshToken') || rules.model.callers.length === 0).to.equal(true);
  });

  it('fails with what kept Messenger away', () => {
    tell([
      script,
      [
        900,
        say.startFailed(new GcAuthError('domain-not-allowed')),
        'failed domain-not-allowed',
        ['report domain-not-allowed'],
      ],
      [950, say.signIn(1), 'failed domain-not-allowed', ['reject 1 domain-not-allowed']],
      [960, say.retry, 'failed domain-not-allowed', []],
      [970, say.tick, 'failed domain-not-allowed', []],
    ]);
  });

  it('fetches no code for a Messenger that cannot be had', () => {
    tell([
      script,
      [
        900,
        say.startFailed(new GcAuthError('domain-not-allowed')),
        'failed domain-not-allowed',
        ['report domain-not-allowed'],
      ],
      [950, say.reauthenticate(1), 'failed domain-not-allowed', ['reject 1 domain-not-allowed']],
      [960, say.refresh(2), 'failed domain-not-allowed', ['reject 2 domain-not-allowed']],
    ]);
  });

  it('fails when Auth does not become ready', () => {
    tell([
      script,
      plugin,
      [500, say.refresh(3), 'loading auth', []],
      [10_400, say.tick, 'failed script-timeout', ['report script-timeout', 'reject 3 script-timeout']],
    ]);
  });

  it('begins anew when a retry may help', () => {
    tell([
      script,
      [900, say.startFailed(new GcAuthError('script-blocked')), 'failed script-blocked', ['report script-blocked']],
      [5000, say.retry, 'loading script', ['connect']],
      [5400, say.loaded, 'loading auth', ['ready']],
    ]);
  });

  it('begins anew for a sign-in after a failed load', () => {
    tell([
      script,
      [900, say.startFailed(new GcAuthError('script-blocked')), 'failed script-blocked', ['report script-blocked']],
      [5000, say.signIn(1), 'loading script', ['connect']],
    ]);
  });

  it('begins anew by itself when the network is back', () => {
    const offline = new GcAuthError('offline', { step: 'load' });
    tell([
      script,
      [900, say.startFailed(offline), 'failed offline', ['report offline']],
      [5000, say.wake, 'loading script', ['connect']],
    ]);
  });

  it('settles a sign-in that began a failed load anew, when it comes to need a click', () => {
    tell([
      script,
      [900, say.startFailed(new GcAuthError('script-blocked')), 'failed script-blocked', ['report script-blocked']],
      [5000, say.signIn(1), 'loading script', ['connect']],
      [5400, say.loaded, 'loading auth', ['ready']],
      [5500, say.authReady(false), 'loading first-call', []],
      [5600, say.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [
        5900,
        say.codeFailed('login-required'),
        'interaction-required login-required',
        ['prepare', 'reject 1 login-required'],
      ],
    ]);
  });

  it('keeps a refresh that was called too early, and settles it with the first JWT', () => {
    tell([
      script,
      [100, say.refresh(1), 'loading script', []],
      plugin,
      somebody,
      [520, say.authenticated(stored), 'signed-in', ['token old restored', 'signed-in', 'resolve 1 old']],
    ]);
  });

  for (const call of [say.refresh, say.reauthenticate]) {
    it(`settles a ${call(1).type} that was called too early when nobody is signed in`, () => {
      tell([
        script,
        [100, call(1), 'loading script', []],
        [400, say.loadedForStepUp, 'loading auth', ['ready']],
        nobody,
        [1500, say.tick, 'signed-out', ['reject 1 login-required']],
      ]);
    });
  }

  it('opens the popup for a sign-in that comes before Messenger', () => {
    tell([
      script,
      [100, say.signIn(1), 'signing-in code popup', ['code popup']],
      [400, say.loaded, 'signing-in code popup', ['ready']],
      [500, say.authReady(false), 'signing-in code popup', []],
      [9000, say.codeReceived('c1'), 'signing-in code-ready', ['Auth.getTokens']],
      [9100, say.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']],
      [9500, say.authenticated(first), 'signed-in', ['token j1 sign-in', 'signed-in', 'resolve 1 j1']],
    ]);
  });

  it('notes a sign-out elsewhere while it loads', () => {
    tell([script, plugin, [450, say.loggedOut, 'loading auth', []]]);
  });

  it('hears other events without a word', () => {
    tell([script, [10, { type: 'event', name: 'Launcher.ready', data: {} }, 'loading script', []]]);
  });
});
