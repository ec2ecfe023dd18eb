import { expect } from '@open-wc/testing';
import type { Effect } from '../../src/core/effect.js';
import { publicState } from '../../src/core/model.js';
import { fingerprint } from '../../src/core/person-fingerprint.js';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import { due, firstJwt, lifetime, minute, renewInOtherTab, signedIn } from '../support/fixtures-signed-in.js';
import { personChanged } from '../support/fixtures-person-changed.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { Rules } from '../support/harness-rules.js';
import type { InputOrFactory } from '../support/harness-rules.js';

type Step = readonly [at: number, input: InputOrFactory, stateAndReason: string];

/** Applies the inputs in order, and checks what `gc-state-change` would say after each: state and reason. */
function runSteps(steps: readonly Step[], rules = new Rules()): Rules {
  const told = steps.map(([at, input]) => {
    rules.now = t0 + at;
    rules.send(input);
    return [at, `${publicState(rules.model)}: ${rules.model.reason}`];
  });
  expect(told).to.eql(steps.map(([at, , stateAndReason]) => [at, stateAndReason]));
  return rules;
}

const loading: readonly Step[] = [
  [0, inputs.start, 'loading: start'],
  [0, inputs.loaded, 'loading: loaded'],
];

const nobody: readonly Step[] = [...loading, [0, inputs.authReady(false), 'loading: auth-ready']];

