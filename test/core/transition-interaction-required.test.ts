import { expect } from '@open-wc/testing';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import { minute, lifetime, due, firstJwt, secondJwt, signedIn, refreshRefused } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, runRows, textOf, textsOf, Rules } from '../support/harness-rules.js';

describe('interaction-required', () => {
  const waiting = (rules = signedIn()): Rules =>
    runRows(
      [
        ...refreshRefused,
        [due + 200, inputs.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [due + 600, inputs.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
      ],
      rules,
    );
  const at = due + 600;

  it('starts a probe when the page becomes visible, because the person may have signed in elsewhere', () => {
    runRows(
      [
        [at + 20_000, inputs.wake, 'interaction-required probe login-required', ['code silent']],
        [at + 20_001, inputs.wake, 'interaction-required probe login-required', []],
        [at + 20_400, inputs.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
        [at + 20_900, inputs.authenticated(secondJwt), 'signed-in', ['token j2 sign-in', 'signed-in']],
      ],
      waiting(),
    );
  });

  it('remains when the probe fails', () => {
    runRows(
      [
        [at + 20_000, inputs.wake, 'interaction-required probe login-required', ['code silent']],
        [at + 20_400, inputs.codeFailed('login-required'), 'interaction-required login-required', []],
        [at + 20_500, inputs.wake, 'interaction-required login-required', []],
        [at + 40_000, inputs.wake, 'interaction-required probe login-required', ['code silent']],
        [at + 50_000, inputs.tick, 'interaction-required login-required', ['cancel']],
      ],
      waiting(),
    );
  });

  it('starts no probe shortly after the last attempt', () => {
    runRows([[at + 100, inputs.wake, 'interaction-required login-required', []]], waiting());
  });

  it('starts no probe where the silent rung is not allowed', () => {
    const rules = runRows(
      [
        [1000, inputs.pluginCalled(1, 'reAuthenticate'), 'interaction-required login-required', ['prepare']],
        [60_000, inputs.wake, 'interaction-required login-required', []],
      ],
      signedIn(new Rules(configOf({ signInModes: ['popup'], renew: 'on-demand' }))),
    );
    expect(rules.runningAttempts).to.equal(0);
  });

  it('a click cancels the probe and opens the popup', () => {
    runRows(
      [
        [at + 20_000, inputs.wake, 'interaction-required probe login-required', ['code silent']],
        [at + 20_100, inputs.signIn(1), 'reauthenticating code popup', ['cancel', 'code popup']],
      ],
      waiting(),
    );
  });

  it('a call is refused after popup-timeout, and the next call starts a probe', () => {
    runRows(
      [
        [due + 200 + 300_000, inputs.tick, 'interaction-required login-required', ['refuse 1 popup-timeout']],
        [due + 200 + 300_001, inputs.tick, 'interaction-required login-required', []],
        [due + 200 + 300_100, inputs.pluginCalled(2), 'interaction-required probe login-required', ['code silent']],
      ],
      waiting(),
    );
  });

  it('dismissing the prompt signs out and settles everything that waits', () => {
    runRows(
      [
        [at + 1000, inputs.signIn(1), 'reauthenticating code popup', ['code popup']],
        [
          at + 3000,
          inputs.codeFailed('popup-closed'),
          'interaction-required popup-closed',
          ['prepare', 'reject 1 popup-closed', 'report popup-closed'],
        ],
        [at + 5000, inputs.dismiss, 'signed-out expired', ['signed-out expired', 'refuse 1 login-required']],
        [at + 6000, inputs.dismiss, 'signed-out expired', []],
        [at + 9000, inputs.pluginCalled(2), 'signing-in code silent', ['code silent']],
      ],
      waiting(),
    );
  });

  it('ends when Messenger reports a new JWT', () => {
    const rules = waiting();
    rules.now = t0 + at + 5000;
    rules.send(inputs.authenticated(jwt('j2', lifetime, rules.now)));
    expect(rules.model.token?.jwt).to.equal('j2');
    expect(phaseOf(rules.model)).to.match(/^signed-in|^reauthenticating/);
  });

  it('remains when Messenger reports the known, expired JWT', () => {
    const rules = waiting();
    rules.now = t0 + lifetime + minute;
    expect(rules.send(inputs.authenticated(firstJwt)).map(textOf)).to.eql([]);
    expect(phaseOf(rules.model)).to.equal('interaction-required login-required');
  });

  it('returns after a popup that fails, which is reported', () => {
    for (const code of [
      'popup-blocked',
      'popup-closed',
      'provider-error',
      'state-mismatch',
      'popup-timeout',
    ] as const) {
      const rules = waiting();
      rules.now = t0 + at + 1000;
      rules.send(inputs.signIn(1));
      rules.now += 1000;
      expect(textsOf(rules.send(inputs.codeFailed(code)))).to.eql(['prepare', `reject 1 ${code}`, `report ${code}`]);
      expect(phaseOf(rules.model)).to.equal(`interaction-required ${code}`);
    }
  });

  it('returns after a popup that is not completed in time', () => {
    runRows(
      [
        [at + 1000, inputs.signIn(1), 'reauthenticating code popup', ['code popup']],
        [due + 200 + 300_000, inputs.tick, 'reauthenticating code popup', ['refuse 1 popup-timeout']],
        [
          at + 301_000,
          inputs.tick,
          'interaction-required popup-timeout',
          ['cancel', 'prepare', 'reject 1 popup-timeout', 'report popup-timeout'],
        ],
      ],
      waiting(),
    );
  });

  it('a second click waits for the open popup', () => {
    runRows(
      [
        [at + 1000, inputs.signIn(1), 'reauthenticating code popup', ['code popup']],
        [at + 1500, inputs.signIn(2), 'reauthenticating code popup', []],
        [at + 2000, inputs.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
        [at + 2001, inputs.signIn(3), 'reauthenticating exchange', []],
        [
          at + 2500,
          inputs.authenticated(secondJwt),
          'signed-in',
          ['token j2 sign-in', 'signed-in', 'resolve 1 j2', 'resolve 2 j2', 'resolve 3 j2'],
        ],
      ],
      waiting(),
    );
  });

  it('the error contains the trace of all attempts', () => {
    const rules = waiting();
    rules.now = t0 + at + 1000;
    rules.send(inputs.signIn(1));
    rules.now += 2000;
    const [report] = rules.send(inputs.codeFailed('popup-closed')).filter((effect) => effect.do === 'report');
    expect(report?.do === 'report' && report.error.trace).to.eql([
      { rung: 'silent', verdict: 'login-required', ms: 400 },
      { rung: 'popup', verdict: 'popup-closed', ms: 2000 },
    ]);
  });
});
