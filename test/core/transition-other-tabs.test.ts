import { expect } from '@open-wc/testing';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import { due, first, life, minute, signedIn } from '../support/fixtures-signed-in.js';
import * as say from '../support/harness-rules.js';
import { phaseOf, Rules, tell, wordsOf } from '../support/harness-rules.js';
import { fingerprint } from '../../src/core/person-fingerprint.js';

const person = fingerprint(first.claims)!;

/** Another tab renewed at this moment, ms since the beginning, and wrote it down. */
function renewedAt(rules: Rules, at: number): Rules {
  rules.record = { ...rules.record, issuedAt: t0 + at, expiresAt: t0 + at + life, person };
  return rules;
}

describe('the rules among tabs', () => {
  it('tell the others what a restored, a renewed and a new JWT means to them', () => {
    const rules = new Rules();
    tell([[0, say.start, 'loading script', ['connect', 'warm']]], rules);
    tell(
      [
        [0, say.loaded, 'loading auth', ['ready']],
        [0, say.authReady(true), 'loading stored-jwt', []],
        [
          0,
          say.authenticated(first),
          'signed-in',
          ['token j1 restored', 'share nothing new', 'show messenger', 'signed-in'],
        ],
        [due, say.tick, 'renewing', ['Auth.refreshToken']],
        [due + 300, say.authenticated(jwt('j2', life, t0 + due)), 'signed-in', ['token j2 refresh', 'share renewed']],
      ],
      rules,
    );
    expect(rules.record).to.eql({
      issuedAt: t0 + due + 300,
      expiresAt: t0 + due + 300 + life,
      person,
      sameWhileValid: false,
    });
  });

  it('J22: a tab that hears of a renewal puts its own off', () => {
    const rules = renewedAt(signedIn(), due - 1000);
    tell([[due - 900, say.message('renewed'), 'signed-in', []]], rules);
    expect(rules.due).to.equal(due - 1000 + due);
    tell([[due - 1000 + due, say.tick, 'renewing', ['Auth.refreshToken']]], rules);
  });

  it('J22: a tab that heard nothing looks before it renews', () => {
    const rules = renewedAt(signedIn(), due - 1000);
    tell([[due, say.tick, 'signed-in', []]], rules);
    expect(rules.due).to.equal(due - 1000 + due);
  });

  it('J22: a tab that was hidden through several lives renews nothing that another has renewed', () => {
    const rules = signedIn();
    rules.visible = false;
    rules.now = t0 + 10 * life;
    renewedAt(rules, 10 * life - minute).visible = true;
    expect(rules.send(say.wake).map(wordsOf)).to.eql([]);
    expect(rules.due).to.equal(10 * life - minute + due);
  });

  it('J22: a tab whose turn comes after another has renewed gives it up', () => {
    const rules = signedIn();
    tell([[due, say.tick, 'renewing', ['Auth.refreshToken']]], rules);
    renewedAt(rules, due + 400);
    tell([[due + 500, say.renewedInOtherTab, 'signed-in', []]], rules);
    expect(rules.due).to.equal(due + 400 + due);
  });

  it('J6: a tab opened after the JWT expired calls for none of its own when another tab renewed meanwhile', () => {
    const rules = new Rules();
    const old = jwt('j0', life, t0 - 2 * life);
    tell(
      [
        [0, say.start, 'loading script', ['connect', 'warm']],
        [0, say.loaded, 'loading auth', ['ready']],
        [0, say.authReady(true), 'loading stored-jwt', []],
        [1, say.authenticated(old), 'renewing', ['Auth.refreshToken']],
      ],
      rules,
    );
    renewedAt(rules, 500);
    tell([[600, say.renewedInOtherTab, 'signed-in', ['show messenger', 'signed-in']]], rules);
    expect(rules.due).to.equal(500 + due);
  });

  it('J21: a clock that was wrong all along makes no new tab renew a JWT that another got just now', () => {
    const rules = renewedAt(new Rules(), -1000);
    tell(
      [
        [0, say.start, 'loading script', ['connect']],
        [0, say.loaded, 'loading auth', ['ready']],
        [0, say.authReady(true), 'loading stored-jwt', []],
        [1, say.authenticated(jwt('j0', life, t0 - 60 * minute)), 'signed-in', ['show messenger', 'signed-in']],
      ],
      rules,
    );
  });

  it('signIn() opens nothing where another tab holds the live JWT of the same person', () => {
    const rules = signedIn();
    rules.visible = false;
    renewedAt(rules, life);
    expect(rules.send(say.message('renewed')).map(wordsOf)).to.eql([]);
    rules.now = t0 + life + minute;
    expect(rules.send(say.signIn(1)).map(wordsOf)).to.eql(['resolve 1 j1']);
  });

  it('a page that waits for refresh() is told, although another tab renewed: it gets a JWT of its own', () => {
    const rules = signedIn();
    tell(
      [
        [due, say.tick, 'renewing', ['Auth.refreshToken']],
        [due + 1, say.refresh(1), 'renewing', []],
      ],
      rules,
    );
    renewedAt(rules, due + 400);
    tell(
      [
        [due + 500, say.renewedInOtherTab, 'renewing', ['Auth.refreshToken']],
        [due + 900, say.authenticated(jwt('j2', life, t0 + due)), 'signed-in', ['token j2 refresh', 'resolve 1 j2']],
      ],
      rules,
    );
  });

  it('a call that came while a tab waited for its turn is not forgotten', () => {
    const rules = signedIn();
    tell(
      [
        [due, say.tick, 'renewing', ['Auth.refreshToken']],
        [due + 1, say.pluginCalled(1), 'renewing', []],
      ],
      rules,
    );
    renewedAt(rules, due + 400);
    tell([[due + 500, say.renewedInOtherTab, 'reauthenticating code silent', ['code silent']]], rules);
  });

  it('a call that waits for the next try is served when another tab renews before', () => {
    const rules = signedIn();
    rules.now = t0 + life + minute;
    rules.send(say.wake);
    rules.send(say.rejected({ status: 503 }));
    expect(phaseOf(rules.model)).to.equal('renewing');
    rules.send(say.pluginCalled(1));
    renewedAt(rules, life + minute).now += 100;
    expect(rules.send(say.message('renewed')).map(wordsOf)).to.eql(['code silent']);
  });

  it('J22: learn from another tab that refreshing early brings the same JWT', () => {
    const rules = signedIn();
    rules.record = { ...rules.record, sameWhileValid: true };
    tell([[due, say.tick, 'signed-in', []]], rules);
    expect(rules.due).to.equal(life + 500);
  });

  it('J15: a tab that hears of a sign-out is signed out, and says which tab it was', () => {
    tell(
      [
        [1000, say.message('signed-out'), 'signed-out other-tab', ['signed-out other-tab']],
        [1001, say.message('signed-out'), 'signed-out other-tab', []],
        [1002, say.loggedOut, 'signed-out other-tab', ['show messenger']],
        // Not signed in again behind the person's back.
        [1100, say.pluginCalled(1), 'signed-out other-tab', ['refuse 1 login-required']],
      ],
      signedIn(),
    );
  });

  it('J15: an open conversation is out of sight until this tab’s Messenger has dropped it, too', () => {
    tell(
      [
        [900, say.opened, 'signed-in', []],
        [1000, say.message('signed-out'), 'signed-out other-tab', ['hide messenger', 'signed-out other-tab']],
        [1002, say.loggedOut, 'signed-out other-tab', ['show messenger']],
        [1003, say.loggedOut, 'signed-out other-tab', []],
      ],
      signedIn(),
    );
  });

  it('J15: a sign-out here is told once, after Genesys confirmed it', () => {
    tell(
      [
        [1000, say.signOut(1), 'signing-out logout', ['Auth.logout']],
        [1200, say.resolved, 'signed-out user', ['share signed-out', 'signed-out user', 'resolve 1']],
        [1201, say.loggedOut, 'signed-out user', []],
      ],
      signedIn(),
    );
  });

  describe('J15: a sign-out in a tab where a person is needed, while another tab is signed in', () => {
    const waiting = (at: number): Rules => {
      const rules = tell([
        [0, say.start, 'loading script', ['connect']],
        [0, say.loaded, 'loading auth', ['ready']],
        [0, say.authReady(false), 'loading first-call', []],
        [100, say.pluginCalled(1), 'signing-in code silent', ['code silent']],
        [500, say.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
      ]);
      return renewedAt(rules, at);
    };

    it('is made at Genesys', () => {
      tell(
        [
          [1000, say.signOut(1), 'signing-out logout', ['Auth.logout']],
          [
            1400,
            say.resolved,
            'signed-out user',
            ['share signed-out', 'signed-out user', 'refuse 1 login-required', 'resolve 1'],
          ],
        ],
        waiting(900),
      );
    });

    it('refreshes first what ran out', () => {
      tell([[1000, say.signOut(1), 'signing-out refresh', ['Auth.refreshToken']]], waiting(-life));
    });

    it('is done when Genesys knows of nobody', () => {
      tell(
        [
          [1000, say.signOut(1), 'signing-out refresh', ['Auth.refreshToken']],
          [1300, say.rejected({ status: 401 }), 'signing-out logout', ['Auth.logout']],
          [
            1600,
            say.rejected({ status: 401 }),
            'signed-out user',
            ['signed-out user', 'refuse 1 login-required', 'resolve 1'],
          ],
        ],
        waiting(-life),
      );
    });
  });

  it('a sign-in in another tab signs this one in, without the provider', () => {
    const rules = signedIn();
    tell([[1000, say.message('signed-out'), 'signed-out other-tab', ['signed-out other-tab']]], rules);
    tell(
      [
        [5000, say.message('signed-in'), 'renewing', ['Auth.refreshToken']],
        [5300, say.authenticated(jwt('j9', life, t0 + 4000)), 'signed-in', ['token j9 refresh', 'signed-in']],
      ],
      rules,
    );
  });

  it('a tab that was loading when another signed in follows, instead of staying anonymous', () => {
    const rules = new Rules();
    tell(
      [
        [0, say.start, 'loading script', ['connect']],
        [0, say.loadedForStepUp, 'loading auth', ['ready']],
        [0, say.authReady(false), 'loading first-call', []],
      ],
      rules,
    );
    renewedAt(rules, 500);
    tell([[500, say.message('signed-in'), 'loading first-call', []]], rules);
    tell([[1000, say.tick, 'renewing', ['Auth.refreshToken']]], rules);
  });

  it('a prompt goes away when the person signed in in another tab', () => {
    const rules = signedIn(new Rules(configOf({ signInModes: ['popup'] })));
    tell(
      [
        [1000, say.pluginCalled(1, 'reAuthenticate'), 'interaction-required login-required', ['prepare']],
        [5000, say.message('signed-in'), 'renewing', ['Auth.refreshToken']],
      ],
      rules,
    );
  });

  for (const [name, record] of [
    ['of another person', { issuedAt: t0 + due, expiresAt: t0 + due + life, person: 'somebody else' }],
    ['of a clock that was wrong', { issuedAt: t0 + 90 * life, expiresAt: t0 + 91 * life, person }],
    ['that has ended', { issuedAt: t0 - life, expiresAt: t0, person }],
    ['without a life', { person }],
  ] as const) {
    it(`take no comfort in a record ${name}`, () => {
      const rules = signedIn();
      rules.record = record;
      tell([[due, say.tick, 'renewing', ['Auth.refreshToken']]], rules);
    });
  }
});
