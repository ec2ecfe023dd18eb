import { expect } from '@open-wc/testing';
import { Subject } from 'rxjs';
import { grantOf } from '../support/fixtures.js';
import { endingOf, sessionUnderTest } from '../support/harness-session.js';
import { faults } from '../support/world/faulty.js';
import * as scenes from '../support/world/scenes.js';
import type { Scene } from '../support/world/scenes.js';

/** Where the scene ends when the operation fails, hangs, answers late, twice, with garbage. */
type Row = readonly [operation: string, scene: Scene, ...ends: readonly string[]];

const well = 'signed-in (sign-in)';
const renewed = 'signed-in (refresh)';
const stopped = 'failed (loop-stopped)';
const ignored = 'failed (reauthenticate-ignored)';
const kept = 'signed-in (logout-failed)';
const out = 'signed-out (user)';
const required = (code: string): string => `interaction-required (${code})`;
/** The adapter puts the deadline: it may wait for a click. */
const waits = 'loading (start)';
/** Cannot happen: such an operation never fails, or gives no answer. The contracts of the ports hold the real ones to that. */
const no = '–';

const { visit, renewal, byPopup, byRedirect, stepUp, signOut, signOutAtProvider, reauthentication } = scenes;

const matrix: readonly Row[] = [
  ['messenger.connect', visit, 'failed (script-blocked)', waits, well, well, waits],
  ['messenger.publishReady', scenes.ignored, ignored, no, no, no, no],
  ['messenger.publish', stepUp, 'signed-in (step-up)', no, no, no, no],
  ['messenger.setHidden', scenes.anotherPerson, well, no, no, no, no],
  // The JWT runs out meanwhile: a new code mends it.
  ['Auth.refreshToken', renewal, well, well, well, renewed, well],
  ['Auth.reAuthenticate', reauthentication, well, well, well, well, well],
  ['Auth.getTokens', byPopup, well, well, well, well, well],
  ['Auth.logout', signOut, kept, kept, kept, out, out],
  [
    'MessagingService.stepUpConversation',
    stepUp,
    ...['signed-out (anonymous)', 'signed-out (anonymous)', 'signed-out (anonymous)'],
    ...['signed-in (step-up)', 'signed-out (anonymous)'],
  ],
  [
    'code.silent',
    visit,
    ...[required('provider-error'), required('silent-timeout'), required('silent-timeout'), well, stopped],
  ],
  [
    'code.popup',
    byPopup,
    ...[required('provider-error'), required('popup-timeout'), required('popup-blocked'), well],
    required('login-required'),
  ],
  [
    'code.redirect',
    byRedirect,
    ...[required('provider-error'), required('popup-timeout'), required('popup-timeout'), well],
    required('popup-timeout'),
  ],
  ['code.returned', byRedirect, no, well, well, well, no],
  ['code.prepare', byPopup, well, well, well, well, well],
  ['code.warm', visit, well, well, well, well, well],
  ['code.endSession', signOutAtProvider, out, out, out, out, out],
  // Better another code than one that may have been used.
  ['ledger.markUsed', visit, stopped, stopped, stopped, well, well],
  ['tabs.messages$', renewal, no, renewed, renewed, renewed, renewed],
  ['tabs.read', renewal, no, no, no, no, renewed],
  ['tabs.write', renewal, renewed, no, no, no, no],
  ['tabs.renewalLock', renewal, renewed, well, well, renewed, renewed],
  ['page.wake$', renewal, no, renewed, renewed, renewed, renewed],
];

describe('a session whose ports go wrong', () => {
  for (const [operation, scene, ...ends] of matrix) {
    faults.forEach((fault, index) => {
      const end = ends[index] ?? no;
      if (end === no) return;
      const said = { fails: 'fails', hangs: 'hangs', late: 'is late', twice: 'answers twice', garbage: 'is garbage' };
      it(`${operation} ${said[fault]}: ${end}`, async () => {
        const { state, wrongs } = await scenes.play(scene, operation, fault);
        expect(state).to.equal(end);
        // A call that is told twice is answered twice, and the port forgets the second answer.
        const known = /^call 1 was settled twice$|^tab 0: loading/;
        expect(wrongs.filter((wrong) => !known.test(wrong))).to.eql([]);
      });
    });
  }

  it('a provider’s sign-out page that does not come is said to have failed, and nobody waits for it', async () => {
    const { messenger, session, signedIn, time, told } = sessionUnderTest();
    signedIn();
    const signedOut = session.call('sign-out', true);
    messenger.lastCommand('Auth.logout')!.resolve();
    time.advance(10_000);
    expect(await endingOf(signedOut)).to.include({ code: 'logout-failed' });
    expect(told.at(-1)).to.equal('error logout-failed');
  });

  it('a ledger that answers late does not give out the code that was given up', () => {
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