describe('the reason of a state', () => {
  it('is what Messenger said: a stored JWT', () => {
    runSteps([
      ...loading,
      [0, inputs.authReady(true), 'loading: auth-ready'],
      [100, inputs.authenticated(firstJwt), 'signed-in: restored'],
    ]);
  });

  it('is a stored JWT that nobody has told of', () => {
    const steps: Step[] = [...loading, [0, inputs.authReady(true), 'loading: auth-ready']];
    runSteps([...steps, [5_000, inputs.tick, 'renewing: unknown-jwt']]);
    runSteps([...steps, [5_000, inputs.tick, 'signed-in: stored-jwt']], new Rules(configOf({ renew: 'off' })));
  });

  it('is a stored JWT that has expired', () => {
    runSteps([
      ...loading,
      [0, inputs.authReady(true), 'loading: auth-ready'],
      [100, inputs.authenticated(jwt('old', lifetime, t0 - 2 * lifetime)), 'renewing: expired'],
    ]);
  });

  it('is the call of Messenger, the code, its exchange, and the sign-in', () => {
    runSteps([
      ...nobody,
      [100, inputs.pluginCalled(1), 'signing-in: getAuthCode'],
      [200, inputs.codeReceived('c1'), 'signing-in: code'],
      [300, inputs.authenticating, 'signing-in: authenticating'],
      [400, inputs.authenticated(firstJwt), 'signed-in: sign-in'],
    ]);
  });

  it('is the first call, which Messenger was asked for', () => {
    runSteps([
      ...nobody,
      [1_000, inputs.tick, 'signing-in: first-call'],
      [4_000, inputs.tick, 'signing-in: awaiting-call'],
      [4_100, inputs.codeReceived('c1'), 'signing-in: code'],
      [9_100, inputs.tick, 'failed: reauthenticate-ignored'],
      [9_200, inputs.retry, 'signing-in: retry'],
    ]);
  });

  it('is a code that Messenger ignores', () => {
    runSteps([
      ...nobody,
      [100, inputs.pluginCalled(1), 'signing-in: getAuthCode'],
      [200, inputs.codeReceived('c1'), 'signing-in: code'],
      [1_700, inputs.tick, 'signing-in: code-ignored'],
    ]);
  });

  it('is a code that was used before', () => {
    runSteps([
      ...nobody,
      [100, inputs.pluginCalled(1), 'signing-in: getAuthCode'],
      [200, inputs.codeReceived('c1'), 'signing-in: code'],
      [300, inputs.codeAlreadyUsed(1), 'signing-in: already-used'],
    ]);
  });

  it('is an exchange that failed, until the next one', () => {
    runSteps([
      ...nobody,
      [100, inputs.pluginCalled(1), 'signing-in: getAuthCode'],
      [200, inputs.codeReceived('c1'), 'signing-in: code'],
      [300, inputs.authError({ status: 400 }), 'signing-in: exchange-failed'],
      [800, inputs.tick, 'signing-in: exchange-failed'],
      [900, inputs.pluginCalled(2, 'reAuthenticate'), 'signing-in: reAuthenticate'],
    ]);
  });

  it('is the error that a person must act on, then their click', () => {
    runSteps([
      ...nobody,
      [100, inputs.pluginCalled(1), 'signing-in: getAuthCode'],
      [200, inputs.codeFailed('login-required'), 'interaction-required: login-required'],
      [300, inputs.signIn(1), 'signing-in: sign-in'],
      [400, inputs.dismiss, 'interaction-required: popup-closed'],
      [500, inputs.dismiss, 'signed-out: dismissed'],
      [600, inputs.signIn(2), 'signing-in: sign-in'],
    ]);
  });

  it('is the click where only silent attempts are allowed', () => {
    runSteps(
      [...nobody, [100, inputs.signIn(1), 'signing-in: sign-in']],
      new Rules(configOf({ signInModes: ['silent'] })),
    );
  });

  it('is an anonymous conversation', () => {
    runSteps([
      [0, inputs.start, 'loading: start'],
      [0, inputs.loadedForStepUp, 'loading: loaded'],
      [0, inputs.authReady(false), 'loading: auth-ready'],
      [1_000, inputs.tick, 'signed-out: anonymous'],
      [2_000, inputs.pluginCalled(1, 'signIn'), 'signing-in: signIn'],
      [2_100, inputs.codeReceived('c1'), 'signing-in: code'],
      [2_200, inputs.authenticated(firstJwt), 'signed-in: step-up'],
    ]);
  });

  it('is a renewal that is due, then how it ended', () => {
    runSteps(
      [
        [due, inputs.tick, 'renewing: due'],
        [due + 100, inputs.commandRejected({ status: 503 }), 'signed-in: refresh-failed'],
        [due + 200, inputs.wake, 'renewing: wake'],
        [due + 300, inputs.commandResolved, 'renewing: wake'],
        [due + 400, inputs.authenticated(jwt('j2', lifetime, t0 + due)), 'signed-in: refresh'],
      ],
      signedIn(),
    );
  });

  it('is the next try of a renewal without a valid JWT, until Messenger is asked for a code', () => {
    const rules = signedIn();
    rules.now = t0 + lifetime + minute;
    rules.send(inputs.wake);
    const told: string[] = [];
    for (let tries = 1; tries <= 3; tries++) {
      rules.send(inputs.commandRejected({ status: 503 }));
      rules.now = t0 + rules.due;
      rules.send(inputs.tick);
      told.push(rules.model.reason);
    }
    expect(told).to.eql(['due', 'due', 'due']);
    rules.send(inputs.commandRejected({ status: 503 }));
    expect([publicState(rules.model), rules.model.reason]).to.eql(['reauthenticating', 'refresh-failed']);
  });

  it('is a sign-out that had to be completed, then the first call', () => {
    const rules = new Rules();
    const person = fingerprint(firstJwt.claims, 0)!;
    rules.record = { signOut: { at: t0 - 1_000, pending: true, person }, person };
    rules.signOutAtLoad = t0 - 1_000;
    const steps: Step[] = [...loading, [0, inputs.authReady(true), 'loading: auth-ready']];
    runSteps(
      [
        ...steps,
        [100, inputs.authenticated(firstJwt), 'signed-out: sign-out'],
        [200, inputs.commandResolved, 'signing-in: first-call'],
      ],
      rules,
    );
  });

  it('is a renewal that brought the same JWT', () => {
    runSteps(
      [
        [due, inputs.tick, 'renewing: due'],
        [due + 100, inputs.authenticated(firstJwt), 'signed-in: same-jwt'],
      ],
      signedIn(),
    );
  });

  it('is a renewal that was refused, for which Messenger calls or is asked to', () => {
    const rules = runSteps(
      [
        [due, inputs.tick, 'renewing: due'],
        [due + 100, inputs.commandRejected({ status: 401 }), 'reauthenticating: refresh-failed'],
        [due + 500, inputs.tick, 'reauthenticating: refresh-failed'],
      ],
      signedIn(),
    );
    expect(rules.model.phase).to.include({ name: 'awaiting-call', callRequested: true });
  });

  it('is the method that the page called', () => {
    runSteps([[1_000, inputs.refresh(1), 'renewing: refresh']], signedIn());
    runSteps([[1_000, inputs.reauthenticate(1), 'reauthenticating: reauthenticate']], signedIn());
    const expired = signedIn();
    expired.model = { ...expired.model, allowSessionUpgrade: true };
    expired.visible = false;
    runSteps([[lifetime, inputs.stepUp(1), 'renewing: step-up']], expired);
    runSteps(
      [
        ...nobody,
        [100, inputs.pluginCalled(1), 'signing-in: getAuthCode'],
        [200, inputs.codeFailed('login-required'), 'interaction-required: login-required'],
        [300, inputs.reauthenticate(1), 'signing-in: reauthenticate'],
      ],
      new Rules(),
    );
  });

  it('is the new socket of Messenger, which needs a JWT', () => {
    const rules = signedIn();
    rules.visible = false;
    runSteps([[lifetime + minute, inputs.reconnecting, 'renewing: reconnecting']], rules);
  });

  it('is another tab', () => {
    const renewed = renewInOtherTab(signedIn(), minute);
    runSteps([[minute, inputs.tabMessage('renewed'), 'signed-in: other-tab']], renewed);
    runSteps(
      [
        [1_000, inputs.tabMessage('signed-out'), 'signed-out: other-tab'],
        [2_000, inputs.tabMessage('signed-in'), 'renewing: other-tab'],
      ],
      signedIn(),
    );
    const opened = runSteps(nobody);
    renewInOtherTab(opened, 500);
    runSteps([[1_000, inputs.tick, 'renewing: other-tab']], opened);
  });

  it('is the sign-out', () => {
    runSteps(
      [
        [1_000, inputs.signOut(1), 'signed-in: sign-out'],
        [1_100, inputs.commandResolved, 'signed-out: user'],
      ],
      signedIn(),
    );
    runSteps(
      [
        [1_000, inputs.signOut(1), 'signed-in: sign-out'],
        [7_000, inputs.tick, 'failed: logout-failed'],
        [8_000, inputs.retry, 'signed-out: sign-out'],
      ],
      signedIn(),
    );
    runSteps([[lifetime, inputs.signOut(1), 'renewing: sign-out']], signedIn());
  });

  it('is the other person', () => {
    const rules = personChanged();
    expect(rules.model.reason).to.equal('person-changed');
    runSteps([[1_100, inputs.commandResolved, 'signing-in: person-changed']], rules);
  });

  it('is the end of a cooldown', () => {
    const rules = signedIn();
    rules.now = t0 + 1_000;
    rules.model = { ...rules.model, loopEntries: Array.from({ length: 3 }, () => ['exchange', rules.now]) };
    rules.send(inputs.pluginCalled(1));
    expect(rules.model.reason).to.equal('loop-stopped');
    runSteps([[1_000 + 5 * minute, inputs.tick, 'reauthenticating: half-open']], rules);
  });
});

