import { expect } from '@open-wc/testing';
import { t0 } from '../support/fixtures.js';
import { codeAnswered, firstJwt } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, Rules, runRows } from '../support/harness-rules.js';
import type { Row } from '../support/harness-rules.js';

describe('a code that Messenger ignores', () => {
  it('J11: Auth.getTokens asks Messenger to call again, and that call gets another code', () => {
    runRows([
      ...codeAnswered,
      [2500, inputs.tick, 'signing-in exchange', ['Auth.getTokens']],
      [2600, inputs.pluginCalled(2), 'signing-in code silent', ['code silent']],
      [2900, inputs.codeReceived('c2'), 'signing-in exchange', ['answer 2 c2']],
      [2910, inputs.authenticating, 'signing-in exchange', []],
      [3200, inputs.authenticated(firstJwt), 'signed-in', ['token j1 sign-in', 'signed-in']],
    ]);
  });

  it('J11: AuthProvider.ready follows, then the session fails, within five seconds', () => {
    runRows([
      ...codeAnswered,
      [1100, inputs.signIn(1), 'signing-in exchange', []],
      [2500, inputs.tick, 'signing-in exchange', ['Auth.getTokens']],
      [4000, inputs.tick, 'signing-in exchange', ['publish-ready']],
      [
        5500,
        inputs.tick,
        'failed reauthenticate-ignored',
        ['report reauthenticate-ignored', 'reject 1 reauthenticate-ignored'],
      ],
      [9000, inputs.retry, 'signing-in code silent', ['code silent']],
    ]);
  });

  it('J11: a second code does not restart the count', () => {
    runRows([
      ...codeAnswered,
      [2500, inputs.tick, 'signing-in exchange', ['Auth.getTokens']],
      [2600, inputs.pluginCalled(2), 'signing-in code silent', ['code silent']],
      [2900, inputs.codeReceived('c2'), 'signing-in exchange', ['answer 2 c2']],
      [4400, inputs.tick, 'signing-in exchange', ['publish-ready']],
      [4500, inputs.pluginCalled(3), 'signing-in code silent', ['code silent']],
      [4800, inputs.codeReceived('c3'), 'signing-in exchange', ['answer 3 c3']],
      [6300, inputs.tick, 'failed reauthenticate-ignored', ['report reauthenticate-ignored']],
    ]);
  });

  it('a code for a call that already waits follows', () => {
    runRows([
      ...codeAnswered.slice(0, -1),
      [700, inputs.pluginCalled(2), 'signing-in code silent', []],
      [1000, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
      [2500, inputs.tick, 'signing-in code silent', ['code silent']],
      [2900, inputs.codeReceived('c2'), 'signing-in exchange', ['answer 2 c2']],
    ]);
  });

  it('the error of a refused call, which Messenger repeats, does not count against the next code', () => {
    runRows([
      [0, inputs.start, 'loading script', ['connect']],
      [0, inputs.loaded, 'loading auth', ['ready']],
      [0, inputs.authReady(false), 'loading first-call', []],
      [600, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [900, inputs.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
      [910, inputs.dismiss, 'signed-out', ['refuse 1 login-required']],
      [1000, inputs.signIn(1), 'signing-in code popup', ['code popup']],
      [1100, inputs.pluginCalled(2), 'signing-in code popup', []],
      [1500, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 2 c1']],
      [1600, inputs.authError({ message: 'login required' }), 'signing-in exchange', []],
      [1700, inputs.authError({ status: 401 }), 'signing-in backoff', ['report exchange-failed']],
    ]);
  });

  for (const [when, error, later] of [
    ['it was repeated before', 950, 1600],
    ['of long ago', undefined, 2950],
  ] as const) {
    it(`an error counts against the code after a refusal, ${when}`, () => {
      const rules = runRows([
        [0, inputs.start, 'loading script', ['connect']],
        [0, inputs.loaded, 'loading auth', ['ready']],
        [0, inputs.authReady(false), 'loading first-call', []],
        [600, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
        [900, inputs.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
        [910, inputs.dismiss, 'signed-out', ['refuse 1 login-required']],
      ]);
      if (error) runRows([[error, inputs.authError(), 'signed-out', []]], rules);
      runRows(
        [
          [1000, inputs.signIn(1), 'signing-in code popup', ['code popup']],
          [1100, inputs.pluginCalled(2), 'signing-in code popup', []],
          [1500, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 2 c1']],
          [later, inputs.authError({ status: 401 }), 'signing-in backoff', ['report exchange-failed']],
        ],
        rules,
      );
    });
  }

  it('the timeout is longer after Auth.authenticating', () => {
    runRows([
      ...codeAnswered,
      [1010, inputs.authenticating, 'signing-in exchange', []],
      [16_010, inputs.tick, 'signing-in backoff', ['report exchange-failed']],
    ]);
  });
});

describe('an exchange that fails', () => {
  const failing: readonly Row[] = [
    ...codeAnswered,
    [1010, inputs.authenticating, 'signing-in exchange', []],
    [1200, inputs.authError({ status: 401, contextId: 'x-1' }), 'signing-in backoff', ['report exchange-failed']],
  ];

  it('is followed by a back-off, after which Messenger is asked to call again', () => {
    runRows([
      ...failing,
      [1700, inputs.tick, 'signing-in awaiting-call', ['Auth.getTokens']],
      [1800, inputs.pluginCalled(2), 'signing-in code silent', ['code silent']],
    ]);
  });

  it('is followed by a code for a call that arrived during the back-off', () => {
    runRows([
      ...failing,
      [1300, inputs.pluginCalled(2), 'signing-in backoff', []],
      [1700, inputs.tick, 'signing-in code silent', ['code silent']],
    ]);
  });

  it('does not delay the popup after a click', () => {
    runRows([...failing, [1300, inputs.signIn(1), 'signing-in code popup', ['code popup']]]);
  });

  it('reports Genesys’ reason and its contextId', () => {
    const rules = runRows(codeAnswered);
    const [report] = rules.send(inputs.authError({ status: 401, message: 'no', contextId: 'x-1' }));
    const error = report?.do === 'report' ? report.error : undefined;
    expect(error?.message).to.equal('Genesys could not exchange the code (Auth.error 401 no).');
    expect(error?.hint).to.contain('x-1');
    expect(error?.trace).to.eql([{ rung: 'silent', verdict: 'code', ms: 400 }]);
  });

  const loop: readonly Row[] = [
    ...failing,
    [1300, inputs.pluginCalled(2), 'signing-in backoff', []],
    [1700, inputs.tick, 'signing-in code silent', ['code silent']],
    [2000, inputs.codeReceived('c2'), 'signing-in exchange', ['answer 2 c2']],
    [2300, inputs.authError(), 'signing-in backoff', ['report exchange-failed']],
    [2400, inputs.pluginCalled(3), 'signing-in backoff', []],
    [3300, inputs.tick, 'signing-in code silent', ['code silent']],
    [3400, inputs.pluginCalled(4), 'signing-in code silent', []],
    [3500, inputs.signIn(1), 'signing-in code popup', ['cancel', 'code popup']],
  ];

  it('J12: the third one stops the session, settles everything that waits, and refuses later calls', () => {
    const twice = loop.slice(0, -1);
    runRows([
      ...twice,
      [3600, inputs.codeReceived('c3'), 'signing-in exchange', ['answer 3 c3']],
      [3610, inputs.signIn(1), 'signing-in exchange', []],
      [
        3900,
        inputs.authError(),
        'failed loop-stopped',
        ['report loop-stopped', 'refuse 4 loop-stopped', 'reject 1 loop-stopped'],
      ],
      [4000, inputs.pluginCalled(5), 'failed loop-stopped', ['refuse 5 loop-stopped']],
      [4100, inputs.wake, 'failed loop-stopped', []],
      [9000, inputs.retry, 'signing-in code silent', ['code silent']],
    ]);
  });

  it('J12: a click restarts the count', () => {
    const rules = new Rules();
    rules.activated = true;
    runRows(
      [
        ...loop,
        [9000, inputs.codeReceived('c3'), 'signing-in exchange', ['answer 3 c3']],
        [9300, inputs.authError(), 'signing-in backoff', ['report exchange-failed']],
      ],
      rules,
    );
  });

  it('J12: old failures do not count', () => {
    const rules = runRows(failing);
    rules.now = t0 + 1700;
    for (let failures = 0; failures < 6; failures++) {
      rules.now += 61_000;
      rules.send(inputs.pluginCalled(10 + failures));
      rules.send(inputs.tick);
      rules.send(inputs.codeReceived(`again-${failures}`));
      rules.send(inputs.authError());
      expect(phaseOf(rules.model)).to.equal('signing-in backoff');
    }
  });

  it('J12: a successful sign-in restarts the count', () => {
    const rules = runRows(loop.slice(0, -4));
    expect(rules.model.loopEntries.filter(([cause]) => cause === 'exchange')).to.have.lengthOf(2);
    rules.now = t0 + rules.due;
    rules.send(inputs.pluginCalled(8));
    rules.send(inputs.tick);
    rules.send(inputs.codeReceived('c8'));
    rules.send(inputs.authenticated(firstJwt));
    rules.send(inputs.pluginCalled(9));
    rules.send(inputs.codeReceived('c9'));
    rules.send(inputs.authError());
    expect(phaseOf(rules.model)).to.equal('reauthenticating backoff');
  });

  it('Auth.error has no effect outside of an exchange', () => {
    runRows([
      ...codeAnswered.slice(0, 3),
      [10, inputs.authError(), 'loading first-call', []],
      [20, inputs.authenticating, 'loading first-call', []],
    ]);
  });
});

describe('a settled command', () => {
  it('is ignored when its operation ID is unknown', () => {
    const rules = new Rules();
    rules.send(inputs.start);
    expect(rules.send({ type: 'command-settled', operationId: 99 })).to.eql([]);
    expect(rules.send({ type: 'command-settled', operationId: 99, failure: { status: 401 } })).to.eql([]);
  });
});
