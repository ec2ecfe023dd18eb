import { expect } from '@open-wc/testing';
import { publicState } from '../../src/core/model.js';
import { lifetime, secondJwt, signedIn, withExpiredJwt } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { runRows } from '../support/harness-rules.js';

describe('a sign-out', () => {
  it('J15: signs out at Genesys, then settles the callers', () => {
    runRows(
      [
        [1000, inputs.signOut(1), 'signing-out logout', ['Auth.logout']],
        [1100, inputs.signOut(2), 'signing-out logout', []],
        [1300, inputs.commandResolved, 'signed-out user', ['signed-out user', 'resolve 1', 'resolve 2']],
        [1310, inputs.loggedOut, 'signed-out user', []],
      ],
      signedIn(),
    );
  });

  it('J15: succeeds with Auth.loggedOut, too', () => {
    runRows(
      [
        [1000, inputs.signOut(1), 'signing-out logout', ['Auth.logout']],
        [1300, inputs.loggedOut, 'signed-out user', ['signed-out user', 'resolve 1']],
        [1310, inputs.commandResolved, 'signed-out user', []],
      ],
      signedIn(),
    );
  });

  it('J15: continues at the provider after Genesys', () => {
    runRows(
      [
        [1000, inputs.signOut(1, true), 'signing-out logout', ['Auth.logout']],
        [1300, inputs.commandResolved, 'signed-out user', ['signed-out user', 'end-session 1']],
      ],
      signedIn(),
    );
  });

  it('J15: continues at the provider when only the second call requests it', () => {
    runRows(
      [
        [1000, inputs.signOut(1), 'signing-out logout', ['Auth.logout']],
        [1100, inputs.signOut(2, true), 'signing-out logout', []],
        [1300, inputs.commandResolved, 'signed-out user', ['signed-out user', 'end-session 1', 'end-session 2']],
      ],
      signedIn(),
    );
  });

  it('J15: continues at the provider when only the first call requests it', () => {
    runRows(
      [
        [1000, inputs.signOut(1, true), 'signing-out logout', ['Auth.logout']],
        [1100, inputs.signOut(2), 'signing-out logout', []],
        [1300, inputs.commandResolved, 'signed-out user', ['signed-out user', 'end-session 1', 'end-session 2']],
      ],
      signedIn(),
    );
  });

  it('J15: refreshes an expired JWT first, because Genesys needs a valid one', () => {
    runRows(
      [
        [lifetime, inputs.signOut(1), 'signing-out refresh', ['Auth.refreshToken']],
        [lifetime + 100, inputs.authenticated(secondJwt), 'signing-out refresh', []],
        [lifetime + 200, inputs.commandResolved, 'signing-out logout', ['Auth.logout']],
        [lifetime + 500, inputs.commandResolved, 'signed-out user', ['signed-out user', 'resolve 1']],
      ],
      withExpiredJwt(),
    );
  });

  it('J15: continues when that refresh is refused: Genesys knows no session that could be ended', () => {
    runRows(
      [
        [lifetime, inputs.signOut(1), 'signing-out refresh', ['Auth.refreshToken']],
        [lifetime + 200, inputs.commandRejected({ status: 401 }), 'signing-out logout', ['Auth.logout']],
        [lifetime + 500, inputs.commandRejected({ status: 401 }), 'signed-out user', ['signed-out user', 'resolve 1']],
      ],
      withExpiredJwt(),
    );
  });

  it('J15: continues when that refresh does not settle', () => {
    runRows(
      [
        [lifetime, inputs.signOut(1), 'signing-out refresh', ['Auth.refreshToken']],
        [lifetime + 4000, inputs.tick, 'signing-out logout', ['Auth.logout']],
        [lifetime + 4100, inputs.commandResolved, 'signed-out user', ['signed-out user', 'resolve 1']],
      ],
      withExpiredJwt(),
    );
  });

  it('J15: refreshes once after an unexpected 401', () => {
    runRows(
      [
        [1000, inputs.signOut(1), 'signing-out logout', ['Auth.logout']],
        [1100, inputs.commandRejected({ status: 401 }), 'signing-out refresh', ['Auth.refreshToken']],
        [1400, inputs.commandResolved, 'signing-out logout', ['Auth.logout']],
        [
          1500,
          inputs.commandRejected({ status: 401, message: 'no' }),
          'failed logout-failed',
          ['hide messenger', 'report logout-failed', 'reject 1 logout-failed'],
        ],
      ],
      signedIn(),
    );
  });

  it('J15: fails when Genesys does not answer', () => {
    runRows(
      [
        [1000, inputs.signOut(1), 'signing-out logout', ['Auth.logout']],
        [
          7000,
          inputs.tick,
          'failed logout-failed',
          ['hide messenger', 'report logout-failed', 'reject 1 logout-failed'],
        ],
      ],
      signedIn(),
    );
  });

  it('J15: ends the session at the provider even if Genesys did not confirm', () => {
    runRows(
      [
        [1000, inputs.signOut(1, true), 'signing-out logout', ['Auth.logout']],
        [
          1100,
          inputs.commandRejected({ status: 500 }),
          'failed logout-failed',
          ['hide messenger', 'end-session 1', 'report logout-failed'],
        ],
      ],
      signedIn(),
    );
  });

  it('J15: reports Genesys’ reason', () => {
    const rules = signedIn();
    rules.send(inputs.signOut(1));
    const effects = rules.send(inputs.commandRejected({ status: 500, message: 'broken' }));
    const report = effects.find((effect) => effect.do === 'report');
    expect(report?.error.message).to.equal('Genesys did not confirm the sign-out (500 broken).');
  });

  it('shows only after Genesys has confirmed it', () => {
    const rules = signedIn();
    rules.send(inputs.signOut(1));
    expect(publicState(rules.model)).to.equal('signed-in');
    const expired = withExpiredJwt();
    expired.send(inputs.signOut(1));
    expect(publicState(expired.model)).to.equal('renewing');
  });

  it('succeeds at once when nobody is signed in, without an event', () => {
    const rules = runRows([
      [0, inputs.start, 'loading script', ['connect']],
      [0, inputs.loadedForStepUp, 'loading auth', ['ready']],
      [0, inputs.authReady(false), 'loading first-call', []],
      [1000, inputs.tick, 'signed-out', []],
      [2000, inputs.signOut(1), 'signed-out user', ['resolve 1']],
      [2100, inputs.signOut(2, true), 'signed-out user', ['end-session 2']],
    ]);
    expect(rules.due).to.equal(Infinity);
  });

  it('J15: in another tab signs this tab out', () => {
    runRows(
      [
        [500, inputs.refresh(1), 'renewing', ['Auth.refreshToken']],
        [600, inputs.pluginCalled(1), 'renewing', []],
        [
          1000,
          inputs.loggedOut,
          'signed-out other-tab',
          ['signed-out other-tab', 'refuse 1 login-required', 'reject 1 login-required'],
        ],
        [1100, inputs.loggedOut, 'signed-out other-tab', []],
        [1200, inputs.commandResolved, 'signed-out other-tab', []],
        [1300, inputs.pluginCalled(2), 'signed-out other-tab', ['refuse 2 login-required']],
      ],
      signedIn(),
    );
  });

  it('in another tab does not cancel a first sign-in', () => {
    runRows([
      [0, inputs.start, 'loading script', ['connect']],
      [0, inputs.loaded, 'loading auth', ['ready']],
      [0, inputs.authReady(false), 'loading first-call', []],
      [100, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [200, inputs.loggedOut, 'signing-in code silent', []],
    ]);
  });

  it('allows a new sign-in without a reload', () => {
    runRows(
      [
        [1000, inputs.signOut(1), 'signing-out logout', ['Auth.logout']],
        [1300, inputs.commandResolved, 'signed-out user', ['signed-out user', 'resolve 1']],
        [5000, inputs.signIn(2), 'signing-in code popup', ['code popup']],
        [9000, inputs.codeReceived('c1'), 'signing-in code-ready', ['Auth.getTokens']],
        [9100, inputs.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']],
        [9500, inputs.authenticated(secondJwt), 'signed-in', ['token j2 sign-in', 'signed-in', 'resolve 2 j2']],
      ],
      signedIn(),
    );
  });

  it('makes refresh() reject, and reauthenticate() get a new code in a click', () => {
    const rules = runRows(
      [
        [1000, inputs.signOut(1), 'signing-out logout', ['Auth.logout']],
        [1300, inputs.commandResolved, 'signed-out user', ['signed-out user', 'resolve 1']],
        [2000, inputs.refresh(2), 'signed-out user', ['reject 2 login-required']],
        [2500, inputs.reauthenticate(3), 'signed-out user', ['reject 3 login-required']],
      ],
      signedIn(),
    );
    rules.activated = true;
    runRows([[3000, inputs.reauthenticate(4), 'signing-in code silent', ['code silent']]], rules);
  });
});
