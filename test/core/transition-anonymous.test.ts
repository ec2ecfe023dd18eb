import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import { jwt, t0 } from '../support/fixtures.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, Rules, runRows, textOf, textsOf } from '../support/harness-rules.js';
import type { Row } from '../support/harness-rules.js';

const atLoad: readonly Row[] = [
  [0, inputs.start, 'loading script', ['connect']],
  [100, inputs.loadedForStepUp, 'loading auth', ['ready']],
  [200, inputs.authReady(false), 'loading first-call', []],
  [1200, inputs.tick, 'signed-out', []],
];

const stepUp = 'MessagingService.stepUpConversation';
const alice = jwt('j1', 900_000, t0 + 9000, 'alice');

/** The person has just clicked, and is not signed in at the provider. */
function clicked(): Rules {
  const rules = runRows(atLoad);
  rules.activated = true;
  return runRows(
    [
      [5000, inputs.stepUp(1), 'signed-out', [stepUp]],
      [5010, inputs.pluginCalled(2, 'signIn'), 'signing-in code silent', ['code silent']],
      [5400, inputs.codeFailed('login-required'), 'signing-in code popup', ['code popup']],
    ],
    rules,
  );
}

describe('an anonymous conversation', () => {
  it('J14: the click that starts a step-up opens the popup, and the source of the JWT is step-up', () => {
    runRows(
      [
        [8000, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 2 c1']],
        [8050, inputs.authenticating, 'signing-in exchange', []],
        [9000, inputs.authenticated(alice), 'signed-in', ['token j1 step-up', 'signed-in', 'resolve 1 j1']],
      ],
      clicked(),
    );
  });

  it('J14: closing the popup cancels the step-up without a prompt', () => {
    const rules = runRows(
      [
        [
          8000,
          inputs.codeFailed('popup-closed'),
          'signed-out',
          ['report popup-closed', 'publish signInFailed', 'reject 1 popup-closed', 'refuse 2 popup-closed'],
        ],
        [9000, inputs.stepUp(3), 'signed-out', [stepUp]],
        [9010, inputs.pluginCalled(4, 'signIn'), 'signing-in code silent', ['code silent']],
      ],
      clicked(),
    );
    expect(rules.runningAttempts).to.equal(1);
  });

  it('J14: the prompt appears when the popup is blocked or takes too long', () => {
    for (const code of ['popup-blocked', 'popup-timeout'] as const) {
      const rules = clicked();
      rules.now = t0 + 8000;
      const words = textsOf(rules.send(inputs.codeFailed(code)));
      expect(phaseOf(rules.model)).to.equal(`interaction-required ${code}`);
      expect(words).to.include(`reject 1 ${code}`);
    }
  });

  it('J14: no popup opens when the click is too long ago for the browser', () => {
    runRows([
      ...atLoad,
      [5000, inputs.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
      [5400, inputs.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
      [7000, inputs.dismiss, 'signed-out', ['publish signInFailed', 'refuse 1 login-required']],
    ]);
  });

  it('J14: a getAuthCode call waits for the prompt when the popup is closed', () => {
    runRows(
      [
        [6000, inputs.pluginCalled(3), 'signing-in code popup', []],
        [
          8000,
          inputs.codeFailed('popup-closed'),
          'interaction-required popup-closed',
          ['prepare', 'reject 1 popup-closed', 'report popup-closed'],
        ],
      ],
      clicked(),
    );
  });

  it('J14: the error contains Messenger’s reason for not stepping up', () => {
    const rules = runRows([...atLoad, [5000, inputs.stepUp(1), 'signed-out', [stepUp]]]);
    rules.now = t0 + 5100;
    const done = rules.send(inputs.commandRejected({ message: 'No active conversation found to step-up.' }));
    expect(done.map(textOf)).to.eql(['reject 1 command-failed']);
    const [rejected] = done;
    expect(rejected?.do === 'reject' && rejected.error.message).to.contain('No active conversation found');
  });

  it('J14: another failed command does not reject stepUp()', () => {
    const rules = runRows([...atLoad, [5000, inputs.stepUp(1), 'signed-out', [stepUp]]]);
    expect(rules.send({ type: 'command-settled', operationId: -1, failure: {} })).to.eql([]);
  });

  it('J14: stepUp() rejects where the deployment or the state does not allow it', () => {
    const refused = (rules: Rules): string[] => rules.send(inputs.stepUp(1)).map(textOf);
    const forbidden = new Rules();
    forbidden.send(inputs.loaded);
    expect(refused(forbidden)).to.eql(['reject 1 command-failed']);
    expect(refused(new Rules()), 'not known before Messenger has loaded').to.eql([]);
    const failed = runRows([...atLoad.slice(0, 2)]);
    failed.send(inputs.startFailed(new GcAuthError('script-blocked')));
    expect(refused(failed)).to.eql(['reject 1 script-blocked']);
    const before = runRows(atLoad.slice(0, 2));
    before.now = t0 + 150;
    expect(refused(before), 'waits for Messenger').to.eql([]);
  });

  it('J14: stepUp() resolves at once when the person is signed in', () => {
    runRows(
      [
        [8000, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 2 c1']],
        [9000, inputs.authenticated(alice), 'signed-in', ['token j1 step-up', 'signed-in', 'resolve 1 j1']],
        [9500, inputs.stepUp(5), 'signed-in', ['resolve 5 j1']],
      ],
      clicked(),
    );
  });
});
