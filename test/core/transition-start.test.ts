import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import { publicState } from '../../src/core/model.js';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { Rules, runRows, textOf } from '../support/harness-rules.js';
import type { Row } from '../support/harness-rules.js';

const minute = 60_000;
const first = jwt('j1', 15 * minute);
const stored = jwt('old', 15 * minute, t0 - 5 * minute);
const expired = jwt('expired', 15 * minute, t0 - 60 * minute);

const script: Row = [0, inputs.start, 'loading script', ['connect']];
const plugin: Row = [400, inputs.loaded, 'loading auth', ['ready']];
const withoutStoredJwt: Row = [500, inputs.authReady(false), 'loading first-call', []];
const withStoredJwt: Row = [500, inputs.authReady(true), 'loading stored-jwt', []];

describe('the start', () => {
  it('J1: signs in silently at the first visit of a person who is signed in at the provider', () => {
    runRows([
      script,
      plugin,
      withoutStoredJwt,
      [600, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [900, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
      [910, inputs.authenticating, 'signing-in exchange', []],
      [1200, inputs.authenticated(first), 'signed-in', ['token j1 sign-in', 'signed-in']],
    ]);
  });

  it('J2: shows one prompt at the first visit of a person who is not, and a click signs in', () => {
    runRows([
      script,
      plugin,
      withoutStoredJwt,
      [600, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [900, inputs.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
      [60_000, inputs.signIn(7), 'signing-in code popup', ['code popup']],
      [90_000, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
      [90_010, inputs.authenticating, 'signing-in exchange', []],
      [90_400, inputs.authenticated(first), 'signed-in', ['token j1 sign-in', 'signed-in', 'resolve 7 j1']],
    ]);
  });

  it('asks Messenger to call when it waits to be opened', () => {
    runRows([
      script,
      plugin,
      withoutStoredJwt,
      [1500, inputs.tick, 'signing-in awaiting-call', ['Auth.getTokens']],
      [1600, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
    ]);
  });

  it('lets a conversation stay anonymous where it can be stepped up', () => {
    runRows([
      script,
      [400, inputs.loadedForStepUp, 'loading auth', ['ready']],
      withoutStoredJwt,
      [1500, inputs.tick, 'signed-out', []],
      [9000, inputs.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
      [9400, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
    ]);
  });

  it('publishes signInFailed when a step-up is cancelled', () => {
    runRows([
      script,
      [400, inputs.loadedForStepUp, 'loading auth', ['ready']],
      withoutStoredJwt,
      [1500, inputs.tick, 'signed-out', []],
      [9000, inputs.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
      [9400, inputs.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
      [12_000, inputs.dismiss, 'signed-out', ['publish signInFailed', 'refuse 1 login-required']],
    ]);
  });

  it('gets a code for a call that arrives before Auth.ready', () => {
    runRows([script, plugin, [450, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']]]);
  });

  it('accepts a valid stored JWT', () => {
    runRows([
      script,
      plugin,
      withStoredJwt,
      [520, inputs.authenticated(stored), 'signed-in', ['token old restored', 'signed-in']],
    ]);
  });

  it('J5: refreshes an expired stored JWT without a request to the provider', () => {
    runRows([
      script,
      plugin,
      withStoredJwt,
      [520, inputs.authenticated(expired), 'renewing', ['Auth.refreshToken']],
      [900, inputs.authenticated(first), 'signed-in', ['token j1 refresh', 'signed-in']],
      [901, inputs.commandResolved, 'signed-in', []],
    ]);
  });

  it('J5: refreshes when Messenger does not report its stored JWT', () => {
    runRows([
      script,
      plugin,
      withStoredJwt,
      [800, inputs.tick, 'renewing', ['Auth.refreshToken']],
      [1200, inputs.authenticated(first), 'signed-in', ['token j1 refresh', 'signed-in']],
    ]);
  });

  for (const [name, reported] of [
    ['has expired', [520, inputs.authenticated(expired), 'renewing', ['Auth.refreshToken']]],
    ['is not reported', [800, inputs.tick, 'renewing', ['Auth.refreshToken']]],
  ] as ReadonlyArray<readonly [string, Row]>) {
    it(`J5: does not sign in when the stored JWT ${name} and the network fails`, () => {
      const rules = runRows([script, plugin, withStoredJwt, reported]);
      rules.now = t0 + 1000;
      const done = rules.send(inputs.commandRejected({ message: 'Network Error' })).map(textOf);
      expect(done).to.not.include('signed-in');
      expect(publicState(rules.model)).to.not.equal('signed-in');
      expect(rules.due).to.be.below(Infinity);
    });
  }

  it('accepts an expired stored JWT with renew="off"', () => {
    const rules = runRows(
      [
        script,
        plugin,
        withStoredJwt,
        [520, inputs.authenticated(expired), 'signed-in', ['token expired restored', 'signed-in']],
      ],
      new Rules(configOf({ renew: 'off' })),
    );
    expect(rules.due).to.equal(Infinity);
  });

  it('does not refresh a stored JWT that is not reported with renew="off"', () => {
    const rules = runRows([script, plugin, withStoredJwt], new Rules(configOf({ renew: 'off' })));
    rules.now = t0 + 800;
    expect(rules.send(inputs.tick).map(textOf)).to.not.include('Auth.refreshToken');
  });

  it('settles refresh() with renew="off" if it was called during loading', () => {
    const rules = runRows(
      [script, [100, inputs.refresh(1), 'loading script', []], plugin, withStoredJwt],
      new Rules(configOf({ renew: 'off' })),
    );
    rules.now = t0 + 800;
    const done = rules.send(inputs.tick).map(textOf);
    expect(done.includes('Auth.refreshToken') || rules.model.callers.length === 0).to.equal(true);
  });

  it('fails with the error that kept Messenger from loading', () => {
    runRows([
      script,
      [
        900,
        inputs.startFailed(new GcAuthError('domain-not-allowed')),
        'failed domain-not-allowed',
        ['report domain-not-allowed'],
      ],
      [950, inputs.signIn(1), 'failed domain-not-allowed', ['reject 1 domain-not-allowed']],
      [960, inputs.retry, 'failed domain-not-allowed', []],
      [970, inputs.tick, 'failed domain-not-allowed', []],
    ]);
  });

  it('gets no code when Messenger cannot be loaded', () => {
    runRows([
      script,
      [
        900,
        inputs.startFailed(new GcAuthError('domain-not-allowed')),
        'failed domain-not-allowed',
        ['report domain-not-allowed'],
      ],
      [950, inputs.reauthenticate(1), 'failed domain-not-allowed', ['reject 1 domain-not-allowed']],
      [960, inputs.refresh(2), 'failed domain-not-allowed', ['reject 2 domain-not-allowed']],
    ]);
  });

  it('fails when the Auth plugin does not become ready', () => {
    runRows([
      script,
      plugin,
      [500, inputs.refresh(3), 'loading auth', []],
      [10_400, inputs.tick, 'failed script-timeout', ['report script-timeout', 'reject 3 script-timeout']],
    ]);
  });

  it('loads Messenger again after a retry', () => {
    runRows([
      script,
      [900, inputs.startFailed(new GcAuthError('script-blocked')), 'failed script-blocked', ['report script-blocked']],
      [5000, inputs.retry, 'loading script', ['connect']],
      [5400, inputs.loaded, 'loading auth', ['ready']],
    ]);
  });

  it('loads Messenger again after signIn()', () => {
    runRows([
      script,
      [900, inputs.startFailed(new GcAuthError('script-blocked')), 'failed script-blocked', ['report script-blocked']],
      [5000, inputs.signIn(1), 'loading script', ['connect']],
    ]);
  });

  it('loads Messenger again when the network is back', () => {
    const offline = new GcAuthError('offline', { step: 'load' });
    runRows([
      script,
      [900, inputs.startFailed(offline), 'failed offline', ['report offline']],
      [5000, inputs.wake, 'loading script', ['connect']],
    ]);
  });

  it('rejects the signIn() that loaded Messenger again when it needs another click', () => {
    runRows([
      script,
      [900, inputs.startFailed(new GcAuthError('script-blocked')), 'failed script-blocked', ['report script-blocked']],
      [5000, inputs.signIn(1), 'loading script', ['connect']],
      [5400, inputs.loaded, 'loading auth', ['ready']],
      [5500, inputs.authReady(false), 'loading first-call', []],
      [5600, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [
        5900,
        inputs.codeFailed('login-required'),
        'interaction-required login-required',
        ['prepare', 'reject 1 login-required'],
      ],
    ]);
  });

  it('resolves refresh() with the first JWT if it was called during loading', () => {
    runRows([
      script,
      [100, inputs.refresh(1), 'loading script', []],
      plugin,
      withStoredJwt,
      [520, inputs.authenticated(stored), 'signed-in', ['token old restored', 'signed-in', 'resolve 1 old']],
    ]);
  });

  for (const call of [inputs.refresh, inputs.reauthenticate]) {
    it(`rejects ${call(1).type}() if it was called during loading and nobody is signed in`, () => {
      runRows([
        script,
        [100, call(1), 'loading script', []],
        [400, inputs.loadedForStepUp, 'loading auth', ['ready']],
        withoutStoredJwt,
        [1500, inputs.tick, 'signed-out', ['reject 1 login-required']],
      ]);
    });
  }

  it('opens the popup for signIn() during loading', () => {
    runRows([
      script,
      [100, inputs.signIn(1), 'signing-in code popup', ['code popup']],
      [400, inputs.loaded, 'signing-in code popup', ['ready']],
      [500, inputs.authReady(false), 'signing-in code popup', []],
      [9000, inputs.codeReceived('c1'), 'signing-in code-ready', ['Auth.getTokens']],
      [9100, inputs.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']],
      [9500, inputs.authenticated(first), 'signed-in', ['token j1 sign-in', 'signed-in', 'resolve 1 j1']],
    ]);
  });

  describe('a code that is there before Messenger', () => {
    const early: readonly Row[] = [
      script,
      [100, inputs.signIn(1), 'signing-in code popup', ['code popup']],
      [1000, inputs.codeReceived('c1'), 'signing-in code-ready', []],
    ];

    it('waits until Messenger can be asked to call for it', () => {
      const rules = runRows([
        ...early,
        [8000, inputs.tick, 'signing-in code-ready', []],
        [9000, inputs.loaded, 'signing-in code-ready', ['ready']],
        [9100, inputs.authReady(false), 'signing-in code-ready', ['Auth.getTokens']],
      ]);
      expect(rules.due).to.equal(14_100);
      runRows(
        [
          [14_000, inputs.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']],
          [14_400, inputs.authenticated(first), 'signed-in', ['token j1 sign-in', 'signed-in', 'resolve 1 j1']],
        ],
        rules,
      );
    });

    it('is given to a call that comes before Auth.ready', () => {
      runRows([...early, [2000, inputs.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']]]);
    });

    it('fails if a Messenger that is there does not call for it', () => {
      runRows([
        ...early,
        [9000, inputs.loaded, 'signing-in code-ready', ['ready']],
        [9100, inputs.authReady(false), 'signing-in code-ready', ['Auth.getTokens']],
        [
          14_100,
          inputs.tick,
          'failed reauthenticate-ignored',
          ['report reauthenticate-ignored', 'reject 1 reauthenticate-ignored'],
        ],
      ]);
    });

    it('is dropped when it is too old, and signIn() waits for another one', () => {
      runRows([
        ...early,
        [31_000, inputs.tick, 'loading script', []],
        [40_000, inputs.loaded, 'loading auth', ['ready']],
        [40_100, inputs.authReady(false), 'loading first-call', []],
        [41_100, inputs.tick, 'signing-in awaiting-call', ['Auth.getTokens']],
        [41_200, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
        [41_500, inputs.codeReceived('c2'), 'signing-in exchange', ['answer 1 c2']],
        [41_900, inputs.authenticated(first), 'signed-in', ['token j1 sign-in', 'signed-in', 'resolve 1 j1']],
      ]);
    });

    it('is dropped when it is too old, and the wait for Auth.ready ends if the script has loaded', () => {
      runRows([
        ...early,
        [9000, inputs.loaded, 'signing-in code-ready', ['ready']],
        [31_000, inputs.tick, 'loading auth', []],
        [41_000, inputs.tick, 'failed script-timeout', ['report script-timeout', 'reject 1 script-timeout']],
      ]);
    });
  });

  describe('a public method that is called while the script is held back', () => {
    for (const [method, call] of [
      ['refresh()', inputs.refresh(1)],
      ['reauthenticate()', inputs.reauthenticate(1)],
      ['stepUp()', inputs.stepUp(1)],
    ] as const) {
      it(`rejects after 10 s: ${method}; the session goes on waiting`, () => {
        const rules = runRows([
          script,
          [1000, call, 'loading script', []],
          [11_000, inputs.tick, 'loading script', ['reject 1 script-timeout']],
        ]);
        expect(rules.due).to.equal(Infinity);
        runRows([[60_000, inputs.loaded, 'loading auth', ['ready']]], rules);
      });
    }

    it('has 10 s also when it came before the start, or after another one', () => {
      runRows([
        [0, inputs.refresh(1), 'loading script', []],
        [500, inputs.start, 'loading script', ['connect']],
        [5000, inputs.refresh(2), 'loading script', []],
        [10_000, inputs.tick, 'loading script', ['reject 1 script-timeout', 'reject 2 script-timeout']],
        [20_000, inputs.refresh(3), 'loading script', []],
        [30_000, inputs.tick, 'loading script', ['reject 3 script-timeout']],
      ]);
    });

    it('does not end a session whose script loads in time', () => {
      const rules = runRows([
        script,
        [1000, inputs.refresh(1), 'loading script', []],
        [9000, inputs.loaded, 'loading auth', ['ready']],
      ]);
      expect(rules.due).to.equal(19_000);
    });

    it('rejects for signOut(), which is completed when the script runs after all', () => {
      const rules = runRows([
        script,
        [1000, inputs.signOut(1), 'loading script', ['share signed-out']],
        [11_000, inputs.tick, 'loading script', ['hide messenger', 'reject 1 logout-failed']],
      ]);
      expect(rules.record.signOut).to.eql({ at: t0 + 1000, pending: true });
      runRows(
        [
          [60_000, inputs.loaded, 'loading auth', ['ready']],
          [60_100, inputs.authReady(true), 'loading stored-jwt', []],
          [60_100, inputs.authenticated(stored), 'signing-out logout', ['Auth.logout']],
          [60_500, inputs.commandResolved, 'signed-out user', ['share signed-out', 'show messenger']],
        ],
        rules,
      );
      expect(rules.record.signOut).to.eql({ at: t0 + 1000 });
    });

    it('still ends the session at the provider for signOut({ provider: true })', () => {
      runRows([
        script,
        [1000, inputs.signOut(1, true), 'loading script', []],
        [11_000, inputs.tick, 'loading script', ['end-session 1']],
      ]);
    });
  });

  it('ignores Auth.loggedOut during loading', () => {
    runRows([script, plugin, [450, inputs.loggedOut, 'loading auth', []]]);
  });

  it('ignores other Messenger events', () => {
    runRows([script, [10, { type: 'event', name: 'Launcher.ready', data: {} }, 'loading script', []]]);
  });
});
