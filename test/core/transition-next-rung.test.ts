import { expect } from '@open-wc/testing';
import { configOf, t0 } from '../support/fixtures.js';
import { signedIn } from '../support/fixtures-signed-in.js';
import * as say from '../support/harness-rules.js';
import { phaseOf, tell, Rules } from '../support/harness-rules.js';
import type { Row } from '../support/harness-rules.js';

/** Nobody signed in, and Messenger about to call. */
const atFirst: readonly Row[] = [
  [0, say.start, 'loading script', ['connect']],
  [0, say.loaded, 'loading auth', ['ready']],
  [0, say.authReady(false), 'loading first-call', []],
];

describe('the rules of the ladder', () => {
  it('go no higher than allowed', () => {
    tell(
      [
        [1000, say.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [1400, say.codeFailed('login-required'), 'signed-out', ['report login-required', 'refuse 1 login-required']],
      ],
      signedIn(new Rules(configOf({ signInModes: ['silent'] }))),
    );
  });

  it('a sign-in without the popup rung is silent', () => {
    const rules = new Rules(configOf({ signInModes: ['silent'] }));
    tell(
      [
        [0, say.start, 'loading script', ['connect']],
        [0, say.loadedForStepUp, 'loading auth', ['ready']],
        [0, say.authReady(false), 'loading first-call', []],
        [1000, say.tick, 'signed-out', []],
        [2000, say.signIn(1), 'signing-in code silent', ['code silent']],
        [
          2400,
          say.codeFailed('silent-refused'),
          'failed silent-refused',
          ['report silent-refused', 'reject 1 silent-refused'],
        ],
        [3000, say.retry, 'signing-in code silent', ['code silent']],
      ],
      rules,
    );
  });

  it('stop at a fault that no rung can mend', () => {
    for (const code of ['discovery-failed', 'issuer-mismatch', 'offline', 'config-invalid'] as const) {
      tell(
        [
          ...atFirst,
          [1000, say.pluginCalled(1), 'signing-in code silent', ['code silent']],
          [1100, say.codeFailed(code), `failed ${code}`, [`report ${code}`, `refuse 1 ${code}`]],
        ],
        new Rules(),
      );
    }
  });

  it('go on by themselves when the provider can be reached again', () => {
    for (const code of ['discovery-failed', 'offline'] as const) {
      tell(
        [
          ...atFirst,
          [1000, say.pluginCalled(1), 'signing-in code silent', ['code silent']],
          [1100, say.codeFailed(code), `failed ${code}`, [`report ${code}`, `refuse 1 ${code}`]],
          [9000, say.wake, 'signing-in code silent', ['code silent']],
        ],
        new Rules(),
      );
    }
  });

  it('end no session that is alive for a fault of the network', () => {
    for (const code of ['discovery-failed', 'offline'] as const) {
      tell(
        [
          [1000, say.pluginCalled(1), 'reauthenticating code silent', ['code silent']],
          [1100, say.codeFailed(code), 'signed-in', [`report ${code}`, `refuse 1 ${code}`]],
        ],
        signedIn(),
      );
    }
  });

  it('a silent attempt that nobody answers is given up', () => {
    tell(
      [
        [1000, say.pluginCalled(1), 'reauthenticating code silent', ['code silent']],
        [11_000, say.tick, 'interaction-required silent-timeout', ['cancel', 'prepare']],
      ],
      signedIn(),
    );
  });

  it('take no answer of an attempt that was given up', () => {
    const rules = signedIn();
    rules.now = t0 + 1000;
    rules.send(say.pluginCalled(1));
    const late = rules.codeTicket;
    rules.now = t0 + 11_000;
    rules.send(say.tick);
    for (const input of [say.codeReceived('late'), say.codeFailed('login-required')]) {
      expect(rules.send(input)).to.eql([]);
      expect(rules.codeTicket).to.equal(late);
    }
    expect(phaseOf(rules.model)).to.equal('interaction-required silent-timeout');
  });
});