describe('the reason that codeProvider gets', () => {
  const codeEffect = (effects: readonly Effect[]): unknown => effects.find(({ do: what }) => what === 'code');

  it('is the call of Messenger', () => {
    expect(codeEffect(signedIn().send(inputs.pluginCalled(1, 'reAuthenticate')))).to.include({
      rung: 'silent',
      reason: 'reAuthenticate',
      windowOpen: false,
    });
  });

  it('is the sign-in, after a click', () => {
    const rules = new Rules(configOf({ signInModes: ['popup'] }));
    for (const input of [inputs.start, inputs.loaded, inputs.authReady(false)]) rules.send(input);
    expect(codeEffect(rules.send(inputs.signIn(1)))).to.include({ rung: 'popup', reason: 'sign-in' });
  });

  it('is the probe, which needs no window', () => {
    const rules = signedIn();
    rules.send(inputs.messengerOpened);
    const asked = codeEffect(rules.send(inputs.pluginCalled(1)));
    expect(asked).to.include({ reason: 'getAuthCode', windowOpen: true });
    rules.send(inputs.codeFailed('login-required'));
    rules.now += 10_000;
    expect(codeEffect(rules.send(inputs.wake))).to.include({ reason: 'probe', rung: 'silent', windowOpen: false });
  });

  it('tells whether the window of Messenger is open', () => {
    const rules = signedIn();
    rules.send(inputs.messengerOpened);
    rules.send({ type: 'window', open: false });
    rules.send({ type: 'event', name: 'Launcher.ready', data: undefined });
    expect(codeEffect(rules.send(inputs.pluginCalled(1)))).to.include({ windowOpen: false });
    const open = signedIn();
    open.send(inputs.messengerOpened);
    open.send({ type: 'event', name: 'Launcher.ready', data: undefined });
    expect(codeEffect(open.send(inputs.pluginCalled(1)))).to.include({ windowOpen: true });
  });
});
