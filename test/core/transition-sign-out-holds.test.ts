import { expect } from '@open-wc/testing';
import type { Config } from '../../src/core/config.js';
import { readFailure } from '../../src/core/messenger-failure.js';
import { publicState } from '../../src/core/model.js';
import { fingerprint } from '../../src/core/person-fingerprint.js';
import { configOf, jwt, t0 } from '../support/fixtures.js';
import * as inputs from '../support/harness-rules-inputs.js';
import { due, firstJwt, lifetime, signedIn } from '../support/fixtures-signed-in.js';
import { phaseOf, Rules, runRows, textOf } from '../support/harness-rules.js';
import type { InputOrFactory, Row } from '../support/harness-rules.js';

/*
 * After a person's sign-out no page that was open then shows them signed in, until a person acts on it or it is loaded
 * anew (J30).
 */

const person = fingerprint(firstJwt.claims, 0)!;

/** Another tab signs the person out at a time, ms since `t0`. */
function signOutInOtherTab(rules: Rules, at: number, pending = false): Rules {
  rules.record = { signOut: { at: t0 + at, ...(pending && { pending: true, person }) } };
  return rules;
}

/** Steps into each phase in which a page may sign somebody in. */
const ways: Readonly<Record<string, () => Rules>> = {
  'signed-in': () => signedIn(),
  renewing: () => runRows([[due, inputs.tick, 'renewing', ['Auth.refreshToken']]], signedIn()),
  code: () => runRows([...firstCode]),
  exchange: () => runRows([...firstCode, [800, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']]]),
  'awaiting-call': () =>
    runRows([[1000, inputs.reauthenticate(7), 'reauthenticating awaiting-call', ['Auth.reAuthenticate']]], signedIn()),
  backoff: () =>
    runRows([
      ...firstCode,
      [800, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
      [900, inputs.authError({ status: 500 }), 'signing-in backoff', ['report exchange-failed']],
    ]),
  'interaction-required': () =>
    runRows([
      ...firstCode,
      [800, inputs.codeFailed('login-required'), 'interaction-required login-required', ['prepare']],
    ]),
};

const firstCode: readonly Row[] = [
  [0, inputs.start, 'loading script', ['connect']],
  [0, inputs.loaded, 'loading auth', ['ready']],
  [0, inputs.authReady(false), 'loading first-call', []],
  [500, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
];

/** What can happen to a page without a person. */
const later: ReadonlyArray<readonly [string, InputOrFactory]> = [
  ['tick', inputs.tick],
  ['wake', inputs.wake],
  ['a call of Messenger', inputs.pluginCalled(90)],
  ['re-authentication', inputs.pluginCalled(91, 'reAuthenticate')],
  ['a message signed-in', inputs.tabMessage('signed-in')],
  ['a message renewed', inputs.tabMessage('renewed')],
  ['refresh()', inputs.refresh(92)],
  ['reauthenticate()', inputs.reauthenticate(93)],
  ['a new socket', inputs.reconnecting],
  ['Auth.ready', inputs.authReady(false)],
  ['retry of a code', inputs.codeFailed('silent-timeout')],
];

describe('a sign-out in another tab', () => {
  for (const [phase, enter] of Object.entries(ways)) {
    for (const [what, input] of later) {
      it(`J30: ends ${phase}, however the page gets to know: ${what}`, () => {
        const rules = signOutInOtherTab(enter(), 1500);
        rules.now = t0 + due + 5_000;
        rules.send(input);
        expect(phaseOf(rules.model)).to.equal('signed-out other-tab');
        for (const [, next] of later) {
          rules.now += 1_000;
          rules.send(distinct(next));
          expect(publicState(rules.model)).to.equal('signed-out');
        }
        expect(rules.runningAttempts).to.equal(0);
        expect(rules.model.callers).to.eql([]);
      });
    }
  }

  it('J30: undoes an exchange that succeeds afterwards, however late', () => {
    const rules = signOutInOtherTab(ways['exchange']!(), 850);
    rules.now = t0 + 900;
    rules.send(inputs.tabMessage('signed-out'));
    rules.now = t0 + 120_000;
    const effects = rules.send(inputs.authenticated(jwt('late', lifetime, t0 + 120_000))).map(textOf);
    expect(effects).to.eql(['Auth.logout']);
    expect(publicState(rules.model)).to.equal('signed-out');
    rules.now += 300;
    expect(rules.send(inputs.commandResolved).map(textOf)).to.eql(['share signed-out']);
    expect(phaseOf(rules.model)).to.equal('signed-out user');
  });

  it('J30: does not revoke the JWT of a page that was loaded afterwards, but hides it', () => {
    const rules = signOutInOtherTab(ways['exchange']!(), 850);
    rules.now = t0 + 900;
    rules.send(inputs.tabMessage('signed-out'));
    rules.record = { ...rules.record, issuedAt: t0 + 950, expiresAt: t0 + 950 + lifetime, person };
    rules.now = t0 + 1000;
    expect(rules.send(inputs.authenticated(firstJwt)).map(textOf)).to.eql(['hide messenger']);
    expect(publicState(rules.model)).to.equal('signed-out');
  });

  it('J30: holds for a session that starts later on the same page', () => {
    const rules = signOutInOtherTab(new Rules(), -100);
    runRows(
      [
        [0, inputs.start, 'loading script', ['connect']],
        [0, inputs.loaded, 'loading auth', ['ready']],
        [0, inputs.authReady(false), 'signed-out user', []],
        [500, inputs.pluginCalled(1), 'signed-out user', ['refuse 1 login-required']],
        [600, inputs.tabMessage('signed-in'), 'signed-out user', []],
      ],
      rules,
    );
  });

  it('does not hold for a page that is loaded afterwards', () => {
    const rules = signOutInOtherTab(new Rules(), -100);
    rules.signOutAtLoad = t0 - 100;
    runRows([...firstCode], rules);
    runRows(
      [
        [800, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
        [1000, inputs.authenticated(firstJwt), 'signed-in', ['token j1 sign-in', 'signed-in']],
      ],
      rules,
    );
    expect(rules.record.signOut, 'still holds for older pages').to.eql({ at: t0 - 100 });
  });

  it('ends with a click, in all tabs', () => {
    const rules = signOutInOtherTab(signedIn(), 1500);
    runRows(
      [
        [1600, inputs.tabMessage('signed-out'), 'signed-out other-tab', ['signed-out other-tab']],
        [2000, inputs.signIn(5), 'signing-in code popup', ['code popup']],
        [5000, inputs.codeReceived('c1'), 'signing-in code-ready', ['Auth.getTokens']],
        [5100, inputs.pluginCalled(1), 'signing-in exchange', ['answer 1 c1']],
        [
          5500,
          inputs.authenticated(jwt('j2', lifetime, t0 + 5500)),
          'signed-in',
          ['token j2 sign-in', 'signed-in', 'resolve 5 j2'],
        ],
      ],
      rules,
    );
    expect(rules.record.signOut).to.eql({ at: t0 + 1500, overruled: true });
    const other = signOutInOtherTab(signedIn(), 1500);
    other.now = t0 + 1600;
    other.send(inputs.tabMessage('signed-out'));
    other.record = rules.record;
    other.now = t0 + 5600;
    other.send(inputs.tabMessage('signed-in'));
    expect(phaseOf(other.model)).to.equal('renewing');
  });
});

/** The same input for another call: calls settle once. */
let lastCall = 1_000;
function distinct(input: InputOrFactory): InputOrFactory {
  if (typeof input === 'function') return input;
  if ('caller' in input) return { ...input, caller: ++lastCall };
  return 'call' in input ? { ...input, call: { ...input.call, id: ++lastCall } } : input;
}

describe('signOut()', () => {
  it('tells the other tabs and the record at once, before Genesys knows', () => {
    const rules = signedIn();
    rules.now = t0 + 1000;
    expect(rules.send(inputs.signOut(1)).map(textOf)).to.include('share signed-out');
    expect(rules.record.signOut).to.eql({ at: t0 + 1000, pending: true, person });
    rules.now += 300;
    rules.send(inputs.commandResolved);
    expect(rules.record.signOut).to.eql({ at: t0 + 1000, person });
  });

  for (const renew of ['auto', 'on-demand', 'off'] as const satisfies ReadonlyArray<Config['renew']>) {
    it(`tells Genesys where Messenger keeps its JWT to itself: renew="${renew}"`, () => {
      const rules = new Rules(configOf({ renew }));
      runRows(
        [
          [0, inputs.start, 'loading script', ['connect', 'warm']],
          [0, inputs.loaded, 'loading auth', ['ready']],
          [0, inputs.authReady(true), 'loading stored-jwt', []],
        ],
        rules,
      );
      rules.now = t0 + 300;
      rules.send(inputs.tick);
      rules.now += 100;
      if (renew !== 'off') rules.send(inputs.commandRejected({ status: 401 }));
      rules.now += 100;
      expect(rules.send(inputs.signOut(1)).map(textOf)).to.include('Auth.logout');
      rules.now += 100;
      expect(rules.send(inputs.commandResolved).map(textOf)).to.include('resolve 1');
    });
  }

  it('goes to the provider if any caller wants that, also before Messenger is ready', () => {
    const rules = new Rules();
    rules.send(inputs.start);
    rules.send(inputs.signOut(1));
    rules.send(inputs.signOut(2, true));
    rules.send(inputs.loaded);
    rules.send(inputs.authReady(true));
    expect(rules.send(inputs.commandResolved).map(textOf)).to.include('end-session 1');
  });

  it('hides the conversation when Genesys cannot be told, and tries again by itself', () => {
    const rules = signedIn();
    runRows(
      [
        [1000, inputs.signOut(1), 'signing-out logout', ['Auth.logout']],
        [
          1300,
          inputs.commandRejected({ status: 503 }),
          'failed logout-failed',
          ['hide messenger', 'report logout-failed', 'reject 1 logout-failed'],
        ],
      ],
      rules,
    );
    expect(rules.model.token).to.equal(undefined);
    expect(rules.record.signOut?.pending).to.equal(true);
    expect(rules.due).to.be.below(120_000);
    runRows(
      [
        [rules.due, inputs.tick, 'signing-out logout', ['Auth.logout']],
        [rules.due + 400, inputs.commandResolved, 'signed-out user', ['signed-out user', 'show messenger']],
      ],
      rules,
    );
    expect(rules.record.signOut?.pending).to.equal(undefined);
  });

  it('is completed when the network is back, and when Messenger says late that it is done', () => {
    const failed = (): Rules =>
      runRows(
        [
          [1000, inputs.signOut(1), 'signing-out logout', ['Auth.logout']],
          [7000, inputs.tick, 'failed logout-failed', ['report logout-failed', 'reject 1 logout-failed']],
        ],
        signedIn(),
      );
    runRows([[7500, inputs.wake, 'signing-out logout', ['Auth.logout']]], failed());
    runRows([[7500, inputs.loggedOut, 'signed-out user', ['signed-out user', 'show messenger']]], failed());
  });

  it('is completed by the next page before it shows anything', () => {
    const rules = signOutInOtherTab(new Rules(), -5_000, true);
    rules.signOutAtLoad = t0 - 5_000;
    runRows(
      [
        [0, inputs.start, 'loading script', ['hide messenger', 'connect']],
        [0, inputs.loaded, 'loading auth', ['ready']],
        [0, inputs.authReady(true), 'loading stored-jwt', []],
        [50, inputs.authenticated(firstJwt), 'signing-out logout', ['Auth.logout']],
        [
          300,
          inputs.commandResolved,
          'signing-in awaiting-call',
          ['share signed-out', 'show messenger', 'Auth.getTokens'],
        ],
      ],
      rules,
    );
    expect(rules.record.signOut?.pending).to.equal(undefined);
  });

  it('is over for the next page when Messenger has nobody, or when its tokens are refused', () => {
    const nobody = signOutInOtherTab(new Rules(), -5_000, true);
    nobody.signOutAtLoad = t0 - 5_000;
    for (const input of [inputs.start, inputs.loaded]) nobody.send(input);
    expect(nobody.send(inputs.authReady(false)).map(textOf)).to.eql(['show messenger', 'share signed-out']);
    expect(nobody.record.signOut?.pending).to.equal(undefined);

    const refused = signOutInOtherTab(new Rules(), -5_000, true);
    refused.signOutAtLoad = t0 - 5_000;
    for (const input of [inputs.start, inputs.loaded, inputs.authReady(true)]) refused.send(input);
    refused.now = t0 + 300;
    refused.send(inputs.tick);
    refused.send(inputs.commandRejected({ status: 401 }));
    expect(refused.record.signOut?.pending).to.equal(undefined);
    expect(refused.model.hidden).to.equal(false);
  });

  for (const [when, atPageLoad] of [
    ['before the page was loaded', -5_000],
    ['while the page is loading', 20],
  ] as const) {
    it(`without an error when another tab completes it first, and it was called ${when}`, () => {
      const rules = signOutInOtherTab(new Rules(), atPageLoad, true);
      if (atPageLoad < 0) rules.signOutAtLoad = t0 + atPageLoad;
      for (const input of [inputs.start, inputs.loaded, inputs.authReady(true)]) rules.send(input);
      rules.now = t0 + 50;
      const effects = rules.send(inputs.authenticated(firstJwt)).map(textOf);
      // Messenger shares its storage with the other tab, and has no tokens any more.
      for (let sent = 0; sent < 3 && phaseOf(rules.model).startsWith('signing-out'); sent++) {
        rules.now += 5;
        effects.push(...rules.send(inputs.commandRejected(readFailure(new Error('Not authenticated')))).map(textOf));
      }
      expect(effects).to.include('Auth.logout');
      expect(effects.filter((effect) => effect.startsWith('report'))).to.eql([]);
      expect(phaseOf(rules.model)).to.equal(atPageLoad < 0 ? 'signing-in awaiting-call' : 'signed-out user');
    });
  }

  it('revokes nothing because of a record that somebody has damaged', () => {
    const rules = signOutInOtherTab(new Rules(), -5_000, true);
    rules.record = { signOut: { at: t0 - 5_000, pending: true } };
    rules.signOutAtLoad = t0 - 5_000;
    for (const input of [inputs.start, inputs.loaded, inputs.authReady(true)]) rules.send(input);
    rules.now = t0 + 50;
    expect(rules.send(inputs.authenticated(firstJwt)).map(textOf)).to.not.include('Auth.logout');
    expect(phaseOf(rules.model)).to.equal('signed-in');
  });
});
