import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import { configOf } from '../support/fixtures.js';
import { firstJwt } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { Rules, runRows } from '../support/harness-rules.js';
import type { Row } from '../support/harness-rules.js';

const untilAttempt: readonly Row[] = [
  [0, inputs.start, 'loading script', ['connect']],
  [0, inputs.loaded, 'loading auth', ['ready']],
  [0, inputs.authReady(false), 'loading first-call', []],
  [600, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
];

describe('attempts', () => {
  it('are told with rung, verdict and reason, successes too', () => {
    runRows([
      ...untilAttempt,
      [
        1_000,
        inputs.codeFailed('login-required'),
        'interaction-required login-required',
        ['attempt silent login-required getAuthCode', 'prepare'],
      ],
      [2_000, inputs.signIn(1), 'signing-in code popup', ['code popup']],
      [5_000, inputs.codeReceived('c1'), 'signing-in exchange', ['attempt popup code sign-in', 'answer 1 c1']],
      [5_500, inputs.authenticated(firstJwt), 'signed-in', ['token j1 sign-in', 'signed-in', 'resolve 1 j1']],
    ]);
  });

  it('are told with their duration in milliseconds', () => {
    const rules = runRows(untilAttempt);
    rules.now += 1_234.4;
    const told = rules.send(inputs.codeFailed('silent-refused')).filter((effect) => effect.do === 'attempt');
    expect(told).to.eql([
      {
        do: 'attempt',
        attempt: { rung: 'silent', verdict: 'silent-refused', ms: 1_234, reason: 'getAuthCode' },
      },
    ]);
  });

  it('of a probe have the reason probe', () => {
    const rules = runRows([
      ...untilAttempt,
      [1_000, inputs.codeFailed('silent-refused'), 'interaction-required silent-refused', ['prepare']],
    ]);
    rules.now += 20_000;
    rules.send(inputs.wake);
    const told = rules.send(inputs.codeFailed('login-required'));
    expect(told.find((effect) => effect.do === 'attempt')?.attempt.reason).to.equal('probe');
  });

  it('of a redirect are told on the page that it returns to', () => {
    for (const [answer, verdict] of [
      ['c1', 'code'],
      [new GcAuthError('provider-error'), 'provider-error'],
    ] as const) {
      const told = new Rules().send(inputs.redirectReturned(answer)).find((effect) => effect.do === 'attempt');
      expect(told?.attempt).to.eql({ rung: 'redirect', verdict, ms: 0, reason: 'returned' });
    }
  });

  it('are not told where a frame is known not to work and none was made', () => {
    const rules = new Rules(configOf());
    rules.framesUnusable = true;
    for (const input of [inputs.start, inputs.loaded, inputs.authReady(false), inputs.pluginCalled(1)]) {
      expect(rules.send(input).filter((effect) => effect.do === 'attempt')).to.eql([]);
    }
  });
});
