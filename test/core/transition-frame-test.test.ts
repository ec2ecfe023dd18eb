import { expect } from '@open-wc/testing';
import type { ErrorCode } from '../../src/core/errors.js';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import { first, life, signedIn } from '../support/fixtures-signed-in.js';
import * as say from '../support/harness-rules.js';
import { phaseOf, Rules, tell, wordsOf } from '../support/harness-rules.js';

/** The frame said login-required, the person signed in by popup: now a frame shows whether it could have known. */
const signedInByPopup = (rules = new Rules()): Rules =>
  tell(
    [
      [0, say.start, 'loading script', ['connect']],
      [0, say.loaded, 'loading auth', ['ready']],
      [0, say.authReady(false), 'loading first-call', []],
      [100, say.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [500, say.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
      [900, say.signIn(1), 'signing-in code popup', ['code popup']],
      [8000, say.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
      [
        8500,
        say.authenticated(first),
        'signed-in',
        ['token j1 sign-in', 'share signed-in', 'show messenger', 'signed-in', 'test-frame', 'resolve 1 j1'],
      ],
    ],
    rules,
  );

describe('the rules of learning', () => {
  const lessons: ReadonlyArray<readonly ['code' | ErrorCode, string | undefined]> = [
    ['code', 'learn useful'],
    ['login-required', 'learn useless'],
    ['silent-refused', 'learn useless'],
    ['silent-timeout', 'learn useless'],
    ['discovery-failed', undefined],
    ['provider-error', undefined],
    ['offline', undefined],
  ];
  for (const [verdict, lesson] of lessons) {
    it(`J16: a frame that brings ${verdict} after a sign-in teaches ${lesson ?? 'nothing'}`, () => {
      tell([[9000, say.tested(verdict), 'signed-in', lesson === undefined ? [] : [lesson]]], signedInByPopup());
    });
  }

  it('J16: where frames are known to be of no use none is tried: the click comes first', () => {
    const rules = new Rules();
    rules.framesUnusable = true;
    tell(
      [
        [0, say.start, 'loading script', ['connect']],
        [0, say.loaded, 'loading auth', ['ready']],
        [0, say.authReady(false), 'loading first-call', []],
        [100, say.pluginCalled(1), 'interaction-required login-required', ['prepare']],
        [20_000, say.wake, 'interaction-required login-required', []],
      ],
      rules,
    );
    expect(rules.model.trace).to.eql([{ rung: 'silent', verdict: 'skipped', ms: 0 }]);
  });

  it('J16: each sign-in by a person tests a frame again: the lesson may be out of date', () => {
    const rules = new Rules();
    rules.framesUnusable = true;
    tell(
      [
        [0, say.start, 'loading script', ['connect']],
        [0, say.loaded, 'loading auth', ['ready']],
        [0, say.authReady(false), 'loading first-call', []],
        [100, say.pluginCalled(1), 'interaction-required login-required', ['prepare']],
        [900, say.signIn(1), 'signing-in code popup', ['code popup']],
        [8000, say.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
        [8500, say.authenticated(first), 'signed-in', ['token j1 sign-in', 'signed-in', 'test-frame', 'resolve 1 j1']],
        [9000, say.tested('code'), 'signed-in', ['learn useful']],
      ],
      rules,
    );
    expect(rules.framesUnusable).to.equal(false);
  });

  it('a redirect teaches too', () => {
    const rules = new Rules();
    rules.send(say.returned('c1'));
    tell(
      [
        [0, say.start, 'loading script', ['connect']],
        [0, say.loaded, 'loading auth', ['ready']],
        [0, say.authReady(false), 'loading first-call', []],
        [300, say.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']],
        [700, say.authenticated(first), 'signed-in', ['token j1 sign-in', 'signed-in', 'test-frame']],
      ],
      rules,
    );
  });

  it('a silent sign-in has nothing to learn, nor has a page that method no frames', () => {
    const silent = tell(
      [
        [500, say.pluginCalled(1), 'reauthenticating code silent', ['code silent']],
        [800, say.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
      ],
      signedIn(),
    );
    silent.now += 300;
    expect(silent.send(say.authenticated(jwt('j2', life, t0 + 800))).map(wordsOf)).to.not.include('test-frame');

    const popup = signedIn(new Rules(configOf({ signInModes: ['popup'] })));
    popup.send(say.pluginCalled(1));
    popup.send(say.signIn(1));
    popup.send(say.codeReceived('c1'));
    expect(popup.send(say.authenticated(jwt('j2', life, t0 + 800))).map(wordsOf)).to.not.include('test-frame');
  });

  it('a code that is wanted ends the test: never two attempts at once', () => {
    const rules = signedInByPopup();
    const operationId = rules.testTicket;
    rules.now = t0 + 8700;
    expect(
      rules.send(say.pluginCalled(2)).filter((effect) => effect.do === 'cancel' || effect.do === 'code'),
    ).to.have.lengthOf(1);
    expect(rules.model.frameTest).to.equal(undefined);
    // Its answer, should one still come, is nobody's any more.
    expect(rules.send({ type: 'frame-tested', operationId, verdict: 'login-required' }).map(wordsOf)).to.eql([]);
    expect(phaseOf(rules.model)).to.equal('reauthenticating code silent');
  });

  it('J4: tells the other tabs that refreshing early brings the same JWT', () => {
    const rules = signedIn();
    rules.now = t0 + rules.due;
    rules.send(say.tick);
    rules.now += 300;
    rules.send(say.authenticated(first));
    expect(rules.record.sameWhileValid).to.equal(true);
  });

  it('J4: starts with what other tabs have learnt of refreshing early', () => {
    const rules = new Rules();
    rules.record = { sameWhileValid: true };
    expect(signedIn(rules).due).to.equal(life + 500);
  });
});
