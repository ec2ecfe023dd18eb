import { expect } from '@open-wc/testing';
import { publicState } from '../../src/core/model.js';
import { fingerprint } from '../../src/core/person-fingerprint.js';
import { jwt, t0 } from '../support/fixtures.js';
import { bob, personChanged, replacementEffects } from '../support/fixtures-person-changed.js';
import { atLoad, due, firstJwt, lifetime, signedIn } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, Rules, runRows, textOf } from '../support/harness-rules.js';
import type { Row } from '../support/harness-rules.js';

const ada = fingerprint(firstJwt.claims, 0)!;

describe('another person', () => {
  it('J23: Messenger is hidden at once and signed out, then the other person signs in', () => {
    runRows(
      [
        [
          1400,
          inputs.commandResolved,
          'signing-in code silent',
          ['share signed-out', 'signed-out person-changed', 'code silent'],
        ],
        [1800, inputs.codeReceived('c2'), 'signing-in code-ready', ['Auth.getTokens']],
        [1900, inputs.pluginCalled(2), 'signing-in exchange', ['answer 2 c2']],
        [
          2300,
          inputs.authenticated({ ...bob, jwt: 'b2' }),
          'signed-in',
          ['token b2 sign-in', 'share signed-in', 'show messenger', 'signed-in'],
        ],
      ],
      personChanged(),
    );
  });

  it('J23: the code of a redirect that has just returned is for the other person', () => {
    const rules = personChanged();
    rules.send(inputs.redirectReturned('c2'));
    runRows(
      [
        [
          1400,
          inputs.commandResolved,
          'signing-in code-ready',
          ['share signed-out', 'signed-out person-changed', 'Auth.getTokens'],
        ],
        [1900, inputs.pluginCalled(2), 'signing-in exchange', ['answer 2 c2']],
      ],
      rules,
    );
  });

  it('J23: the JWT of the other person is not published before the conversation is deleted', () => {
    const words = personChanged().send(inputs.loggedOut).map(textOf);
    expect(words.filter((word) => /^(token|signed-in|show messenger)/.test(word))).to.eql([]);
  });

  it('J23: nobody shows as signed in until Genesys has confirmed the other person', () => {
    const rules = personChanged();
    expect(publicState(rules.model)).to.equal('signed-out');
    rules.now = t0 + 1400;
    rules.send(inputs.commandResolved);
    expect(publicState(rules.model)).to.equal('signing-in');
  });

  it('J23: Messenger stays hidden until the other person has signed in', () => {
    const rules = personChanged();
    rules.now = t0 + 1400;
    rules.send(inputs.commandResolved);
    rules.now += 400;
    const words = rules.send(inputs.codeFailed('login-required')).map(textOf);
    expect(phaseOf(rules.model)).to.equal('interaction-required login-required');
    expect(words).to.not.include('show messenger');
  });

  it('J23: Messenger stays hidden when Genesys does not confirm the sign-out, until somebody retries', () => {
    runRows(
      [
        [1400, inputs.commandRejected({ status: 500 }), 'failed logout-failed', ['report logout-failed']],
        [1500, inputs.authenticated(bob), 'signing-out logout', replacementEffects],
        [1600, inputs.commandRejected({ status: 500 }), 'failed logout-failed', ['report logout-failed']],
        [2000, inputs.retry, 'signing-out logout', ['Auth.logout']],
        [2300, inputs.commandResolved, 'signing-in code silent', ['signed-out person-changed', 'code silent']],
        [2600, inputs.codeReceived('c2'), 'signing-in code-ready', ['Auth.getTokens']],
        [2700, inputs.pluginCalled(2), 'signing-in exchange', ['answer 2 c2']],
        [
          3100,
          inputs.authenticated({ ...bob, jwt: 'b2' }),
          'signed-in',
          ['token b2 sign-in', 'show messenger', 'signed-in'],
        ],
      ],
      personChanged(),
    );
  });

  it('J23: a new JWT during the sign-out repeats the sign-out', () => {
    runRows(
      [
        [
          1100,
          inputs.authenticated({ ...bob, jwt: 'b2', claims: { sub: 'bob' } }),
          'signing-out logout',
          ['Auth.logout'],
        ],
        [1400, inputs.commandResolved, 'signing-in code silent', ['signed-out person-changed', 'code silent']],
      ],
      personChanged(),
    );
  });

  it('J23: signOut() meanwhile keeps the other person from being signed in', () => {
    runRows(
      [
        [1100, inputs.signOut(1), 'signing-out logout', []],
        [1400, inputs.commandResolved, 'signed-out user', ['signed-out user', 'resolve 1', 'show messenger']],
      ],
      personChanged(),
    );
  });

  const rowsOfSignOut: readonly Row[] = [[1100, inputs.signOut(1), 'signing-out logout', ['share signed-out']]];

  it('J30: signOut() meanwhile is recorded, so that no later session on this page signs anybody in', () => {
    const rules = runRows(
      [
        ...rowsOfSignOut,
        [
          1400,
          inputs.commandResolved,
          'signed-out user',
          ['share signed-out', 'signed-out user', 'resolve 1', 'show messenger'],
        ],
      ],
      personChanged(),
    );
    expect(rules.record.signOut).to.eql({ at: t0 + 1100, person: ada });
    expect(rules.record.person).to.equal(undefined);
    const remounted = new Rules();
    remounted.record = rules.record;
    runRows(
      [
        [1500, inputs.start, 'loading script', ['connect']],
        [1500, inputs.loaded, 'loading auth', ['ready']],
        [1500, inputs.authReady(false), 'signed-out user', []],
        [1600, inputs.pluginCalled(1), 'signed-out user', ['refuse 1 login-required']],
      ],
      remounted,
    );
  });

  it('J30: signOut() settles when another tab has signed the other person out, and leaves no prompt', () => {
    const rules = runRows(
      [
        ...rowsOfSignOut,
        [
          1400,
          inputs.commandRejected({ status: 401 }),
          'signed-out user',
          ['share signed-out', 'signed-out user', 'resolve 1', 'show messenger'],
        ],
      ],
      personChanged(),
    );
    expect(rules.record.signOut).to.eql({ at: t0 + 1100, person: ada });
    expect(rules.record.person, 'whose conversation Messenger may still have').to.equal(ada);
    expect(rules.due).to.equal(Infinity);
    rules.activated = true;
    runRows([[2000, inputs.signIn(2), 'signing-in code popup', ['code popup']]], rules);
  });

  it('J23: and an open window stays hidden then', () => {
    const rules = personChanged();
    rules.send(inputs.messengerOpened);
    runRows(rowsOfSignOut, rules);
    rules.send(inputs.commandRejected({ status: 401 }));
    expect(phaseOf(rules.model)).to.equal('signed-out user');
    expect(rules.model.hidden).to.equal(true);
  });

  it('J23: is recognized by the fingerprint in the shared record', () => {
    const rules = runRows([
      [0, inputs.start, 'loading script', ['connect']],
      [0, inputs.loaded, 'loading auth', ['ready']],
      [0, inputs.authReady(false), 'loading first-call', []],
      [500, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
      [800, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
    ]);
    rules.record = { person: fingerprint(firstJwt.claims, 0)! };
    runRows([[1000, inputs.authenticated(bob), 'signing-out logout', replacementEffects]], rules);
  });

  it('J23: Messenger is hidden when the JWT of the other person arrives during a sign-out', () => {
    runRows(
      [
        [500, inputs.pluginCalled(1, 'reAuthenticate'), 'reauthenticating code silent', ['code silent']],
        [800, inputs.codeReceived('c1'), 'reauthenticating exchange', ['answer 1 c1']],
        [900, inputs.signOut(2), 'signing-out logout', ['Auth.logout']],
        [1000, inputs.authenticated(bob), 'signing-out logout', ['hide messenger', 'Auth.logout']],
        [1400, inputs.commandResolved, 'signed-out user', ['signed-out user', 'resolve 2', 'show messenger']],
      ],
      signedIn(),
    );
  });

  it('J23: is recognized in a refresh', () => {
    runRows(
      [
        [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [due + 300, inputs.authenticated(bob), 'signing-out logout', replacementEffects],
      ],
      signedIn(),
    );
  });

  it('J23: is asked for at load, where only the shared record says that the stored JWT is of somebody else', () => {
    const rules = new Rules();
    rules.record = { person: fingerprint(firstJwt.claims, 0)! };
    runRows(
      [
        ...atLoad,
        [100, inputs.authenticated(bob), 'signing-in awaiting-call', ['hide messenger', 'Auth.reAuthenticate']],
      ],
      rules,
    );
    expect(rules.model.token).to.equal(undefined);
  });

  it('J23: refresh() rejects with login-required', () => {
    const rules = signedIn();
    rules.now = t0 + 1000;
    rules.send(inputs.refresh(1));
    rules.send(inputs.authenticated(bob));
    rules.now += 400;
    expect(rules.send(inputs.commandResolved).map(textOf)).to.include('reject 1 login-required');
  });

  it('is not assumed when a JWT has no subject', () => {
    const nameless = { ...jwt('j2', lifetime, t0 + due), claims: {} };
    runRows(
      [
        [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [due + 300, inputs.authenticated(nameless), 'signed-in', ['token j2 refresh']],
      ],
      signedIn(),
    );
  });

  it('may sign in after a sign-out without being signed out again', () => {
    const rules = runRows(
      [
        [100, inputs.signOut(1), 'signing-out logout', ['Auth.logout']],
        [300, inputs.commandResolved, 'signed-out user', ['signed-out user', 'resolve 1']],
        [400, inputs.signIn(2), 'signing-in code popup', ['code popup']],
        [900, inputs.codeReceived('c1'), 'signing-in code-ready', ['Auth.getTokens']],
      ],
      signedIn(),
    );
    runRows(
      [
        [1000, inputs.pluginCalled(3), 'signing-in exchange', ['answer 3 c1']],
        [1400, inputs.authenticated(bob), 'signed-in', ['token b1 sign-in', 'signed-in', 'resolve 2 b1']],
      ],
      rules,
    );
  });
});
