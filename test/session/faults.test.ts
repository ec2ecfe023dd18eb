import { expect } from '@open-wc/testing';
import { of, Subject } from 'rxjs';
import { grantOf } from '../support/fixtures.js';
import { endingOf, sessionUnderTest } from '../support/harness-session.js';
import { faults } from '../support/simulation/faulty-ports.js';
import type { Fault } from '../support/simulation/faulty-ports.js';
import * as scenarios from '../support/simulation/scenarios.js';
import type { Scenario } from '../support/simulation/scenarios.js';

/** The end of the scene when the operation fails, hangs, answers late, twice, or with garbage. */
type Row = readonly [operation: string, scene: Scenario, ...ends: readonly string[]];

const signedIn = 'signed-in (sign-in)';
const renewed = 'signed-in (refresh)';
const stopped = 'failed (loop-stopped)';
const ignored = 'failed (reauthenticate-ignored)';
const notSignedOut = 'failed (logout-failed)';
const signedOut = 'signed-out (user)';
const anonymous = 'signed-out (anonymous)';
const required = (code: string): string => `interaction-required (${code})`;
/** Its deadline is up to the adapter, which may wait for a click. */
const waiting = 'loading (start)';
/** Does not apply: the operation never fails, or emits nothing. The contract tests of the ports assert that. */
const none = '–';

const { visit, renewal, byPopup, byRedirect, stepUp, signOut, signOutAtProvider, reauthentication } = scenarios;

const matrix: readonly Row[] = [
  ['messenger.connect', visit, 'failed (script-blocked)', waiting, signedIn, signedIn, waiting],
  ['messenger.publishReady', scenarios.ignored, ignored, none, none, none, none],
  ['messenger.publish', stepUp, 'signed-in (step-up)', none, none, none, none],
  ['messenger.setHidden', scenarios.anotherPerson, signedIn, none, none, none, none],
  // The JWT expires meanwhile; a new code replaces it.
  ['Auth.refreshToken', renewal, signedIn, signedIn, signedIn, renewed, signedIn],
  ['Auth.reAuthenticate', reauthentication, signedIn, signedIn, signedIn, signedIn, signedIn],
  ['Auth.getTokens', byPopup, signedIn, signedIn, signedIn, signedIn, signedIn],
  ['Auth.logout', signOut, notSignedOut, notSignedOut, notSignedOut, signedOut, signedOut],
  [
    'MessagingService.stepUpConversation',
    stepUp,
    ...[anonymous, anonymous, anonymous, 'signed-in (step-up)', anonymous],
  ],
  [
    'code.silent',
    visit,
    ...[required('provider-error'), required('silent-timeout'), required('silent-timeout'), signedIn, stopped],
  ],
  [
    'code.popup',
    byPopup,
    ...[required('provider-error'), required('popup-timeout'), required('popup-blocked'), signedIn],
    required('login-required'),
  ],
  [
    'code.redirect',
    byRedirect,
    ...[required('provider-error'), required('popup-timeout'), required('popup-timeout'), signedIn],
    required('popup-timeout'),
  ],
  ['code.returned', byRedirect, none, signedIn, signedIn, signedIn, none],
  ['code.prepare', byPopup, signedIn, signedIn, signedIn, signedIn, signedIn],
  ['code.warm', visit, signedIn, signedIn, signedIn, signedIn, signedIn],
  ['code.endSession', signOutAtProvider, signedOut, signedOut, signedOut, signedOut, signedOut],
  // Without an answer of the ledger a new code is requested: this one may have been used.
  ['ledger.markUsed', visit, stopped, stopped, stopped, signedIn, signedIn],
  ['tabs.messages$', renewal, none, renewed, renewed, renewed, renewed],
  ['tabs.read', renewal, none, none, none, none, renewed],
  ['tabs.write', renewal, renewed, none, none, none, none],
  ['tabs.renewalLock', renewal, renewed, signedIn, signedIn, renewed, renewed],
  ['page.wake$', renewal, none, renewed, renewed, renewed, renewed],
];

const verbs: Readonly<Record<Fault, string>> = {
  fails: 'fails',
  hangs: 'hangs',
  late: 'is late',
  twice: 'answers twice',
  garbage: 'emits garbage',
};

describe('a session with a faulty port', () => {
  for (const [operation, scene, ...ends] of matrix) {
    faults.forEach((fault, index) => {
      const end = ends[index] ?? none;
      if (end === none) return;
      it(`${operation} ${verbs[fault]}: ${end}`, async () => {
        const { state, violations } = await scenarios.runScenario(scene, operation, fault);
        expect(state).to.equal(end);
        // A plugin call that is reported twice is answered twice; the port ignores the second answer.
        // A port that only says that Genesys was told cannot be found out.
        const known = /^call 1 was settled twice$|^tab 0: loading|Genesys was not told$/;
        expect(violations.filter((wrong) => !known.test(wrong))).to.eql([]);
      });
    });
  }

  it('reports logout-failed when the provider’s sign-out page does not load within 10 s', async () => {
    const { messenger, session, signedIn, time, events } = sessionUnderTest();
    signedIn();
    const signedOut = session.call('sign-out', true);
    messenger.lastCommand('Auth.logout')!.resolve();
    time.advance(10_000);
    expect(await endingOf(signedOut)).to.include({ code: 'logout-failed' });
    expect(events.at(-1)).to.equal('error logout-failed');
  });

  it('publishes only a code that the ledger calls unused', () => {
    const { messenger, code, ledger, start, time } = sessionUnderTest();
    const verdicts = [false, true];
    ledger.markUsed = () => of(verdicts.shift()!);
    start();
    messenger.emit({ type: 'loaded', allowSessionUpgrade: true }, { type: 'auth-ready', authenticated: false });
    time.advance(1_000);
    messenger.call('signIn');
    code.answerSilent(grantOf('used'));
    expect(messenger.published).to.eql([]);
    code.answerSilent(grantOf('unused'));
    expect(messenger.published).to.eql([{ event: 'signedIn', data: grantOf('unused') }]);
    expect(messenger.answers.map(({ answer }) => answer)).to.eql([{ grant: grantOf('unused') }]);
  });

  it('ignores an answer of the ledger that comes after its deadline', () => {
    const { messenger, code, ledger, start, time } = sessionUnderTest();
    const late = new Subject<boolean>();
    ledger.markUsed = () => late;
    start();
    messenger.emit({ type: 'loaded', allowSessionUpgrade: false }, { type: 'auth-ready', authenticated: false });
    messenger.call();
    code.answerSilent(grantOf('c1'));
    time.advance(1_000);
    expect(code.live.silent).to.equal(1);
    late.next(true);
    expect(messenger.answers).to.eql([]);
  });
});
