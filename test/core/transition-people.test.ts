import { expect } from '@open-wc/testing';
import { jwt, t0 } from '../support/fixtures.js';
import { atLoad, due, first, life, refused, signedIn } from '../support/fixtures-signed-in.js';
import * as say from '../support/harness-rules.js';
import { phaseOf, Rules, tell, wordsOf } from '../support/harness-rules.js';
import type { Row } from '../support/harness-rules.js';
import { publicState } from '../../src/core/model.js';
import { fingerprint } from '../../src/core/person-fingerprint.js';

const bob = jwt('b1', life, t0 + 1000, 'bob');
const hidden = ['hide messenger', 'report person-changed', 'Auth.logout'];

/** Ada's conversation is open, and Genesys says that Bob is signed in. */
const changed = (): Rules =>
  tell(
    [
      [500, say.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
      [800, say.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
      [900, say.authenticating, 'reauthenticating exchange', []],
      [1000, say.authenticated(bob), 'signing-out logout', hidden],
    ],
    signedIn(),
  );

describe('the rules of people', () => {
  it('J23: hide one person’s conversation at once, sign Messenger out, then sign the other in', () => {
    tell(
      [
        [
          1400,
          say.resolved,
          'signing-in code silent',
          ['share signed-out', 'signed-out person-changed', 'code silent'],
        ],
        [1800, say.codeReceived('c2'), 'signing-in code-ready', ['Auth.getTokens']],
        [1900, say.pluginCalled(2), 'signing-in exchange', ['answer 2 c2']],
        [
          2300,
          say.authenticated({ ...bob, jwt: 'b2' }),
          'signed-in',
          ['token b2 sign-in', 'share signed-in', 'show messenger', 'signed-in'],
        ],
      ],
      changed(),
    );
  });

  it('J23: say nothing of the other person’s JWT before the conversation is gone', () => {
    const words = changed().send(say.loggedOut).map(wordsOf);
    expect(words.filter((word) => /^(token|signed-in|show messenger)/.test(word))).to.eql([]);
  });

  it('J23: nobody shows as signed in from the change on until Genesys has confirmed the other person', () => {
    const rules = changed();
    expect(publicState(rules.model)).to.equal('signed-out');
    rules.now = t0 + 1400;
    rules.send(say.resolved);
    expect(publicState(rules.model)).to.equal('signing-in');
  });

  it('J23: the curtain stays closed while the other person has still to sign in', () => {
    const rules = changed();
    rules.now = t0 + 1400;
    rules.send(say.resolved);
    rules.now += 400;
    const words = rules.send(say.codeFailed('login-required')).map(wordsOf);
    expect(phaseOf(rules.model)).to.equal('interaction-required login-required');
    expect(words).to.not.include('show messenger');
  });

  it('J23: the curtain stays closed when Genesys does not confirm the sign-out, until a person tries again', () => {
    tell(
      [
        [1400, say.rejected({ status: 500 }), 'failed logout-failed', ['report logout-failed']],
        [1500, say.authenticated(bob), 'signing-out logout', hidden],
        [1600, say.rejected({ status: 500 }), 'failed logout-failed', ['report logout-failed']],
        [2000, say.retry, 'reauthenticating code silent', ['code silent']],
        [2300, say.codeReceived('c2'), 'reauthenticating code-ready', ['Auth.getTokens']],
        [2400, say.pluginCalled(2), 'reauthenticating exchange', ['answer 2 c2']],
        [2800, say.authenticated({ ...bob, jwt: 'b2' }), 'signing-out logout', hidden],
      ],
      changed(),
    );
  });

  describe('J23: when another tab has signed the second person out already', () => {
    const again = (rules: Rules, id: number): Rules => {
      rules.now += 100;
      rules.send(say.rejected({ status: 401 }));
      rules.now += 100;
      rules.send(say.codeReceived(`c${id}`));
      rules.send(say.pluginCalled(id));
      rules.now += 100;
      rules.send(say.authenticated({ ...bob, jwt: `b${id}` }));
      return rules;
    };

    it('a new JWT of theirs closes the conversation, which stays hidden until then', () => {
      tell(
        [
          [1100, say.rejected({ status: 401 }), 'signing-in code silent', ['code silent']],
          [1300, say.codeReceived('c2'), 'signing-in code-ready', ['Auth.getTokens']],
          [1400, say.pluginCalled(2), 'signing-in exchange', ['answer 2 c2']],
          [1800, say.authenticated({ ...bob, jwt: 'b2' }), 'signing-out logout', hidden],
          [
            1900,
            say.resolved,
            'signing-in code silent',
            ['share signed-out', 'signed-out person-changed', 'code silent'],
          ],
        ],
        changed(),
      );
    });

    it('that is no loop', () => {
      const rules = again(again(changed(), 2), 3);
      rules.send(say.rejected({ status: 401 }));
      expect(phaseOf(rules.model)).to.equal('failed loop-stopped');
    });
  });

  it('J23: a JWT that comes while the conversation is being closed changes nothing of that', () => {
    tell(
      [
        [1100, say.authenticated({ ...bob, jwt: 'b2', claims: { sub: 'bob' } }), 'signing-out logout', ['Auth.logout']],
        [1400, say.resolved, 'signing-in code silent', ['signed-out person-changed', 'code silent']],
      ],
      changed(),
    );
  });

  it('J23: a sign-out that is wanted meanwhile signs nobody in', () => {
    tell(
      [
        [1100, say.signOut(1), 'signing-out logout', []],
        [1400, say.resolved, 'signed-out user', ['signed-out user', 'resolve 1', 'show messenger']],
      ],
      changed(),
    );
  });

  it('J23: know of the person who signed in in another tab', () => {
    const rules = tell([
      [0, say.start, 'loading script', ['connect']],
      [0, say.loaded, 'loading auth', ['ready']],
      [0, say.authReady(false), 'loading first-call', []],
      [500, say.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [800, say.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
    ]);
    rules.record = { person: fingerprint(first.claims)! };
    tell([[1000, say.authenticated(bob), 'signing-out logout', hidden]], rules);
  });

  describe('J23: when another tab has changed the person, and this tab’s Messenger', () => {
    /** Its refresh was refused, so that no sign-out reaches it any more. */
    const elsewhere = (): Rules => {
      const rules = signedIn();
      tell(
        [
          [1000, say.opened, 'signed-in', []],
          ...refused,
          [due + 300, say.message('signed-out'), 'signed-out other-tab', ['hide messenger', 'signed-out other-tab']],
        ],
        rules,
      );
      rules.record = {};
      return rules;
    };
    const back: Row = [due + 2000, say.message('signed-in'), 'renewing', ['Auth.refreshToken']];
    const bobs = say.authenticated(jwt('b1', life, t0 + due, 'bob'));

    it('has not said that the conversation is gone, it is made to drop it', () => {
      tell(
        [
          back,
          [due + 2300, bobs, 'signing-out logout', hidden],
          [
            due + 2700,
            say.resolved,
            'signing-in code silent',
            ['share signed-out', 'signed-out person-changed', 'code silent'],
          ],
        ],
        elsewhere(),
      );
    });

    it('says it late, it is believed', () => {
      tell(
        [
          back,
          [due + 2100, say.loggedOut, 'renewing', ['show messenger']],
          [due + 2300, bobs, 'signed-in', ['token b1 refresh', 'share renewed', 'show messenger', 'signed-in']],
        ],
        elsewhere(),
      );
    });

    it('has the first person back, nothing is dropped', () => {
      tell(
        [
          back,
          [
            due + 2300,
            say.authenticated(jwt('j9', life, t0 + due)),
            'signed-in',
            ['token j9 refresh', 'share renewed', 'show messenger', 'signed-in'],
          ],
        ],
        elsewhere(),
      );
    });
  });

  it('J23: believe the latest of what the tabs know', () => {
    const rules = new Rules();
    rules.record = { person: fingerprint(bob.claims)! };
    tell(
      [
        [0, say.start, 'loading script', ['connect']],
        [0, say.loaded, 'loading auth', ['ready']],
        [0, say.authReady(false), 'loading first-call', []],
        [500, say.pluginCalled(1), 'signing-in code silent', ['code silent']],
        [800, say.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
      ],
      rules,
    );
    rules.record = { person: fingerprint(first.claims)! };
    tell(
      [
        [1000, say.authenticated(bob), 'signing-out logout', hidden],
        [1400, say.resolved, 'signing-in code silent', ['signed-out person-changed', 'code silent']],
      ],
      rules,
    );
    expect(rules.record.person).to.equal(undefined);
  });

  it('J23: hide it also when the other person’s JWT comes while signing out', () => {
    tell(
      [
        [500, say.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [800, say.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
        [900, say.signOut(2), 'signing-out logout', ['Auth.logout']],
        [1000, say.authenticated(bob), 'signing-out logout', ['hide messenger', 'Auth.logout']],
        [1400, say.resolved, 'signed-out user', ['signed-out user', 'resolve 2', 'show messenger']],
      ],
      signedIn(),
    );
  });

  it('J23: notice it in a refresh too', () => {
    tell(
      [
        [due, say.tick, 'renewing', ['Auth.refreshToken']],
        [due + 300, say.authenticated(bob), 'signing-out logout', hidden],
      ],
      signedIn(),
    );
  });

  it('J23: notice at load that the kept conversation is another person’s', () => {
    const rules = new Rules();
    rules.record = { person: fingerprint(first.claims)! };
    tell([...atLoad, [100, say.authenticated(bob), 'signing-out logout', hidden]], rules);
  });

  it('J23: all who wait are told that the person has to sign in', () => {
    const rules = signedIn();
    rules.now = t0 + 1000;
    rules.send(say.refresh(1));
    rules.send(say.authenticated(bob));
    rules.now += 400;
    expect(rules.send(say.resolved).map(wordsOf)).to.include('reject 1 login-required');
  });

  it('a JWT whose subject cannot be read changes nobody', () => {
    const nameless = { ...jwt('j2', life, t0 + due), claims: {} };
    tell(
      [
        [due, say.tick, 'renewing', ['Auth.refreshToken']],
        [due + 300, say.authenticated(nameless), 'signed-in', ['token j2 refresh']],
      ],
      signedIn(),
    );
  });

  it('a sign-out that ends after another person signed in in another tab does not sign them out', () => {
    const rules = signedIn();
    tell([[100, say.signOut(1), 'signing-out logout', ['Auth.logout']]], rules);
    rules.record = { person: fingerprint(bob.claims)!, issuedAt: t0 + 200, expiresAt: t0 + 200 + life };
    rules.now = t0 + 300;
    expect(rules.send(say.resolved).map(wordsOf)).to.eql(['signed-out user', 'resolve 1']);
  });

  it('who signed out by wish leaves nobody behind to be compared with', () => {
    const rules = tell(
      [
        [100, say.signOut(1), 'signing-out logout', ['Auth.logout']],
        [300, say.resolved, 'signed-out user', ['signed-out user', 'resolve 1']],
        [400, say.signIn(2), 'signing-in code popup', ['code popup']],
        [900, say.codeReceived('c1'), 'signing-in code-ready', ['Auth.getTokens']],
      ],
      signedIn(),
    );
    tell(
      [
        [1000, say.pluginCalled(3), 'signing-in exchange', ['answer 3 c1']],
        [1400, say.authenticated(bob), 'signed-in', ['token b1 sign-in', 'signed-in', 'resolve 2 b1']],
      ],
      rules,
    );
  });
});
