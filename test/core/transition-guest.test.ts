import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import { jwt, t0 } from '../support/fixtures.js';
import * as say from '../support/harness-rules.js';
import { phaseOf, Rules, tell, wordsOf } from '../support/harness-rules.js';
import type { Row } from '../support/harness-rules.js';

const atLoad: readonly Row[] = [
  [0, say.start, 'loading script', ['connect']],
  [100, say.loadedForStepUp, 'loading auth', ['ready']],
  [200, say.authReady(false), 'loading first-call', []],
  [1200, say.tick, 'signed-out', []],
];

const stepUp = 'MessagingService.stepUpConversation';
const alice = jwt('j1', 900_000, t0 + 9000, 'alice');

/** Who has clicked a moment ago, and is signed in nowhere. */
function clicked(): Rules {
  const rules = tell(atLoad);
  rules.activated = true;
  return tell(
    [
      [5000, say.stepUp(1), 'signed-out', [stepUp]],
      [5010, say.pluginCalled(2, 'signIn'), 'signing-in code silent', ['code silent']],
      [5400, say.codeFailed('login-required'), 'signing-in code popup', ['code popup']],
    ],
    rules,
  );
}

describe('the rules of a guest', () => {
  it('J14: the click that began a step-up opens the popup, and the JWT tells that it came by a step-up', () => {
    tell(
      [
        [8000, say.codeReceived('c1'), 'signing-in exchange', ['answer 2 c1', 'publish signedIn']],
        [8050, say.authenticating, 'signing-in exchange', []],
        [9000, say.authenticated(alice), 'signed-in', ['token j1 step-up', 'signed-in', 'resolve 1 j1']],
      ],
      clicked(),
    );
  });

  it('J14: a popup that the guest closes is the end of the step-up, and no prompt', () => {
    const rules = tell(
      [
        [
          8000,
          say.codeFailed('popup-closed'),
          'signed-out',
          ['report popup-closed', 'publish signInFailed', 'reject 1 popup-closed', 'refuse 2 popup-closed'],
        ],
        [9000, say.stepUp(3), 'signed-out', [stepUp]],
        [9010, say.pluginCalled(4, 'signIn'), 'signing-in code silent', ['code silent']],
      ],
      clicked(),
    );
    expect(rules.live).to.equal(1);
  });

  it('J14: a popup that the browser blocks, or that takes too long, leads to the prompt', () => {
    for (const code of ['popup-blocked', 'popup-timeout'] as const) {
      const rules = clicked();
      rules.now = t0 + 8000;
      const words = rules.send(say.codeFailed(code)).map(wordsOf);
      expect(phaseOf(rules.model)).to.equal(`interaction-required ${code}`);
      expect(words).to.include(`reject 1 ${code}`);
    }
  });

  it('J14: no popup opens for a click that the browser does not count any more', () => {
    tell([
      ...atLoad,
      [5000, say.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
      [5400, say.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
      [7000, say.dismiss, 'signed-out', ['publish signInFailed', 'refuse 1 login-required']],
    ]);
  });

  it('J14: a call that no guest began waits for the prompt when the popup is closed', () => {
    tell(
      [
        [6000, say.pluginCalled(3), 'signing-in code popup', []],
        [
          8000,
          say.codeFailed('popup-closed'),
          'interaction-required popup-closed',
          ['prepare', 'reject 1 popup-closed', 'report popup-closed'],
        ],
      ],
      clicked(),
    );
  });

  it('J14: Messenger says why it does not step up', () => {
    const rules = tell([...atLoad, [5000, say.stepUp(1), 'signed-out', [stepUp]]]);
    rules.now = t0 + 5100;
    const done = rules.send(say.rejected({ message: 'No active conversation found to step-up.' }));
    expect(done.map(wordsOf)).to.eql(['reject 1 command-failed']);
    const [rejected] = done;
    expect(rejected?.do === 'reject' && rejected.error.message).to.contain('No active conversation found');
  });

  it('J14: what is refused elsewhere says nothing of a step-up', () => {
    const rules = tell([...atLoad, [5000, say.stepUp(1), 'signed-out', [stepUp]]]);
    expect(rules.send({ type: 'command-settled', operationId: -1, failure: {} })).to.eql([]);
  });

  it('J14: step-up where the deployment, or the state, does not allow it', () => {
    const refused = (rules: Rules): string[] => rules.send(say.stepUp(1)).map(wordsOf);
    expect(refused(new Rules())).to.eql(['reject 1 command-failed']);
    const failed = tell([...atLoad.slice(0, 2)]);
    failed.send(say.startFailed(new GcAuthError('script-blocked')));
    expect(refused(failed)).to.eql(['reject 1 script-blocked']);
    const before = tell(atLoad.slice(0, 2));
    before.now = t0 + 150;
    expect(refused(before), 'waits for Messenger').to.eql([]);
  });

  it('J14: a step-up of who is signed in is done', () => {
    tell(
      [
        [8000, say.codeReceived('c1'), 'signing-in exchange', ['answer 2 c1', 'publish signedIn']],
        [9000, say.authenticated(alice), 'signed-in', ['token j1 step-up', 'signed-in', 'resolve 1 j1']],
        [9500, say.stepUp(5), 'signed-in', ['resolve 5 j1']],
      ],
      clicked(),
    );
  });
});
