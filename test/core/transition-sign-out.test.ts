import { expect } from '@open-wc/testing';
import { publicState } from '../../src/core/model.js';
import { t0 } from '../support/fixtures.js';
import { life, first, second, atLoad, signedIn } from '../support/fixtures-signed-in.js';
import * as say from '../support/harness-rules.js';
import { phaseOf, tell, wordsOf } from '../support/harness-rules.js';
import type { Rules } from '../support/harness-rules.js';

/** Signed in with a JWT that has died: nobody saw the page meanwhile. */
function withDeadJwt(): Rules {
  const rules = signedIn();
  rules.visible = false;
  rules.now = t0 + life;
  return rules;
}

describe('the rules of signing out', () => {
  it('J15: Genesys first, then whoever waits is told', () => {
    tell(
      [
        [1000, say.signOut(1), 'signing-out logout', ['Auth.logout']],
        [1100, say.signOut(2), 'signing-out logout', []],
        [1300, say.resolved, 'signed-out user', ['signed-out user', 'resolve 1', 'resolve 2']],
        [1310, say.loggedOut, 'signed-out user', []],
      ],
      signedIn(),
    );
  });

  it('J15: the event counts as much as the answer', () => {
    tell(
      [
        [1000, say.signOut(1), 'signing-out logout', ['Auth.logout']],
        [1300, say.loggedOut, 'signed-out user', ['signed-out user', 'resolve 1']],
        [1310, say.resolved, 'signed-out user', []],
      ],
      signedIn(),
    );
  });

  it('J15: the provider after Genesys', () => {
    tell(
      [
        [1000, say.signOut(1, true), 'signing-out logout', ['Auth.logout']],
        [1300, say.resolved, 'signed-out user', ['signed-out user', 'end-session 1']],
      ],
      signedIn(),
    );
  });

  it('J15: the provider too when the second call method that', () => {
    tell(
      [
        [1000, say.signOut(1), 'signing-out logout', ['Auth.logout']],
        [1100, say.signOut(2, true), 'signing-out logout', []],
        [1300, say.resolved, 'signed-out user', ['signed-out user', 'end-session 1', 'end-session 2']],
      ],
      signedIn(),
    );
  });

  it('J15: the provider still when a second call does not call for it', () => {
    tell(
      [
        [1000, say.signOut(1, true), 'signing-out logout', ['Auth.logout']],
        [1100, say.signOut(2), 'signing-out logout', []],
        [1300, say.resolved, 'signed-out user', ['signed-out user', 'end-session 1', 'end-session 2']],
      ],
      signedIn(),
    );
  });

  it('J15: a dead JWT is refreshed first, because revoking needs a live one', () => {
    tell(
      [
        [life, say.signOut(1), 'signing-out refresh', ['Auth.refreshToken']],
        [life + 100, say.authenticated(second), 'signing-out refresh', []],
        [life + 200, say.resolved, 'signing-out logout', ['Auth.logout']],
        [life + 500, say.resolved, 'signed-out user', ['signed-out user', 'resolve 1']],
      ],
      withDeadJwt(),
    );
  });

  it('J15: it goes on when that refresh is refused', () => {
    tell(
      [
        [life, say.signOut(1), 'signing-out refresh', ['Auth.refreshToken']],
        [life + 200, say.rejected({ status: 401 }), 'signing-out logout', ['Auth.logout']],
        [life + 500, say.rejected({ status: 401 }), 'signed-in', ['report logout-failed', 'reject 1 logout-failed']],
      ],
      withDeadJwt(),
    );
  });

  it('J15: it goes on when that refresh hangs', () => {
    tell(
      [
        [life, say.signOut(1), 'signing-out refresh', ['Auth.refreshToken']],
        [life + 4000, say.tick, 'signing-out logout', ['Auth.logout']],
        [life + 4100, say.resolved, 'signed-out user', ['signed-out user', 'resolve 1']],
      ],
      withDeadJwt(),
    );
  });

  it('J15: a 401 although the JWT seemed alive is answered by one refresh', () => {
    tell(
      [
        [1000, say.signOut(1), 'signing-out logout', ['Auth.logout']],
        [1100, say.rejected({ status: 401 }), 'signing-out refresh', ['Auth.refreshToken']],
        [1400, say.resolved, 'signing-out logout', ['Auth.logout']],
        [
          1500,
          say.rejected({ status: 401, message: 'no' }),
          'signed-in',
          ['report logout-failed', 'reject 1 logout-failed'],
        ],
      ],
      signedIn(),
    );
  });

  it('J15: a sign-out that hangs ends', () => {
    tell(
      [
        [1000, say.signOut(1), 'signing-out logout', ['Auth.logout']],
        [7000, say.tick, 'signed-in', ['report logout-failed', 'reject 1 logout-failed']],
      ],
      signedIn(),
    );
  });

  it('J15: the provider’s session is ended although Genesys did not confirm', () => {
    tell(
      [
        [1000, say.signOut(1, true), 'signing-out logout', ['Auth.logout']],
        [1100, say.rejected({ status: 500 }), 'signed-in', ['report logout-failed', 'end-session 1']],
      ],
      signedIn(),
    );
  });

  it('J15: says what Genesys said', () => {
    const rules = signedIn();
    rules.send(say.signOut(1));
    const [report] = rules.send(say.rejected({ status: 500, message: 'broken' }));
    expect(report?.do === 'report' && report.error.message).to.equal(
      'Genesys did not confirm the sign-out (500 broken).',
    );
  });

  it('shows a sign-out only once Genesys confirmed it', () => {
    const rules = signedIn();
    rules.send(say.signOut(1));
    expect(publicState(rules.model)).to.equal('signed-in');
    const dead = withDeadJwt();
    dead.send(say.signOut(1));
    expect(publicState(dead.model)).to.equal('renewing');
  });

  it('whoever else waits is told, and nothing begins meanwhile', () => {
    tell(
      [
        [500, say.refresh(1), 'renewing', ['Auth.refreshToken']],
        [1000, say.signOut(2), 'signing-out logout', ['Auth.logout']],
        [1010, say.signIn(3), 'signing-out logout', ['reject 3 login-required']],
        [1011, say.refresh(4), 'signing-out logout', ['reject 4 login-required']],
        [1012, say.reauthenticate(5), 'signing-out logout', ['reject 5 login-required']],
        [1013, say.pluginCalled(1), 'signing-out logout', ['refuse 1 login-required']],
        [1014, say.reconnecting, 'signing-out logout', []],
        [1015, say.wake, 'signing-out logout', []],
        [1300, say.resolved, 'signed-out user', ['signed-out user', 'reject 1 login-required', 'resolve 2']],
      ],
      signedIn(),
    );
  });

  it('whoever else waits is told when Genesys does not confirm', () => {
    const rules = tell(
      [
        [500, say.refresh(1), 'renewing', ['Auth.refreshToken']],
        [1000, say.signOut(2), 'signing-out logout', ['Auth.logout']],
      ],
      signedIn(),
    );
    rules.now = t0 + 1100;
    rules.send(say.rejected({ status: 500 }));
    expect(rules.model.callers).to.eql([]);
  });

  it('a call of before is not left to itself when Genesys does not confirm', () => {
    const rules = tell(
      [
        [500, say.refresh(1), 'renewing', ['Auth.refreshToken']],
        [600, say.pluginCalled(1), 'renewing', []],
        [1000, say.signOut(2), 'signing-out logout', ['Auth.logout']],
      ],
      signedIn(),
    );
    rules.now = t0 + 1100;
    rules.send(say.rejected({ status: 500 }));
    const served = rules.model.calls.length === 0 || phaseOf(rules.model).includes('code');
    expect(served, 'refused or served').to.equal(true);
  });

  it('nobody signed in is signed out at once, silently', () => {
    const rules = tell([
      [0, say.start, 'loading script', ['connect']],
      [0, say.loadedForStepUp, 'loading auth', ['ready']],
      [0, say.authReady(false), 'loading first-call', []],
      [1000, say.tick, 'signed-out', []],
      [2000, say.signOut(1), 'signed-out user', ['resolve 1']],
      [2100, say.signOut(2, true), 'signed-out user', ['end-session 2']],
    ]);
    expect(rules.due).to.equal(Infinity);
  });

  it('an attempt under way is dropped', () => {
    tell([
      [0, say.start, 'loading script', ['connect']],
      [0, say.loaded, 'loading auth', ['ready']],
      [0, say.authReady(false), 'loading first-call', []],
      [100, say.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [200, say.signIn(1), 'signing-in code popup', ['cancel', 'code popup']],
      [
        300,
        say.signOut(2),
        'signed-out user',
        ['cancel', 'signed-out user', 'refuse 1 login-required', 'reject 1 login-required', 'resolve 2'],
      ],
      [400, say.pluginCalled(2), 'signed-out user', ['refuse 2 login-required']],
      [9000, say.signIn(3), 'signing-in code popup', ['code popup']],
    ]);
  });

  it('is not undone by a stored JWT that is reported a moment later', () => {
    const rules = tell(atLoad);
    const effects = rules.send(say.signOut(1)).map(wordsOf);
    rules.now = t0 + 20;
    effects.push(...rules.send(say.authenticated(first)).map(wordsOf));
    expect(effects, 'Genesys is told').to.include('Auth.logout');
    expect(phaseOf(rules.model)).to.not.equal('signed-in');
  });

  for (const [name, end] of [
    ['refuses', (rules: Rules) => rules.send(say.rejected({ message: 'Not authenticated' }))],
    ['says nothing', (rules: Rules) => ((rules.now = t0 + 400 + 6_000), rules.send(say.tick))],
  ] as const) {
    for (const rows of [atLoad.slice(0, 1), atLoad.slice(0, 2), atLoad]) {
      it(`while it loads (${rows.length}): nobody is signed in when Messenger ${name}`, () => {
        const rules = tell(rows);
        rules.send(say.signOut(1));
        end(rules);
        expect(rules.model.token).to.equal(undefined);
        expect(publicState(rules.model)).to.not.equal('signed-in');
      });
    }
  }

  it('is not undone by an exchange that was under way', () => {
    const rules = tell([
      [0, say.start, 'loading script', ['connect']],
      [0, say.loaded, 'loading auth', ['ready']],
      [0, say.authReady(false), 'loading first-call', []],
      [100, say.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [400, say.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
      [410, say.authenticating, 'signing-in exchange', []],
    ]);
    const effects = rules.send(say.signOut(1)).map(wordsOf);
    rules.now = t0 + 700;
    effects.push(...rules.send(say.authenticated(first)).map(wordsOf));
    expect(effects, 'Genesys is told').to.include('Auth.logout');
    expect(phaseOf(rules.model)).to.not.equal('signed-in');
  });

  it('is told once, and shows no one signed in, when an exchange ends after it', () => {
    const rules = tell([
      [0, say.start, 'loading script', ['connect']],
      [0, say.loaded, 'loading auth', ['ready']],
      [0, say.authReady(false), 'loading first-call', []],
      [100, say.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [400, say.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
    ]);
    const told: string[] = [];
    for (const input of [say.signOut(1), say.resolved, say.authenticated(first), say.resolved, say.loggedOut]) {
      rules.now += 100;
      told.push(...rules.send(input).map(wordsOf));
      if (told.includes('resolve 1')) expect(publicState(rules.model)).to.equal('signed-out');
    }
    expect(told.filter((words) => words.startsWith('signed-out'))).to.eql(['signed-out user']);
    expect(told.filter((words) => words === 'Auth.logout').length).to.be.at.least(1);
  });

  it('J15: a sign-out in another tab signs this one out', () => {
    tell(
      [
        [500, say.refresh(1), 'renewing', ['Auth.refreshToken']],
        [600, say.pluginCalled(1), 'renewing', []],
        [
          1000,
          say.loggedOut,
          'signed-out other-tab',
          ['signed-out other-tab', 'refuse 1 login-required', 'reject 1 login-required'],
        ],
        [1100, say.loggedOut, 'signed-out other-tab', []],
        [1200, say.resolved, 'signed-out other-tab', []],
        [1300, say.pluginCalled(2), 'signed-out other-tab', ['refuse 2 login-required']],
      ],
      signedIn(),
    );
  });

  it('a sign-out elsewhere means nothing to a first sign-in', () => {
    tell([
      [0, say.start, 'loading script', ['connect']],
      [0, say.loaded, 'loading auth', ['ready']],
      [0, say.authReady(false), 'loading first-call', []],
      [100, say.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [200, say.loggedOut, 'signing-in code silent', []],
    ]);
  });

  it('signs in again without a reload', () => {
    tell(
      [
        [1000, say.signOut(1), 'signing-out logout', ['Auth.logout']],
        [1300, say.resolved, 'signed-out user', ['signed-out user', 'resolve 1']],
        [5000, say.signIn(2), 'signing-in code popup', ['code popup']],
        [9000, say.codeReceived('c1'), 'signing-in code-ready', ['Auth.getTokens']],
        [9100, say.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']],
        [9500, say.authenticated(second), 'signed-in', ['token j2 sign-in', 'signed-in', 'resolve 2 j2']],
      ],
      signedIn(),
    );
  });

  it('refreshing and re-authenticating after a sign-out', () => {
    tell(
      [
        [1000, say.signOut(1), 'signing-out logout', ['Auth.logout']],
        [1300, say.resolved, 'signed-out user', ['signed-out user', 'resolve 1']],
        [2000, say.refresh(2), 'signed-out user', ['reject 2 login-required']],
        [3000, say.reauthenticate(3), 'signing-in code silent', ['code silent']],
      ],
      signedIn(),
    );
  });
});
