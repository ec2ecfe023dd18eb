import { expect } from '@open-wc/testing';
import type { Effect } from '../../src/core/effect.js';
import { fingerprint } from '../../src/core/person-fingerprint.js';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import { codeAnswered, due, firstJwt, lifetime, minute, secondJwt, signedIn } from '../support/fixtures-signed-in.js';
import { bob, personChanged } from '../support/fixtures-person-changed.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, Rules, runRows, textOf } from '../support/harness-rules.js';
import type { InputOrFactory } from '../support/harness-rules.js';

const person = fingerprint(firstJwt.claims, 0)!;
const otherPerson = fingerprint(bob.claims, 0)!;

const texts = (rules: Rules, input: InputOrFactory): readonly string[] => rules.send(input).map(textOf);

const after = (...steps: readonly InputOrFactory[]): Rules => {
  const rules = new Rules();
  for (const step of steps) rules.send(step);
  return rules;
};

/** A page that is loaded while the sign-out of its person is not complete. */
function loadedWhilePending(): Rules {
  const rules = new Rules();
  rules.record = { signOut: { at: t0 - 1_000, pending: true, person }, person };
  rules.signOutAtLoad = t0 - 1_000;
  for (const step of [inputs.start, inputs.loaded, inputs.authReady(true), inputs.authenticated(firstJwt)]) {
    rules.send(step);
  }
  expect(phaseOf(rules.model)).to.equal('signing-out logout');
  return rules;
}

describe('a sign-out reaches Genesys', () => {
  it('during an exchange, which may end with a JWT', () => {
    const rules = runRows([...codeAnswered]);
    expect(texts(rules, inputs.signOut(1))).to.include('Auth.logout');
  });

  it('while the first call is awaited, before which Messenger may sign somebody in', () => {
    const rules = after(inputs.start, inputs.loaded, inputs.authReady(false));
    expect(texts(rules, inputs.signOut(1))).to.include('Auth.logout');
  });

  it('during a refresh that follows another tab', () => {
    const rules = signedIn();
    rules.send(inputs.loggedOut);
    rules.send(inputs.tabMessage('signed-in'));
    expect(phaseOf(rules.model)).to.equal('renewing');
    expect(texts(rules, inputs.signOut(1))).to.include('Auth.logout');
  });

  it('while it is not known whose conversation Messenger shows', () => {
    const rules = new Rules();
    rules.record = { person: otherPerson };
    for (const step of [inputs.start, inputs.loaded, inputs.authReady(true), inputs.authenticated(firstJwt)]) {
      rules.send(step);
    }
    expect(rules.model.token).to.equal(undefined);
    expect(texts(rules, inputs.signOut(1))).to.include('Auth.logout');
  });

  it('once Messenger is ready, and not before, because it takes no command', () => {
    for (const steps of [[inputs.start], [inputs.start, inputs.loaded]]) {
      const rules = after(...steps);
      expect(texts(rules, inputs.signOut(1))).to.eql(['share signed-out']);
      expect(phaseOf(rules.model)).to.match(/^loading/);
      if (steps.length === 1) rules.send(inputs.loaded);
      expect(texts(rules, inputs.authReady(true))).to.eql(['Auth.logout']);
      expect(texts(rules, inputs.commandResolved)).to.include('resolve 1');
    }
  });

  it('instead of a JWT that is reported before Messenger is ready', () => {
    const rules = after(inputs.start, inputs.loaded, inputs.signOut(1));
    expect(texts(rules, inputs.authenticated(firstJwt))).to.eql(['Auth.logout']);
  });

  it('and then the provider only if that was requested', () => {
    for (const [provider, end] of [
      [true, 'end-session 1'],
      [false, 'resolve 1'],
    ] as const) {
      const rules = after(inputs.start, inputs.loaded, inputs.signOut(1, provider), inputs.authReady(true));
      expect(texts(rules, inputs.commandResolved)).to.include(end);
    }
  });

  it('and then the provider if one of several calls requested it', () => {
    const rules = after(
      inputs.start,
      inputs.loaded,
      inputs.signOut(1),
      inputs.signOut(2, true),
      inputs.authReady(true),
    );
    expect(texts(rules, inputs.commandResolved)).to.include.members(['end-session 1', 'end-session 2']);
  });
});

