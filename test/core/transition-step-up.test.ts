import { expect } from '@open-wc/testing';
import { configOf, t0 } from '../support/fixtures.js';
import { first, life, second, signedIn } from '../support/fixtures-signed-in.js';
import * as say from '../support/harness-rules.js';
import { phaseOf, Rules, tell, wordsOf } from '../support/harness-rules.js';

/** An anonymous conversation that may be stepped up. */
const anonymous = (rules = new Rules()): Rules =>
  tell(
    [
      [0, say.start, 'loading script', ['connect']],
      [0, say.loadedForStepUp, 'loading auth', ['ready']],
      [0, say.authReady(false), 'loading first-call', []],
      [1000, say.tick, 'signed-out', []],
    ],
    rules,
  );

const stepUp = 'MessagingService.stepUpConversation';

describe('the rules of stepping up', () => {
  it('J14: stepUp() makes Messenger call, publishes signedIn, and resolves with the JWT', () => {
    tell(
      [
        [2000, say.stepUp(1), 'signed-out', [stepUp]],
        [2100, say.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
        [2500, say.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1', 'publish signedIn']],
        [2600, say.authenticating, 'signing-in exchange', []],
        [3000, say.authenticated(first), 'signed-in', ['token j1 step-up', 'signed-in', 'resolve 1 j1']],
        [3001, say.resolved, 'signed-in', []],
      ],
      anonymous(),
    );
  });

  it('J14: Messenger’s own button does the same', () => {
    tell(
      [
        [2100, say.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
        [2500, say.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1', 'publish signedIn']],
        [3000, say.authenticated(first), 'signed-in', ['token j1 step-up', 'signed-in']],
      ],
      anonymous(),
    );
  });

  it('J14: the click that began it opens the popup when a person is needed', () => {
    const rules = anonymous();
    rules.activated = true;
    tell(
      [
        [2000, say.stepUp(1), 'signed-out', [stepUp]],
        [2100, say.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
        [2500, say.codeFailed('login-required'), 'signing-in code popup', ['code popup']],
        [9000, say.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1', 'publish signedIn']],
        [9400, say.authenticated(first), 'signed-in', ['token j1 step-up', 'signed-in', 'resolve 1 j1']],
      ],
      rules,
    );
  });

  it('J14: without a click a popup is not tried, and who called is told', () => {
    tell(
      [
        [2000, say.stepUp(1), 'signed-out', [stepUp]],
        [2100, say.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
        [
          2500,
          say.codeFailed('login-required'),
          'interaction-required login-required',
          ['prepare', 'reject 1 login-required'],
        ],
      ],
      anonymous(),
    );
  });

  it('J14: cancelled, it publishes signInFailed and leaves the conversation anonymous', () => {
    const rules = anonymous();
    rules.activated = true;
    tell(
      [
        [2000, say.stepUp(1), 'signed-out', [stepUp]],
        [2100, say.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
        [2500, say.codeFailed('login-required'), 'signing-in code popup', ['code popup']],
        [
          5000,
          say.dismiss,
          'signed-out',
          ['cancel', 'report popup-closed', 'publish signInFailed', 'reject 1 popup-closed', 'refuse 1 popup-closed'],
        ],
      ],
      rules,
    );
    expect(rules.model.token).to.equal(undefined);
  });

  it('says why Messenger did not step up', () => {
    const rules = anonymous();
    rules.now = t0 + 2000;
    rules.send(say.stepUp(1));
    const [reject] = rules.send(say.rejected({ message: 'No active conversation found to step-up.' }));
    expect(reject?.do === 'reject' && [reject.error.code, reject.error.message]).to.eql([
      'command-failed',
      'Messenger did not step up the conversation (No active conversation found to step-up.).',
    ]);
    expect(phaseOf(rules.model)).to.equal('signed-out');
  });

  it('is refused where the deployment does not allow it', () => {
    const rules = tell([
      [0, say.start, 'loading script', ['connect']],
      [0, say.loaded, 'loading auth', ['ready']],
    ]);
    expect(rules.send(say.stepUp(1)).map(wordsOf)).to.eql(['reject 1 command-failed']);
  });

  it('who is signed in has stepped up', () => {
    tell([[1000, say.stepUp(1), 'signed-in', ['resolve 1 j1']]], signedIn());
  });

  it('who is signed in with a JWT that ran out gets another', () => {
    const rules = signedIn(new Rules(configOf({ renew: 'on-demand' })));
    rules.model = { ...rules.model, allowSessionUpgrade: true };
    rules.now = t0 + life;
    expect(rules.send(say.stepUp(1)).map(wordsOf)).to.eql(['Auth.refreshToken']);
    rules.now += 400;
    expect(rules.send(say.authenticated(second)).map(wordsOf)).to.include('resolve 1 j2');
  });

  it('decides nothing itself while Messenger’s call waits for the person', () => {
    const rules = anonymous(new Rules(configOf({ signInModes: ['popup'] })));
    rules.now = t0 + 2000;
    rules.send(say.pluginCalled(1, 'signIn'));
    expect(rules.send(say.stepUp(1)).map(wordsOf)).to.eql([stepUp]);
    expect(rules.send(say.rejected({ message: 'no answer' })).map(wordsOf)).to.eql([]);
    rules.now += 300_000;
    expect(rules.send(say.tick).map(wordsOf)).to.eql([
      'publish signInFailed',
      'reject 1 popup-timeout',
      'refuse 1 popup-timeout',
    ]);
  });

  it('waits for a sign-in that is under way', () => {
    tell(
      [
        [2000, say.signIn(1), 'signing-in code popup', ['code popup']],
        [2100, say.stepUp(2), 'signing-in code popup', []],
        [5000, say.codeReceived('c1'), 'signing-in code-ready', ['Auth.getTokens']],
        [5100, say.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']],
        [
          5500,
          say.authenticated(first),
          'signed-in',
          ['token j1 sign-in', 'signed-in', 'resolve 1 j1', 'resolve 2 j1'],
        ],
      ],
      anonymous(),
    );
  });

  it('is rejected while signing out', () => {
    const rules = anonymous();
    tell(
      [
        [2000, say.signIn(1), 'signing-in code popup', ['code popup']],
        [5000, say.codeReceived('c1'), 'signing-in code-ready', ['Auth.getTokens']],
        [5100, say.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']],
        [5500, say.authenticated(first), 'signed-in', ['token j1 sign-in', 'signed-in', 'resolve 1 j1']],
        [6000, say.signOut(2), 'signing-out logout', ['Auth.logout']],
        [6001, say.stepUp(3), 'signing-out logout', ['reject 3 login-required']],
        [6400, say.resolved, 'signed-out user', ['signed-out user', 'resolve 2']],
      ],
      rules,
    );
    // A wish of the person is a new beginning, although they signed out before.
    rules.now = t0 + 7000;
    expect(rules.send(say.stepUp(4)).map(wordsOf)).to.eql([stepUp]);
    expect(rules.send(say.pluginCalled(2, 'signIn')).map(wordsOf)).to.eql(['code silent']);
  });

  it('a Messenger that never settles stepUpConversation lets nobody wait for ever', () => {
    const rules = anonymous();
    rules.now = t0 + 2000;
    rules.send(say.stepUp(1));
    expect(rules.send(say.rejected({ message: 'no answer' })).map(wordsOf)).to.eql(['reject 1 command-failed']);
  });

  it('but a person who is at the provider’s page is given the time', () => {
    const rules = anonymous();
    rules.activated = true;
    tell(
      [
        [2000, say.stepUp(1), 'signed-out', [stepUp]],
        [2100, say.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
        [2500, say.codeFailed('login-required'), 'signing-in code popup', ['code popup']],
        [32_000, say.rejected({ message: 'no answer' }), 'signing-in code popup', []],
        [60_000, say.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1', 'publish signedIn']],
        [60_400, say.authenticated(second), 'signed-in', ['token j2 step-up', 'signed-in', 'resolve 1 j2']],
      ],
      rules,
    );
  });

  it('a call that the silent rung cannot serve is refused where no person is asked', () => {
    tell(
      [
        [2100, say.pluginCalled(1, 'signIn'), 'signing-in code silent', ['code silent']],
        [
          2500,
          say.codeFailed('login-required'),
          'signed-out',
          ['report login-required', 'publish signInFailed', 'refuse 1 login-required'],
        ],
      ],
      anonymous(new Rules(configOf({ signInModes: ['silent'] }))),
    );
  });
});
