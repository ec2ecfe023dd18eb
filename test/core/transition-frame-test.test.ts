import { expect } from '@open-wc/testing';
import type { ErrorCode } from '../../src/core/errors.js';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import { firstJwt, lifetime, signedIn } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, Rules, runRows, textOf } from '../support/harness-rules.js';

/** The silent attempt failed with login-required, then the person signed in by popup. A frame test follows. */
const signedInByPopup = (rules = new Rules()): Rules =>
  runRows(
    [
      [0, inputs.start, 'loading script', ['connect']],
      [0, inputs.loaded, 'loading auth', ['ready']],
      [0, inputs.authReady(false), 'loading first-call', []],
      [100, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [500, inputs.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
      [900, inputs.signIn(1), 'signing-in code popup', ['code popup']],
      [8000, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
      [
        8500,
        inputs.authenticated(firstJwt),
        'signed-in',
        ['token j1 sign-in', 'share signed-in', 'show messenger', 'signed-in', 'test-frame', 'resolve 1 j1'],
      ],
    ],
    rules,
  );

describe('the test of hidden frames', () => {
  const verdicts: ReadonlyArray<readonly ['code' | ErrorCode, string | undefined]> = [
    ['code', 'remember frames usable'],
    ['login-required', 'remember frames unusable'],
    ['silent-refused', 'remember frames unusable'],
    ['silent-timeout', 'remember frames unusable'],
    ['discovery-failed', undefined],
    ['provider-error', undefined],
    ['offline', undefined],
  ];
  for (const [verdict, remembered] of verdicts) {
    it(`J16: ${verdict} after a sign-in: ${remembered ?? 'nothing to remember'}`, () => {
      runRows(
        [[9000, inputs.frameTested(verdict), 'signed-in', remembered === undefined ? [] : [remembered]]],
        signedInByPopup(),
      );
    });
  }

  it('J16: no silent attempt starts where frames are known not to work', () => {
    const rules = new Rules();
    rules.framesUnusable = true;
    runRows(
      [
        [0, inputs.start, 'loading script', ['connect']],
        [0, inputs.loaded, 'loading auth', ['ready']],
        [0, inputs.authReady(false), 'loading first-call', []],
        [100, inputs.pluginCalled(1), 'interaction-required login-required', ['prepare']],
        [20_000, inputs.wake, 'interaction-required login-required', []],
      ],
      rules,
    );
    expect(rules.model.trace).to.eql([{ rung: 'silent', verdict: 'skipped', ms: 0 }]);
  });

  it('J16: every interactive sign-in repeats the test, because the result may be outdated', () => {
    const rules = new Rules();
    rules.framesUnusable = true;
    runRows(
      [
        [0, inputs.start, 'loading script', ['connect']],
        [0, inputs.loaded, 'loading auth', ['ready']],
        [0, inputs.authReady(false), 'loading first-call', []],
        [100, inputs.pluginCalled(1), 'interaction-required login-required', ['prepare']],
        [900, inputs.signIn(1), 'signing-in code popup', ['code popup']],
        [8000, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
        [
          8500,
          inputs.authenticated(firstJwt),
          'signed-in',
          ['token j1 sign-in', 'signed-in', 'test-frame', 'resolve 1 j1'],
        ],
        [9000, inputs.frameTested('code'), 'signed-in', ['remember frames usable']],
      ],
      rules,
    );
    expect(rules.framesUnusable).to.equal(false);
  });

  it('follows a sign-in by redirect, too', () => {
    const rules = new Rules();
    rules.send(inputs.redirectReturned('c1'));
    runRows(
      [
        [0, inputs.start, 'loading script', ['connect']],
        [0, inputs.loaded, 'loading auth', ['ready']],
        [0, inputs.authReady(false), 'loading first-call', []],
        [300, inputs.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']],
        [700, inputs.authenticated(firstJwt), 'signed-in', ['token j1 sign-in', 'signed-in', 'test-frame']],
      ],
      rules,
    );
  });

  it('does not follow a silent sign-in, nor a sign-in where the silent rung is not allowed', () => {
    const silent = runRows(
      [
        [500, inputs.pluginCalled(1), 'reauthenticating code silent', ['code silent']],
        [800, inputs.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
      ],
      signedIn(),
    );
    silent.now += 300;
    expect(silent.send(inputs.authenticated(jwt('j2', lifetime, t0 + 800))).map(textOf)).to.not.include('test-frame');

    const popup = signedIn(new Rules(configOf({ signInModes: ['popup'] })));
    popup.send(inputs.pluginCalled(1));
    popup.send(inputs.signIn(1));
    popup.send(inputs.codeReceived('c1'));
    expect(popup.send(inputs.authenticated(jwt('j2', lifetime, t0 + 800))).map(textOf)).to.not.include('test-frame');
  });

  it('is cancelled when a call needs a code, so that two attempts never run at once', () => {
    const rules = signedInByPopup();
    const operationId = rules.frameTestOperationId;
    rules.now = t0 + 8700;
    expect(
      rules.send(inputs.pluginCalled(2)).filter((effect) => effect.do === 'cancel' || effect.do === 'code'),
    ).to.have.lengthOf(1);
    expect(rules.model.frameTest).to.equal(undefined);
    // A late result of the cancelled test has no effect.
    expect(rules.send({ type: 'frame-tested', operationId, verdict: 'login-required' }).map(textOf)).to.eql([]);
    expect(phaseOf(rules.model)).to.equal('reauthenticating code silent');
  });

  it('J4: the other tabs are told that an early refresh returns the same JWT', () => {
    const rules = signedIn();
    rules.now = t0 + rules.due;
    rules.send(inputs.tick);
    rules.now += 300;
    rules.send(inputs.authenticated(firstJwt));
    expect(rules.record.sameWhileValid).to.equal(true);
  });

  it('J4: a new tab reads from the shared record that an early refresh returns the same JWT', () => {
    const rules = new Rules();
    rules.record = { sameWhileValid: true };
    expect(signedIn(rules).due).to.equal(lifetime + 500);
  });
});