describe('a sign-out does not reach Genesys', () => {
  it('when Messenger has said that nobody is signed in', () => {
    const rules = signedIn();
    rules.send(inputs.loggedOut);
    rules.record = {};
    expect(texts(rules, inputs.signOut(1)))
      .to.include('resolve 1')
      .and.not.include('Auth.logout');
  });

  it('twice', () => {
    const rules = signedIn();
    rules.send(inputs.signOut(1));
    rules.send(inputs.commandResolved);
    expect(texts(rules, inputs.signOut(2)))
      .to.include('resolve 2')
      .and.not.include('Auth.logout');
  });

  it('in the name of another person, who has signed in in another tab', () => {
    const rules = signedIn();
    rules.record = { ...rules.record, person: otherPerson };
    expect(texts(rules, inputs.signOut(1))).to.not.include('share signed-out');
    expect(texts(rules, inputs.commandResolved)).to.not.include('share signed-out');
    expect(rules.record.person).to.equal(otherPerson);
  });
});

describe('the JWT of a sign-out', () => {
  it('is refreshed before, from two seconds before its expiry', () => {
    for (const [remaining, command] of [
      [2_001, 'Auth.logout'],
      [2_000, 'Auth.refreshToken'],
      [0, 'Auth.refreshToken'],
    ] as const) {
      const rules = signedIn();
      rules.visible = false;
      rules.now = t0 + lifetime - remaining;
      expect(texts(rules, inputs.signOut(1)), `${remaining} ms`).to.include(command);
    }
  });

  it('is refreshed after a 401, once', () => {
    const rules = signedIn();
    rules.send(inputs.signOut(1));
    expect(texts(rules, inputs.commandRejected({ status: 401 }))).to.eql(['Auth.refreshToken']);
    expect(texts(rules, inputs.commandResolved)).to.eql(['Auth.logout']);
    expect(texts(rules, inputs.commandRejected({ status: 401 }))).to.include('report logout-failed');
  });

  it('is refreshed after a 401 also when the sign-out waited for Messenger', () => {
    const rules = after(inputs.start, inputs.loaded, inputs.signOut(1), inputs.authReady(true));
    expect(texts(rules, inputs.commandRejected({ status: 401 }))).to.eql(['Auth.refreshToken']);
  });

  it('is not refreshed twice when the refresh does not end', () => {
    const rules = signedIn();
    rules.visible = false;
    rules.now = t0 + lifetime;
    rules.send(inputs.signOut(1));
    rules.now += 4_000;
    expect(texts(rules, inputs.tick)).to.eql(['Auth.logout']);
    expect(texts(rules, inputs.commandRejected({ status: 401 }))).to.include('report logout-failed');
  });

  it('may still be good after a refresh that failed without being refused, so a 401 does not mean signed out', () => {
    for (const [status, end] of [
      [503, 'failed logout-failed'],
      [401, 'signed-out user'],
    ] as const) {
      const rules = signedIn();
      rules.visible = false;
      rules.now = t0 + lifetime;
      rules.send(inputs.signOut(1));
      rules.send(inputs.commandRejected({ status }));
      rules.send(inputs.commandRejected({ status: 401 }));
      expect(phaseOf(rules.model)).to.equal(end);
    }
  });

  it('that arrives during the sign-out is signed out, too', () => {
    const rules = signedIn();
    rules.send(inputs.signOut(1, true));
    expect(texts(rules, inputs.authenticated(secondJwt))).to.eql(['Auth.logout']);
    expect(texts(rules, inputs.commandRejected({ status: 401 }))).to.include('report logout-failed');
    expect(rules.model.confirmed).to.equal(false);
  });

  it('that arrives during the sign-out hides Messenger only if it is of another person', () => {
    for (const [token, hidden] of [
      [secondJwt, false],
      [bob, true],
    ] as const) {
      const rules = signedIn();
      rules.send(inputs.signOut(1));
      rules.send(inputs.authenticated(token));
      expect(rules.model.hidden).to.equal(hidden);
      expect(rules.model.confirmed).to.equal(!hidden);
    }
  });

  it('that arrives during the refresh before it does not end the wait for the refresh', () => {
    const rules = signedIn();
    rules.visible = false;
    rules.now = t0 + lifetime;
    rules.send(inputs.signOut(1));
    expect(texts(rules, inputs.authenticated(secondJwt))).to.eql([]);
    expect(phaseOf(rules.model)).to.equal('signing-out refresh');
    expect(texts(rules, inputs.commandResolved)).to.eql(['Auth.logout']);
  });
});

