import { expect } from '@open-wc/testing';
import { fingerprint, identityDigest } from '../../src/core/person-fingerprint.js';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import { due, firstJwt, lifetime, minute, renewInOtherTab, signedIn } from '../support/fixtures-signed-in.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { phaseOf, Rules, runRows, textOf } from '../support/harness-rules.js';
import type { InputOrFactory } from '../support/harness-rules.js';

const person = fingerprint(firstJwt.claims, 0)!;

describe('several tabs', () => {
  it('write the lifetime of a JWT to the shared record, and send a message when it was renewed', () => {
    const rules = new Rules();
    runRows([[0, inputs.start, 'loading script', ['connect', 'warm']]], rules);
    runRows(
      [
        [0, inputs.loaded, 'loading auth', ['ready']],
        [0, inputs.authReady(true), 'loading stored-jwt', []],
        [
          0,
          inputs.authenticated(firstJwt),
          'signed-in',
          ['token j1 restored', 'share without message', 'show messenger', 'signed-in'],
        ],
        [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [
          due + 300,
          inputs.authenticated(jwt('j2', lifetime, t0 + due)),
          'signed-in',
          ['token j2 refresh', 'share renewed'],
        ],
      ],
      rules,
    );
    expect(rules.record).to.eql({
      issuedAt: t0 + due + 300,
      expiresAt: t0 + due + 300 + lifetime,
      person,
      identity: identityDigest('identity', person),
      sameWhileValid: false,
    });
  });

  it('J22: a message about a renewal postpones the renewal of this tab', () => {
    const rules = renewInOtherTab(signedIn(), due - 1000);
    runRows([[due - 900, inputs.tabMessage('renewed'), 'signed-in', []]], rules);
    expect(rules.due).to.equal(due - 1000 + due);
    runRows([[due - 1000 + due, inputs.tick, 'renewing', ['Auth.refreshToken']]], rules);
  });

  it('J22: a tab that got no message reads the record before it renews', () => {
    const rules = renewInOtherTab(signedIn(), due - 1000);
    runRows([[due, inputs.tick, 'signed-in', []]], rules);
    expect(rules.due).to.equal(due - 1000 + due);
  });

  it('J22: a tab that was hidden for several lifetimes does not repeat the renewal of another tab', () => {
    const rules = signedIn();
    rules.visible = false;
    rules.now = t0 + 10 * lifetime;
    renewInOtherTab(rules, 10 * lifetime - minute).visible = true;
    expect(rules.send(inputs.wake).map(textOf)).to.eql([]);
    expect(rules.due).to.equal(10 * lifetime - minute + due);
  });

  it('J22: a tab that gets the lock after another tab has renewed does not refresh', () => {
    const rules = signedIn();
    runRows([[due, inputs.tick, 'renewing', ['Auth.refreshToken']]], rules);
    renewInOtherTab(rules, due + 400);
    runRows([[due + 500, inputs.renewedInOtherTab, 'signed-in', []]], rules);
    expect(rules.due).to.equal(due + 400 + due);
  });

  it('J6: a tab opened after the JWT expired does not refresh when another tab renewed meanwhile', () => {
    const rules = new Rules();
    const old = jwt('j0', lifetime, t0 - 2 * lifetime);
    runRows(
      [
        [0, inputs.start, 'loading script', ['connect', 'warm']],
        [0, inputs.loaded, 'loading auth', ['ready']],
        [0, inputs.authReady(true), 'loading stored-jwt', []],
        [1, inputs.authenticated(old), 'renewing', ['Auth.refreshToken']],
      ],
      rules,
    );
    renewInOtherTab(rules, 500);
    runRows([[600, inputs.renewedInOtherTab, 'signed-in', ['show messenger', 'signed-in']]], rules);
    expect(rules.due).to.equal(500 + due);
  });

  it('J21: with a wrong clock, a new tab does not renew the JWT that another tab has just received', () => {
    const rules = renewInOtherTab(new Rules(), -1000);
    runRows(
      [
        [0, inputs.start, 'loading script', ['connect']],
        [0, inputs.loaded, 'loading auth', ['ready']],
        [0, inputs.authReady(true), 'loading stored-jwt', []],
        [1, inputs.authenticated(jwt('j0', lifetime, t0 - 60 * minute)), 'signed-in', ['show messenger', 'signed-in']],
      ],
      rules,
    );
  });

  it('signIn() resolves without a popup when another tab has a valid JWT of the same person', () => {
    const rules = signedIn();
    rules.visible = false;
    renewInOtherTab(rules, lifetime);
    expect(rules.send(inputs.tabMessage('renewed')).map(textOf)).to.eql([]);
    rules.now = t0 + lifetime + minute;
    expect(rules.send(inputs.signIn(1)).map(textOf)).to.eql(['resolve 1 j1']);
  });

  it('refresh() resolves with a JWT of its own, although another tab has renewed', () => {
    const rules = signedIn();
    runRows(
      [
        [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [due + 1, inputs.refresh(1), 'renewing', []],
      ],
      rules,
    );
    renewInOtherTab(rules, due + 400);
    runRows(
      [
        [due + 500, inputs.renewedInOtherTab, 'renewing', ['Auth.refreshToken']],
        [
          due + 900,
          inputs.authenticated(jwt('j2', lifetime, t0 + due)),
          'signed-in',
          ['token j2 refresh', 'resolve 1 j2'],
        ],
      ],
      rules,
    );
  });

  describe('share a refresh', () => {
    /** Whether the refresh runs even if another tab has renewed before this one gets the lock. */
    const isForced = (rules: Rules, input: InputOrFactory): boolean | undefined => {
      const effect = rules.send(input).find(({ do: what }) => what === 'refresh');
      return effect?.do === 'refresh' ? effect.force : undefined;
    };

    it('when it is only due', () => {
      const rules = signedIn();
      rules.now = t0 + due;
      expect(isForced(rules, inputs.tick)).to.equal(false);
    });

    it('but not when the first one brought no JWT that is of use here, so the second try does not end in the same way', () => {
      const rules = signedIn();
      rules.now = t0 + due;
      rules.send(inputs.tick);
      expect(isForced(rules, inputs.renewedInOtherTab)).to.equal(true);
    });

    it('but not when the page waits for a JWT', () => {
      expect(isForced(signedIn(), inputs.refresh(1))).to.equal(true);
      const rules = signedIn();
      rules.now = t0 + due;
      rules.send(inputs.tick);
      rules.send(inputs.refresh(1));
      rules.send(inputs.commandRejected({ status: 503 }));
      expect(isForced(rules, inputs.refresh(2))).to.equal(true);
    });

    it('but not when Messenger needs a JWT for its new socket', () => {
      const rules = signedIn();
      rules.visible = false;
      rules.now = t0 + lifetime;
      expect(isForced(rules, inputs.reconnecting)).to.equal(true);
    });

    it('but not at load, where this tab has no JWT', () => {
      const rules = new Rules();
      for (const input of [inputs.start, inputs.loaded, inputs.authReady(false)]) rules.send(input);
      renewInOtherTab(rules, 500).now += 1000;
      expect(isForced(rules, inputs.tick)).to.equal(true);
    });

    it('but not when this tab follows a sign-in in another one', () => {
      const rules = signedIn();
      rules.send(inputs.tabMessage('signed-out'));
      expect(isForced(rules, inputs.tabMessage('signed-in'))).to.equal(true);
    });
  });

  it('a call that arrived while the tab waited for the lock gets its code', () => {
    const rules = signedIn();
    runRows(
      [
        [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
        [due + 1, inputs.pluginCalled(1), 'renewing', []],
      ],
      rules,
    );
    renewInOtherTab(rules, due + 400);
    runRows([[due + 500, inputs.renewedInOtherTab, 'reauthenticating code silent', ['code silent']]], rules);
  });

  it('a call that waits for the next refresh gets its code when another tab renews first', () => {
    const rules = signedIn();
    rules.now = t0 + lifetime + minute;
    rules.send(inputs.wake);
    rules.send(inputs.commandRejected({ status: 503 }));
    expect(phaseOf(rules.model)).to.equal('renewing');
    rules.send(inputs.pluginCalled(1));
    renewInOtherTab(rules, lifetime + minute).now += 100;
    expect(rules.send(inputs.tabMessage('renewed')).map(textOf)).to.eql(['code silent']);
  });

  it('J22: read from the shared record that an early refresh returns the same JWT', () => {
    const rules = signedIn();
    rules.record = { ...rules.record, sameWhileValid: true };
    runRows([[due, inputs.tick, 'signed-in', []]], rules);
    expect(rules.due).to.equal(lifetime + 500);
  });

  it('a sign-in in another tab signs this tab in without the provider', () => {
    const rules = signedIn();
    runRows([[1000, inputs.tabMessage('signed-out'), 'signed-out other-tab', ['signed-out other-tab']]], rules);
    runRows(
      [
        [5000, inputs.tabMessage('signed-in'), 'renewing', ['Auth.refreshToken']],
        [5300, inputs.authenticated(jwt('j9', lifetime, t0 + 4000)), 'signed-in', ['token j9 refresh', 'signed-in']],
      ],
      rules,
    );
  });

  it('a tab that was loading while another tab signed in does not stay anonymous', () => {
    const rules = new Rules();
    runRows(
      [
        [0, inputs.start, 'loading script', ['connect']],
        [0, inputs.loadedForStepUp, 'loading auth', ['ready']],
        [0, inputs.authReady(false), 'loading first-call', []],
      ],
      rules,
    );
    renewInOtherTab(rules, 500);
    runRows([[500, inputs.tabMessage('signed-in'), 'loading first-call', []]], rules);
    runRows([[1000, inputs.tick, 'renewing', ['Auth.refreshToken']]], rules);
  });

  it('a sign-in in another tab removes the prompt', () => {
    const rules = signedIn(new Rules(configOf({ signInModes: ['popup'] })));
    runRows(
      [
        [1000, inputs.pluginCalled(1, 'reAuthenticate'), 'interaction-required login-required', ['prepare']],
        [5000, inputs.tabMessage('signed-in'), 'renewing', ['Auth.refreshToken']],
      ],
      rules,
    );
  });

  it('do not believe what the record of another person says of an early refresh', () => {
    const rules = signedIn();
    rules.record = { ...rules.record, person: 'somebody else', sameWhileValid: true };
    runRows([[due, inputs.tick, 'renewing', ['Auth.refreshToken']]], rules);
    expect(rules.model.sameWhileValid).to.equal(false);
  });

  for (const [name, record] of [
    ['of another person', { issuedAt: t0 + due, expiresAt: t0 + due + lifetime, person: 'somebody else' }],
    ['with times in the future', { issuedAt: t0 + 90 * lifetime, expiresAt: t0 + 91 * lifetime, person }],
    ['of an expired JWT', { issuedAt: t0 - lifetime, expiresAt: t0, person }],
    ['without a lifetime', { person }],
  ] as const) {
    it(`ignore a record ${name}`, () => {
      const rules = signedIn();
      rules.record = record;
      runRows([[due, inputs.tick, 'renewing', ['Auth.refreshToken']]], rules);
    });
  }
});
