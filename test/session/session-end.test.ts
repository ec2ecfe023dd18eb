import { expect } from '@open-wc/testing';
import { throwError } from 'rxjs';
import { GcAuthError } from '../../src/core/errors.js';
import type { MessengerFact } from '../../src/core/messenger.js';
import { grantOf, jwt, t0 } from '../support/fixtures.js';
import { endingOf, sessionUnderTest } from '../support/harness-session.js';

const minute = 60_000;
const lifetime = 15 * minute;
const loaded: MessengerFact = { type: 'loaded', allowSessionUpgrade: false };
const notAuthenticated: MessengerFact = { type: 'auth-ready', authenticated: false };

describe('Session.end()', () => {
  it('stops all work, completes the streams and rejects waiting callers', async () => {
    const { messenger, code, page, session, signedIn, time } = sessionUnderTest();
    signedIn();
    const refresh = session.call('refresh');
    messenger.lastCommand('Auth.refreshToken')!.reject({ status: 401 });
    messenger.call('reAuthenticate');
    expect(code.live.silent).to.equal(1);
    expect(page.wake$.observed).to.equal(true);
    let completed = 0;
    session.snapshot$.subscribe({ complete: () => completed++ });
    session.events$.subscribe({ complete: () => completed++ });
    session.end();
    expect(messenger.connected).to.equal(0);
    expect(code.live).to.eql({ silent: 0, popup: 0, endSession: 0 });
    expect(page.wake$.observed).to.equal(false);
    expect(messenger.commands.every(({ cancelled }) => cancelled)).to.equal(true);
    expect(completed).to.equal(2);
    expect(await endingOf(refresh)).to.include({ code: 'command-failed' });
    const commands = messenger.commands.length;
    time.advance(24 * 60 * minute);
    expect(messenger.commands).to.have.lengthOf(commands);
    expect(time.actions).to.eql([]);
  });

  it('closes the popup', () => {
    const { messenger, code, session, start } = sessionUnderTest();
    start();
    messenger.emit(loaded, notAuthenticated);
    void session.call('sign-in').catch(() => undefined);
    expect(code.live.popup).to.equal(1);
    session.end();
    expect(code.live.popup).to.equal(0);
  });

  it('rejects later calls and ignores later inputs', async () => {
    const { messenger, session, start, events } = sessionUnderTest();
    start();
    session.end();
    expect(await endingOf(session.call('refresh'))).to.include({ code: 'command-failed' });
    session.dispatch({ type: 'wake', reason: 'focus' });
    messenger.emit(loaded);
    expect(events).to.eql([]);
  });

  it('leaves no attempt running after many sign-ins', () => {
    const { messenger, code, signedIn, session } = sessionUnderTest();
    signedIn();
    for (let round = 0; round < 5; round++) {
      messenger.call();
      code.answerSilent(grantOf(`c${round}`));
      messenger.emit({ type: 'authenticated', token: jwt(`r${round}`, lifetime, t0 + round * 1000) });
    }
    expect(session.snapshot.state).to.equal('signed-in');
    expect(code.live).to.eql({ silent: 0, popup: 0, endSession: 0 });
    session.end();
  });
});

describe('signing out', () => {
  it('J15: signs out at Genesys, then at the provider', async () => {
    const { messenger, code, session, signedIn, events } = sessionUnderTest();
    signedIn();
    const signedOut = session.call('sign-out', true);
    expect(code.started.endSession).to.equal(0);
    messenger.lastCommand('Auth.logout')!.resolve();
    expect(code.started.endSession).to.equal(1);
    expect(events.at(-1)).to.equal('signed-out user');
    code.answerEndSession();
    expect(await endingOf(signedOut)).to.eql({ value: undefined });
  });

  it('reports why the page could not navigate to the provider', async () => {
    const { messenger, code, session, signedIn, events } = sessionUnderTest();
    signedIn();
    const signedOut = session.call('sign-out', true);
    messenger.lastCommand('Auth.logout')!.resolve();
    code.answerEndSession(new GcAuthError('discovery-failed'));
    expect(await endingOf(signedOut)).to.include({ code: 'discovery-failed' });
    expect(events.at(-1)).to.equal('error discovery-failed');
  });

  it('turns another error of the navigation into logout-failed', async () => {
    const { messenger, code, session, signedIn } = sessionUnderTest();
    code.endSession = () => throwError(() => new Error('boom'));
    signedIn();
    const signedOut = session.call('sign-out', true);
    messenger.lastCommand('Auth.logout')!.resolve();
    expect(await endingOf(signedOut)).to.include({ code: 'logout-failed' });
  });

  it('reports that the page is still here after ten seconds', () => {
    const { messenger, code, session, signedIn, events, time } = sessionUnderTest();
    signedIn();
    void session.call('sign-out', true);
    messenger.lastCommand('Auth.logout')!.resolve();
    code.answerEndSession();
    time.advance(10_000);
    expect(events.at(-1)).to.equal('error logout-failed');
  });

  it('reports nothing when the Back button restores the page that has left for the provider', async () => {
    for (const answered of [true, false]) {
      const { messenger, code, page, session, signedIn, events, time } = sessionUnderTest();
      signedIn();
      const signedOut = session.call('sign-out', true);
      messenger.lastCommand('Auth.logout')!.resolve();
      if (answered) code.answerEndSession();
      time.advance(3_000);
      page.wake$.next('focus');
      page.wake$.next('pageshow');
      time.advance(60_000);
      expect(events.at(-1)).to.equal('signed-out user');
      expect(await endingOf(signedOut)).to.eql({ value: undefined });
      expect(time.actions).to.eql([]);
      session.end();
    }
  });

  it('stops the navigation to the provider when the session ends', () => {
    const { messenger, code, session, signedIn } = sessionUnderTest();
    signedIn();
    void session.call('sign-out', true).catch(() => undefined);
    messenger.lastCommand('Auth.logout')!.resolve();
    expect(code.live.endSession).to.equal(1);
    session.end();
    expect(code.live.endSession).to.equal(0);
  });
});