describe('a sign-out that Genesys has not confirmed', () => {
  const reported = (effects: readonly Effect[]): string => {
    const effect = effects.find(({ do: what }) => what === 'report');
    return effect?.do === 'report' ? effect.error.message : '';
  };

  it('is reported with what Genesys said, shortened', () => {
    for (const [failure, details] of [
      [{ status: 500, message: 'Down' }, '500 Down'],
      [{ status: 500 }, '500'],
      [{ message: 'Down' }, 'Down'],
      [{}, 'no answer'],
      [{ message: 'x'.repeat(300) }, 'x'.repeat(200)],
    ] as const) {
      const rules = signedIn();
      rules.send(inputs.signOut(1));
      expect(reported(rules.send(inputs.commandRejected(failure)))).to.equal(
        `Genesys did not confirm the sign-out (${details}).`,
      );
    }
  });

  it('ends at the provider anyway, and the caller learns of the error there', () => {
    const rules = signedIn();
    rules.send(inputs.signOut(1, true));
    const effects = rules.send(inputs.commandRejected({ status: 500 }));
    const end = effects.find(({ do: what }) => what === 'end-session');
    expect(end?.do === 'end-session' && [end.caller, end.error?.code]).to.eql([1, 'logout-failed']);
    expect(effects.map(textOf)).to.not.include('reject 1 logout-failed');
  });

  it('is retried by signIn(), which rejects meanwhile', () => {
    const rules = signedIn();
    rules.send(inputs.signOut(1));
    rules.send(inputs.commandRejected({ status: 500 }));
    expect(texts(rules, inputs.signIn(2))).to.eql(['reject 2 logout-failed', 'Auth.logout']);
  });

  it('is retried with a refresh after a 401', () => {
    const rules = signedIn();
    rules.send(inputs.signOut(1));
    rules.send(inputs.commandRejected({ status: 500 }));
    rules.send(inputs.retry);
    expect(texts(rules, inputs.commandRejected({ status: 401 }))).to.eql(['Auth.refreshToken']);
  });

  it('resolves a later signOut() without the provider, which it did not request', () => {
    const rules = signedIn();
    rules.send(inputs.signOut(1));
    rules.send(inputs.commandRejected({ status: 500 }));
    rules.send(inputs.retry);
    rules.send(inputs.signOut(2));
    expect(texts(rules, inputs.commandResolved)).to.include('resolve 2');
  });

  it('ends with Auth.loggedOut', () => {
    const rules = signedIn();
    rules.send(inputs.signOut(1));
    rules.send(inputs.commandRejected({ status: 500 }));
    expect(texts(rules, inputs.loggedOut)).to.include('show messenger');
    expect(phaseOf(rules.model)).to.equal('signed-out user');
  });

  it('is finished on the next page before anything is shown, and published as no new sign-out', () => {
    const rules = loadedWhilePending();
    expect(rules.model.hidden).to.equal(true);
    expect(rules.model.confirmed).to.equal(false);
    expect(texts(rules, inputs.commandRejected({ status: 401 }))).to.eql(['Auth.refreshToken']);
    rules.send(inputs.commandResolved);
    const done = texts(rules, inputs.commandResolved);
    expect(done).to.include.members(['share signed-out', 'show messenger', 'Auth.getTokens']);
    expect(done).to.not.include('signed-out user');
    expect(rules.record.signOut).to.eql({ at: t0 - 1_000, person });
  });

  it('is published on the next page if that page signs out, too, and then nobody is signed in again', () => {
    const rules = loadedWhilePending();
    rules.send(inputs.signOut(1));
    const done = texts(rules, inputs.commandResolved);
    expect(done).to.include.members(['signed-out user', 'resolve 1']);
    expect(done).to.not.include('Auth.getTokens');
  });

  it('stays quiet when another JWT arrives meanwhile', () => {
    const rules = loadedWhilePending();
    rules.send(inputs.authenticated(secondJwt));
    expect(texts(rules, inputs.commandResolved)).to.not.include('signed-out user');
  });

  it('is published for other methods that wait as little', () => {
    const rules = loadedWhilePending();
    rules.model = { ...rules.model, callers: [{ id: 5, method: 'reauthenticate' }] };
    const done = texts(rules, inputs.commandResolved);
    expect(done).to.include('reject 5 login-required').and.not.include('signed-out user');
  });
});

