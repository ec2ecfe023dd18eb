import { expect } from '@open-wc/testing';
import { fingerprint } from '../../src/core/person-fingerprint.js';
import { jwt, t0 } from '../support/fixtures.js';
import { bob, personChanged, replacementEffects } from '../support/fixtures-person-changed.js';
import { due, refreshRefused, firstJwt, lifetime, signedIn } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, Rules, runRows, textOf } from '../support/harness-rules.js';
import type { Row } from '../support/harness-rules.js';

describe('another person in several tabs', () => {
  describe('J23: the other person was signed out in another tab', () => {
    const again = (rules: Rules, id: number): Rules => {
      rules.now += 100;
      rules.send(inputs.commandRejected({ status: 401 }));
      rules.now += 100;
      rules.send(inputs.codeReceived(`c${id}`));
      rules.send(inputs.pluginCalled(id));
      rules.now += 100;
      rules.send(inputs.authenticated({ ...bob, jwt: `b${id}` }));
      return rules;
    };

    it('so a new JWT of theirs closes the conversation, which stays hidden until then', () => {
      runRows(
        [
          [1100, inputs.commandRejected({ status: 401 }), 'signing-in code silent', ['code silent']],
          [1300, inputs.codeReceived('c2'), 'signing-in code-ready', ['Auth.getTokens']],
          [1400, inputs.pluginCalled(2), 'signing-in exchange', ['answer 2 c2']],
          [1800, inputs.authenticated({ ...bob, jwt: 'b2' }), 'signing-out logout', replacementEffects],
          [
            1900,
            inputs.commandResolved,
            'signing-in code silent',
            ['share signed-out', 'signed-out person-changed', 'code silent'],
          ],
        ],
        personChanged(),
      );
    });

    it('and that does not cause a loop', () => {
      const rules = again(again(personChanged(), 2), 3);
      rules.send(inputs.commandRejected({ status: 401 }));
      expect(phaseOf(rules.model)).to.equal('failed loop-stopped');
    });
  });

  describe('J23: the person changed in another tab, and Messenger of this tab', () => {
    /** Genesys has refused the refresh of this tab, so Messenger does not learn of the sign-out. */
    const elsewhere = (): Rules => {
      const rules = signedIn();
      runRows(
        [
          [1000, inputs.messengerOpened, 'signed-in', []],
          ...refreshRefused,
          [
            due + 300,
            inputs.tabMessage('signed-out'),
            'signed-out other-tab',
            ['hide messenger', 'signed-out other-tab'],
          ],
        ],
        rules,
      );
      rules.record = {};
      return rules;
    };
    const back: Row = [due + 2000, inputs.tabMessage('signed-in'), 'renewing', ['Auth.refreshToken']];
    const bobs = inputs.authenticated(jwt('b1', lifetime, t0 + due, 'bob'));

    it('has not reported Auth.loggedOut, so it is signed out', () => {
      runRows(
        [
          back,
          [due + 2300, bobs, 'signing-out logout', replacementEffects],
          [
            due + 2700,
            inputs.commandResolved,
            'signing-in code silent',
            ['share signed-out', 'signed-out person-changed', 'code silent'],
          ],
        ],
        elsewhere(),
      );
    });

    it('reports Auth.loggedOut late, so nothing is left to sign out', () => {
      runRows(
        [
          back,
          [due + 2100, inputs.loggedOut, 'renewing', ['show messenger']],
          [due + 2300, bobs, 'signed-in', ['token b1 refresh', 'share renewed', 'show messenger', 'signed-in']],
        ],
        elsewhere(),
      );
    });

    it('reports the first person again, so nobody is signed out', () => {
      runRows(
        [
          back,
          [
            due + 2300,
            inputs.authenticated(jwt('j9', lifetime, t0 + due)),
            'signed-in',
            ['token j9 refresh', 'share renewed', 'show messenger', 'signed-in'],
          ],
        ],
        elsewhere(),
      );
    });
  });

  it('J23: the latest shared record counts', () => {
    const rules = new Rules();
    rules.record = { person: fingerprint(bob.claims, 0)! };
    runRows(
      [
        [0, inputs.start, 'loading script', ['connect']],
        [0, inputs.loaded, 'loading auth', ['ready']],
        [0, inputs.authReady(false), 'loading first-call', []],
        [500, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
        [800, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
      ],
      rules,
    );
    rules.record = { person: fingerprint(firstJwt.claims, 0)! };
    runRows(
      [
        [1000, inputs.authenticated(bob), 'signing-out logout', replacementEffects],
        [1400, inputs.commandResolved, 'signing-in code silent', ['signed-out person-changed', 'code silent']],
      ],
      rules,
    );
    expect(rules.record.person).to.equal(undefined);
  });

  it('is not signed out by a sign-out that started before they signed in in another tab', () => {
    const rules = signedIn();
    runRows([[100, inputs.signOut(1), 'signing-out logout', ['Auth.logout']]], rules);
    rules.record = { person: fingerprint(bob.claims, 0)!, issuedAt: t0 + 200, expiresAt: t0 + 200 + lifetime };
    rules.now = t0 + 300;
    expect(rules.send(inputs.commandResolved).map(textOf)).to.eql(['signed-out user', 'resolve 1']);
  });
});
