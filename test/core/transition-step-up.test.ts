import { expect } from '@open-wc/testing';
import { configOf, t0 } from '../support/fixtures.js';
import { firstJwt, lifetime, secondJwt, signedIn } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, Rules, runRows, textOf } from '../support/harness-rules.js';
import type { Row } from '../support/harness-rules.js';

/** An anonymous conversation in a deployment that allows a step-up. */
const anonymous = (rules = new Rules()): Rules =>
  runRows(
    [
      [0, inputs.start, 'loading script', ['connect']],
      [0, inputs.loadedForStepUp, 'loading auth', ['ready']],
      [0, inputs.authReady(false), 'loading first-call', []],
      [1000, inputs.tick, 'signed-out', []],
    ],
    rules,
  );

const stepUp = 'MessagingService.stepUpConversation';

describe('a step-up', () => {
  it('J14: stepUp() makes Messenger call, publishes signedIn, and resolves with the JWT', () => {
    runRows(
      [
        [2000, inputs.stepUp(1), 'signed-out', [stepUp]],
        [2100, inputs.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
        [2500, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
        [2600, inputs.authenticating, 'signing-in exchange', []],
        [3000, inputs.authenticated(firstJwt), 'signed-in', ['token j1 step-up', 'signed-in', 'resolve 1 j1']],
        [3001, inputs.commandResolved, 'signed-in', []],
      ],
      anonymous(),
    );
  });

  it('J14: Messenger’s own sign-in button does the same', () => {
    runRows(
      [
        [2100, inputs.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
        [2500, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
        [3000, inputs.authenticated(firstJwt), 'signed-in', ['token j1 step-up', 'signed-in']],
      ],
      anonymous(),
    );
  });

  it('J14: the click that started it opens the popup when a person must act', () => {
    const rules = anonymous();
    rules.activated = true;
    runRows(
      [
        [2000, inputs.stepUp(1), 'signed-out', [stepUp]],
        [2100, inputs.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
        [2500, inputs.codeFailed('login-required'), 'signing-in code popup', ['code popup']],
        [9000, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
        [9400, inputs.authenticated(firstJwt), 'signed-in', ['token j1 step-up', 'signed-in', 'resolve 1 j1']],
      ],
      rules,
    );
  });

  it('J14: without a click no popup opens, and stepUp() rejects', () => {
    runRows(
      [
        [2000, inputs.stepUp(1), 'signed-out', [stepUp]],
        [2100, inputs.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
        [
          2500,
          inputs.codeFailed('login-required'),
          'interaction-required login-required',
          ['prepare', 'reject 1 login-required'],
        ],
      ],
      anonymous(),
    );
  });

  it('J14: cancelling it publishes signInFailed, and the conversation stays anonymous', () => {
    const rules = anonymous();
    rules.activated = true;
    runRows(
      [
        [2000, inputs.stepUp(1), 'signed-out', [stepUp]],
        [2100, inputs.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
        [2500, inputs.codeFailed('login-required'), 'signing-in code popup', ['code popup']],
        [
          5000,
          inputs.dismiss,
          'signed-out',
          ['report popup-closed', 'publish signInFailed', 'reject 1 popup-closed', 'refuse 1 popup-closed', 'cancel'],
        ],
      ],
      rules,
    );
    expect(rules.model.token).to.equal(undefined);
  });

  it('rejects with Messenger’s reason', () => {
    const rules = anonymous();
    rules.now = t0 + 2000;
    rules.send(inputs.stepUp(1));
    const [reject] = rules.send(inputs.commandRejected({ message: 'No active conversation found to step-up.' }));
    expect(reject?.do === 'reject' && [reject.error.code, reject.error.message]).to.eql([
      'command-failed',
      'Messenger did not step up the conversation: No active conversation found to step-up.',
    ]);
    expect(phaseOf(rules.model)).to.equal('signed-out');
  });

  it('rejects where the deployment does not allow it', () => {
    const rules = runRows([
      [0, inputs.start, 'loading script', ['connect']],
      [0, inputs.loaded, 'loading auth', ['ready']],
    ]);
    expect(rules.send(inputs.stepUp(1)).map(textOf)).to.eql(['reject 1 command-failed']);
  });

  describe('that is called while Messenger is loading', () => {
    const called: readonly Row[] = [
      [0, inputs.start, 'loading script', ['connect']],
      [10, inputs.stepUp(1), 'loading script', []],
    ];

    it('waits, and steps the conversation up', () => {
      runRows([
        ...called,
        [100, inputs.loadedForStepUp, 'loading auth', ['ready']],
        [200, inputs.authReady(false), 'loading first-call', []],
        [1200, inputs.tick, 'signed-out', [stepUp]],
        [1300, inputs.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
        [1500, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
        [2000, inputs.authenticated(firstJwt), 'signed-in', ['token j1 step-up', 'signed-in', 'resolve 1 j1']],
      ]);
    });

    it('rejects as soon as the deployment is known not to allow it', () => {
      runRows([...called, [100, inputs.loaded, 'loading auth', ['ready', 'reject 1 command-failed']]]);
    });

    it('resolves when the person is signed in', () => {
      runRows([
        ...called,
        [100, inputs.loadedForStepUp, 'loading auth', ['ready']],
        [200, inputs.authReady(true), 'loading stored-jwt', []],
        [210, inputs.authenticated(firstJwt), 'signed-in', ['token j1 restored', 'signed-in', 'resolve 1 j1']],
      ]);
    });

    it('rejects with Messenger’s reason', () => {
      runRows([
        ...called,
        [100, inputs.loadedForStepUp, 'loading auth', ['ready']],
        [200, inputs.authReady(false), 'loading first-call', []],
        [1200, inputs.tick, 'signed-out', [stepUp]],
        [1300, inputs.commandRejected({ message: 'No conversation.' }), 'signed-out', ['reject 1 command-failed']],
      ]);
    });
  });

  it('resolves at once when the person is signed in', () => {
    runRows([[1000, inputs.stepUp(1), 'signed-in', ['resolve 1 j1']]], signedIn());
  });

  it('refreshes an expired JWT of a signed-in person', () => {
    const rules = signedIn(new Rules(configOf({ renew: 'on-demand' })));
    rules.model = { ...rules.model, allowSessionUpgrade: true };
    rules.now = t0 + lifetime;
    expect(rules.send(inputs.stepUp(1)).map(textOf)).to.eql(['Auth.refreshToken']);
    rules.now += 400;
    expect(rules.send(inputs.authenticated(secondJwt)).map(textOf)).to.include('resolve 1 j2');
  });

  it('continues after a failed command while Messenger’s call waits for the person', () => {
    const rules = anonymous(new Rules(configOf({ signInModes: ['popup'] })));
    rules.now = t0 + 2000;
    rules.send(inputs.pluginCalled(1, 'signIn'));
    expect(rules.send(inputs.stepUp(1)).map(textOf)).to.eql([stepUp]);
    expect(rules.send(inputs.commandRejected({ message: 'no answer' })).map(textOf)).to.eql([]);
    rules.now += 300_000;
    expect(rules.send(inputs.tick).map(textOf)).to.eql([
      'publish signInFailed',
      'reject 1 popup-timeout',
      'refuse 1 popup-timeout',
    ]);
  });

  it('waits for a running sign-in', () => {
    runRows(
      [
        [2000, inputs.signIn(1), 'signing-in code popup', ['code popup']],
        [2100, inputs.stepUp(2), 'signing-in code popup', []],
        [5000, inputs.codeReceived('c1'), 'signing-in code-ready', ['Auth.getTokens']],
        [5100, inputs.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']],
        [
          5500,
          inputs.authenticated(firstJwt),
          'signed-in',
          ['token j1 sign-in', 'signed-in', 'resolve 1 j1', 'resolve 2 j1'],
        ],
      ],
      anonymous(),
    );
  });

  it('rejects during a sign-out', () => {
    const rules = anonymous();
    runRows(
      [
        [2000, inputs.signIn(1), 'signing-in code popup', ['code popup']],
        [5000, inputs.codeReceived('c1'), 'signing-in code-ready', ['Auth.getTokens']],
        [5100, inputs.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']],
        [5500, inputs.authenticated(firstJwt), 'signed-in', ['token j1 sign-in', 'signed-in', 'resolve 1 j1']],
        [6000, inputs.signOut(2), 'signing-out logout', ['Auth.logout']],
        [6001, inputs.stepUp(3), 'signing-out logout', ['reject 3 login-required']],
        [6400, inputs.commandResolved, 'signed-out user', ['signed-out user', 'resolve 2']],
      ],
      rules,
    );
    // After a sign-out the person may step up again, in a click.
    rules.now = t0 + 7000;
    expect(rules.send(inputs.stepUp(5)).map(textOf)).to.eql(['reject 5 login-required']);
    rules.activated = true;
    expect(rules.send(inputs.stepUp(4)).map(textOf)).to.eql([stepUp]);
    expect(rules.send(inputs.pluginCalled(2, 'signIn')).map(textOf)).to.eql(['code silent']);
  });

  it('rejects when Messenger never settles stepUpConversation', () => {
    const rules = anonymous();
    rules.now = t0 + 2000;
    rules.send(inputs.stepUp(1));
    expect(rules.send(inputs.commandRejected({ message: 'no answer' })).map(textOf)).to.eql([
      'reject 1 command-failed',
    ]);
  });

  it('waits longer for a person who is at the provider’s page', () => {
    const rules = anonymous();
    rules.activated = true;
    runRows(
      [
        [2000, inputs.stepUp(1), 'signed-out', [stepUp]],
        [2100, inputs.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
        [2500, inputs.codeFailed('login-required'), 'signing-in code popup', ['code popup']],
        [32_000, inputs.commandRejected({ message: 'no answer' }), 'signing-in code popup', []],
        [60_000, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
        [60_400, inputs.authenticated(secondJwt), 'signed-in', ['token j2 step-up', 'signed-in', 'resolve 1 j2']],
      ],
      rules,
    );
  });

  it('is refused when the silent attempt fails and no other rung is allowed', () => {
    runRows(
      [
        [2100, inputs.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
        [
          2500,
          inputs.codeFailed('login-required'),
          'signed-out',
          ['report login-required', 'publish signInFailed', 'refuse 1 login-required'],
        ],
      ],
      anonymous(new Rules(configOf({ signInModes: ['silent'] }))),
    );
  });
});