describe('the record of a sign-out', () => {
  it('names the person, also where the shared record was cleared', () => {
    const rules = signedIn();
    rules.record = {};
    rules.send(inputs.signOut(1));
    expect(rules.record.signOut).to.eql({ at: rules.now, pending: true, person });
    rules.now += 100;
    rules.send(inputs.commandResolved);
    expect(rules.record.signOut).to.eql({ at: rules.now - 100, person });
  });

  it('is new and complete where nobody was signed in', () => {
    for (const [before, at] of [
      [undefined, t0],
      [{ at: t0 - 1 }, t0],
      [{ at: t0 + 5_000 }, t0 + 5_001],
    ] as const) {
      const rules = signedIn();
      rules.send(inputs.loggedOut);
      rules.record = before ? { signOut: before } : {};
      rules.signOutAtLoad = before?.at;
      rules.send(inputs.signOut(1));
      expect(rules.record.signOut).to.eql({ at });
    }
  });

  it('is later than the one before, whatever the clock says', () => {
    const rules = signedIn();
    rules.record = { signOut: { at: t0 + 5_000 } };
    rules.signOutAtLoad = t0 + 5_000;
    rules.send(inputs.signOut(1));
    expect(rules.record.signOut?.at).to.equal(t0 + 5_001);
  });

  it('stays the same when a late JWT is revoked because of it', () => {
    const rules = signedIn();
    rules.record = { signOut: { at: rules.now } };
    rules.send(inputs.tick);
    rules.now += 100;
    rules.send(inputs.authenticated(secondJwt));
    rules.send(inputs.commandResolved);
    expect(rules.record.signOut).to.eql({ at: rules.now - 100 });
  });

  it('does not matter for the JWT of another person, who is signed in after it', () => {
    const rules = loadedWhilePending();
    rules.send(inputs.authenticated(bob));
    expect(texts(rules, inputs.commandResolved)).to.include('code silent');
  });

  it('of a person whom another tab has replaced hides a JWT that arrives late', () => {
    const rules = signedIn();
    rules.send(inputs.signOut(1));
    rules.record = { ...rules.record, person: otherPerson };
    rules.send(inputs.authenticated(secondJwt));
    expect(rules.model.hidden).to.equal(true);
  });
});

