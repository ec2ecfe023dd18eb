import { expect } from '@open-wc/testing';
import { configOf, t0 } from '../support/fixtures.js';
import { signedIn } from '../support/fixtures-signed-in.js';
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
  it('is no popup where only silent is allowed', () => {
    runRows(
      [
        [1000, inputs.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [1400, inputs.codeFailed('login-required'), 'signed-out', ['report login-required', 'refuse 1 login-required']],
      ],
      signedIn(new Rules(configOf({ signInModes: ['silent'] }))),
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

  it('does not exist after an error that no rung can fix', () => {
    for (const code of ['discovery-failed', 'issuer-mismatch', 'offline', 'config-invalid'] as const) {
      runRows(
        [
          ...atFirst,
          [1000, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
          [1100, inputs.codeFailed(code), `failed ${code}`, [`report ${code}`, `refuse 1 ${code}`]],
        ],
        new Rules(),
      );
    }
  });

  it('follows by itself when the provider can be reached again', () => {
    for (const code of ['discovery-failed', 'offline'] as const) {
      runRows(
        [
          ...atFirst,
          [1000, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
          [1100, inputs.codeFailed(code), `failed ${code}`, [`report ${code}`, `refuse 1 ${code}`]],
          [9000, inputs.wake, 'signing-in code silent', ['code silent']],
        ],
        new Rules(),
      );
    }
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
