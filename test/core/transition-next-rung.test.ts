import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import { snapshot } from '../../src/core/snapshot.js';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import { lifetime, signedIn } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, runRows, Rules } from '../support/harness-rules.js';
import type { Row } from '../support/harness-rules.js';

/** Nobody is signed in, and Messenger is about to call. */
const atFirst: readonly Row[] = [
  [0, inputs.start, 'loading script', ['connect']],
  [0, inputs.loaded, 'loading auth', ['ready']],
  [0, inputs.authReady(false), 'loading first-call', []],
];

describe('the next rung', () => {
  it('is no popup where only silent is allowed, so the session has ended, as its event tells', () => {
    const rules = runRows(
      [
        [1000, inputs.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [1100, inputs.reauthenticate(2), 'reauthenticating code silent', []],
        [
          1400,
          inputs.codeFailed('login-required'),
          'signed-out expired',
          ['report login-required', 'refuse 1 login-required', 'reject 2 login-required', 'signed-out expired'],
        ],
      ],
      signedIn(new Rules(configOf({ signInModes: ['silent'] }))),
    );
    expect(snapshot(rules.model)).to.include({ token: undefined, reason: 'login-required' });
    runRows(
      [
        [2000, inputs.tabMessage('signed-in'), 'renewing', ['Auth.refreshToken']],
        [2300, inputs.authenticated(jwt('j2', lifetime, t0 + 2000)), 'signed-in', ['token j2 refresh', 'signed-in']],
      ],
      rules,
    );
  });

  it('does not exist for a guest where only silent is allowed, and no event tells of an end', () => {
    runRows(
      [
        ...atFirst,
        [1000, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
        [1400, inputs.codeFailed('login-required'), 'signed-out', ['report login-required', 'refuse 1 login-required']],
      ],
      new Rules(configOf({ signInModes: ['silent'] })),
    );
  });

  it('signIn() is silent where only silent is allowed', () => {
    const rules = new Rules(configOf({ signInModes: ['silent'] }));
    runRows(
      [
        [0, inputs.start, 'loading script', ['connect']],
        [0, inputs.loadedForStepUp, 'loading auth', ['ready']],
        [0, inputs.authReady(false), 'loading first-call', []],
        [1000, inputs.tick, 'signed-out', []],
        [2000, inputs.signIn(1), 'signing-in code silent', ['code silent']],
        [
          2400,
          inputs.codeFailed('silent-refused'),
          'failed silent-refused',
          ['report silent-refused', 'reject 1 silent-refused'],
        ],
        [3000, inputs.retry, 'signing-in code silent', ['code silent']],
      ],
      rules,
    );
  });

  const faults: ReadonlyArray<readonly [what: string, error: GcAuthError, reported: boolean]> = [
    ['nothing at the redirect URI', new GcAuthError('config-invalid', { step: 'code' }), true],
    ['another issuer', new GcAuthError('issuer-mismatch'), true],
    ['storage that is blocked', new GcAuthError('storage-blocked'), true],
    ['an answer to another request', new GcAuthError('state-mismatch'), false],
    ['an error that nobody knows', new GcAuthError('provider-error', { retryable: false }), false],
    ['a code of another part', new GcAuthError('command-failed'), false],
    ['a refusal', new GcAuthError('silent-refused'), false],
  ];
  for (const [what, error, reported] of faults) {
    it(`is the popup after ${what} in a frame, and signIn() opens it`, () => {
      const report = reported ? [`report ${error.code}`] : [];
      runRows(
        [
          ...atFirst,
          [1000, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
          [1100, inputs.failedWith(error), `interaction-required ${error.code}`, [...report, 'prepare']],
          [5000, inputs.signIn(1), 'signing-in code popup', ['code popup']],
        ],
        new Rules(),
      );
    });
  }

  it('is the popup too after whatever a codeProvider throws', () => {
    for (const code of ['config-invalid', 'issuer-mismatch', 'domain-not-allowed'] as const) {
      const rules = new Rules(configOf({ codeProvider: true }));
      for (const input of [inputs.start, inputs.loaded, inputs.authReady(false), inputs.pluginCalled(1)]) {
        rules.send(input);
      }
      rules.send(inputs.failedWith(new GcAuthError(code, { step: 'config' })));
      expect(phaseOf(rules.model)).to.equal(`interaction-required ${code}`);
    }
  });

  it('does not exist where no request can be made, nor after a click that ended in the same fault', () => {
    const error = new GcAuthError('issuer-mismatch', { step: 'config' });
    runRows(
      [
        ...atFirst,
        [1000, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
        [
          1100,
          inputs.failedWith(error),
          'failed issuer-mismatch',
          ['report issuer-mismatch', 'refuse 1 issuer-mismatch'],
        ],
      ],
      new Rules(),
    );
    runRows(
      [
        ...atFirst,
        [1000, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
        [1100, inputs.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
        [2000, inputs.signIn(1), 'signing-in code popup', ['code popup']],
        [
          3000,
          inputs.codeFailed('issuer-mismatch'),
          'failed issuer-mismatch',
          ['report issuer-mismatch', 'refuse 1 issuer-mismatch', 'reject 1 issuer-mismatch'],
        ],
      ],
      new Rules(),
    );
  });

  const passing: ReadonlyArray<readonly [what: string, error: GcAuthError, stops: boolean]> = [
    ['discovery-failed', new GcAuthError('discovery-failed'), true],
    ['offline', new GcAuthError('offline', { step: 'code' }), true],
    ['server_error', new GcAuthError('provider-error', { cause: 'server_error' }), false],
    ['temporarily_unavailable', new GcAuthError('provider-error', { cause: 'temporarily_unavailable' }), false],
  ];
  for (const [what, error, stops] of passing) {
    const { code } = error;
    const twice: readonly Row[] = [
      ...atFirst,
      [1000, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [1100, inputs.failedWith(error), 'signing-in backoff', []],
      [1600, inputs.tick, 'signing-in code silent', ['code silent']],
    ];

    it(`${what} is followed by another silent attempt, and nobody is told`, () => {
      runRows([...twice, [1700, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']]], new Rules());
    });

    it(`${what} is tried twice more before ${stops ? 'the session stops, and later again' : 'the prompt'}`, () => {
      const end: readonly Row[] = stops
        ? [
            [2800, inputs.failedWith(error), `failed ${code}`, [`report ${code}`, `refuse 1 ${code}`]],
            [10_800, inputs.tick, 'signing-in code silent', ['code silent']],
            [10_900, inputs.codeReceived('c1'), 'signing-in code-ready', ['Auth.getTokens']],
          ]
        : [[2800, inputs.failedWith(error), `interaction-required ${code}`, ['prepare']]];
      runRows(
        [
          ...twice,
          [1700, inputs.failedWith(error), 'signing-in backoff', []],
          [2700, inputs.tick, 'signing-in code silent', ['code silent']],
          ...end,
        ],
        new Rules(),
      );
    });
  }

  it('an attempt that took long is not repeated before anything shows', () => {
    runRows(
      [
        ...atFirst,
        [1000, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
        [
          9000,
          inputs.codeFailed('discovery-failed'),
          'failed discovery-failed',
          ['report discovery-failed', 'refuse 1 discovery-failed'],
        ],
        [9500, inputs.wake, 'signing-in code silent', ['code silent']],
      ],
      new Rules(),
    );
  });

  it('a fault that no time mends is not repeated', () => {
    runRows(
      [
        ...atFirst,
        [1000, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
        [
          1100,
          inputs.failedWith(new GcAuthError('discovery-failed', { retryable: false })),
          'failed discovery-failed',
          ['report discovery-failed', 'refuse 1 discovery-failed'],
        ],
      ],
      new Rules(),
    );
  });

  it('while the prompt is shown, two probes follow an attempt that tells nothing of the person', () => {
    const rules = runRows(
      [
        ...atFirst,
        [1000, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
        [5300, inputs.codeFailed('silent-refused'), 'interaction-required silent-refused', ['prepare']],
        [11_000, inputs.tick, 'interaction-required probe silent-refused', ['code silent']],
        [15_300, inputs.codeFailed('silent-refused'), 'interaction-required silent-refused', []],
        [23_300, inputs.tick, 'interaction-required probe silent-refused', ['code silent']],
        [27_600, inputs.codeFailed('silent-refused'), 'interaction-required silent-refused', []],
      ],
      new Rules(),
    );
    expect(rules.due).to.equal(1000 + rules.config.popupTimeoutMs);
    const conclusive = runRows(
      [
        ...atFirst,
        [1000, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
        [5300, inputs.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
      ],
      new Rules(),
    );
    expect(conclusive.due).to.equal(1000 + rules.config.popupTimeoutMs);
  });

  it('is not needed after a network error while the JWT is valid', () => {
    for (const code of ['discovery-failed', 'offline'] as const) {
      runRows(
        [
          [1000, inputs.pluginCalled(1), 'reauthenticating code silent', ['code silent']],
          [1100, inputs.codeFailed(code), 'signed-in', [`report ${code}`, `refuse 1 ${code}`]],
        ],
        signedIn(),
      );
    }
  });

  it('a silent attempt without an answer times out', () => {
    runRows(
      [
        [1000, inputs.pluginCalled(1), 'reauthenticating code silent', ['code silent']],
        [11_000, inputs.tick, 'interaction-required silent-timeout', ['cancel', 'prepare']],
      ],
      signedIn(),
    );
  });

  it('a silent attempt in a hidden page, whose timers are slow, gets up to a minute more', () => {
    const rules = signedIn();
    rules.visible = false;
    const running = 'reauthenticating code silent';
    runRows([[1000, inputs.pluginCalled(1), running, ['code silent']]], rules);
    for (let at = 11_000; at < 71_000; at += 10_000) runRows([[at, inputs.tick, running, []]], rules);
    expect(rules.due).to.equal(71_000);
    runRows([[71_000, inputs.tick, 'interaction-required silent-timeout', ['cancel', 'prepare']]], rules);
  });

  it('a silent attempt in a hidden page that becomes visible ends at the deadline that it has then', () => {
    const rules = signedIn();
    rules.visible = false;
    runRows(
      [
        [1000, inputs.pluginCalled(1), 'reauthenticating code silent', ['code silent']],
        [11_000, inputs.tick, 'reauthenticating code silent', []],
      ],
      rules,
    );
    rules.visible = true;
    runRows([[21_000, inputs.tick, 'interaction-required silent-timeout', ['cancel', 'prepare']]], rules);
  });

  it('a popup gets no more time in a hidden page', () => {
    const rules = signedIn(new Rules(configOf({ signInModes: ['popup'] })));
    runRows([[1000, inputs.pluginCalled(1), 'interaction-required login-required', ['prepare']]], rules);
    runRows([[2000, inputs.signIn(2), 'reauthenticating code popup', ['code popup']]], rules);
    rules.visible = false;
    rules.now = t0 + 302_000;
    rules.send(inputs.tick);
    expect(phaseOf(rules.model)).to.equal('interaction-required popup-timeout');
  });

  it('the answer of an attempt that timed out is ignored', () => {
    const rules = signedIn();
    rules.now = t0 + 1000;
    rules.send(inputs.pluginCalled(1));
    const late = rules.codeOperationId;
    rules.now = t0 + 11_000;
    rules.send(inputs.tick);
    for (const input of [inputs.codeReceived('late'), inputs.codeFailed('login-required')]) {
      expect(rules.send(input)).to.eql([]);
      expect(rules.codeOperationId).to.equal(late);
    }
    expect(phaseOf(rules.model)).to.equal('interaction-required silent-timeout');
  });
});