describe('Auth.loggedOut', () => {
  it('changes nothing on a page where nobody was signed in', () => {
    const rules = after(inputs.start, inputs.loaded, inputs.authReady(false));
    expect(texts(rules, inputs.loggedOut)).to.eql([]);
    expect(phaseOf(rules.model)).to.equal('loading first-call');
  });

  it('does not restart a session that has failed for another reason', () => {
    const rules = after(inputs.start, inputs.loaded);
    rules.now += 10_000;
    rules.send(inputs.tick);
    expect(phaseOf(rules.model)).to.equal('failed script-timeout');
    rules.send(inputs.loggedOut);
    expect(phaseOf(rules.model)).to.equal('failed script-timeout');
  });

  it('of a stopped session signs out the person of its JWT', () => {
    const rules = signedIn();
    rules.model = { ...rules.model, loopEntries: Array.from({ length: 3 }, () => ['exchange', rules.now]) };
    rules.send(inputs.pluginCalled(1));
    expect(phaseOf(rules.model)).to.equal('failed loop-stopped');
    expect(texts(rules, inputs.loggedOut)).to.include('signed-out other-tab');
  });
});

describe('after a sign-out', () => {
  it('the trace of an error contains no attempt from before', () => {
    const rules = signedIn();
    rules.send(inputs.pluginCalled(1));
    rules.send(inputs.codeFailed('login-required'));
    rules.send(inputs.loggedOut);
    rules.activated = true;
    rules.send(inputs.signIn(1));
    rules.send(inputs.codeFailed('popup-closed'));
    const { phase } = rules.model;
    expect(phase.name === 'interaction-required' && phase.error.trace.map(({ verdict }) => verdict)).to.eql([
      'popup-closed',
    ]);
  });

  it('Genesys is asked without the refresh token that it has refused before', () => {
    const rules = signedIn();
    rules.send(inputs.tabMessage('signed-out'));
    rules.record = { signOut: { at: rules.now } };
    expect(texts(rules, inputs.authenticated(secondJwt))).to.include('Auth.logout');
    expect(texts(rules, inputs.commandRejected({ status: 401 }))).to.not.include('Auth.refreshToken');
    expect(phaseOf(rules.model)).to.match(/^signed-out/);
  });

  it('a dismissed prompt forgets nobody: the JWT of another person is still that of another person', () => {
    const rules = signedIn(new Rules(configOf({ signInModes: ['popup'] })));
    rules.send(inputs.pluginCalled(1));
    const shared = rules.record;
    expect(texts(rules, inputs.dismiss)).to.eql(['signed-out expired', 'refuse 1 login-required']);
    expect(rules.record).to.equal(shared);
    expect(texts(rules, inputs.authenticated(bob))).to.include.members(['hide messenger', 'report person-changed']);
  });
});

describe('a sign-out while the person changes', () => {
  it('ends without the other person', () => {
    const rules = personChanged();
    rules.send(inputs.signOut(1));
    const done = texts(rules, inputs.commandResolved);
    expect(done).to.include.members(['signed-out user', 'resolve 1', 'show messenger']);
    expect(phaseOf(rules.model)).to.equal('signed-out user');
  });

  it('keeps that they change when another JWT of theirs arrives', () => {
    const rules = personChanged();
    rules.send(inputs.authenticated(jwt('b2', lifetime, t0 + minute, 'bob')));
    rules.send(inputs.commandResolved);
    expect(phaseOf(rules.model)).to.equal('signing-in code silent');
  });
});

describe('a renewal that is due', () => {
  it('waits for the sign-out', () => {
    const rules = signedIn();
    rules.now = t0 + due - 1;
    rules.send(inputs.signOut(1));
    rules.now += 1;
    expect(texts(rules, inputs.tick)).to.eql([]);
    rules.model = { ...rules.model, allowSessionUpgrade: true };
    expect(texts(rules, inputs.stepUp(6))).to.eql(['reject 6 login-required']);
    for (const input of [inputs.stepUp(2), inputs.signIn(3), inputs.refresh(4), inputs.reauthenticate(5)]) {
      expect(texts(rules, input))
        .to.have.lengthOf(1)
        .and.to.match(/^reject|^resolve/);
    }
    expect(texts(rules, inputs.pluginCalled(9))).to.eql(['refuse 9 login-required']);
  });
});
