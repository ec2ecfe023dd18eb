import { expect } from '@open-wc/testing';
import { throwError } from 'rxjs';
import type { SchedulerAction } from 'rxjs';
import { GcAuthError } from '../../src/core/errors.js';
import type { MessengerFact } from '../../src/core/messenger.js';
import { Session } from '../../src/session/session.js';
import { fakePorts } from '../support/fake-ports.js';
import { configOf, grantOf, jwt, t0 } from '../support/fixtures.js';
import { endingOf, sessionUnderTest } from '../support/harness-session.js';
import { VirtualTime } from '../support/virtual-time.js';

const minute = 60_000;
const lifetime = 15 * minute;
const due = lifetime - 2 * minute;
const loaded: MessengerFact = { type: 'loaded', allowSessionUpgrade: false };
const notAuthenticated: MessengerFact = { type: 'auth-ready', authenticated: false };

describe('a session', () => {
  it('does nothing before it is started', () => {
    const { messenger, session, states, time } = sessionUnderTest();
    time.advance(minute);
    expect(messenger.connections).to.equal(0);
    expect(session.snapshot).to.include({ state: 'loading', token: undefined, prompt: undefined });
    expect(states).to.eql(['loading']);
  });

  it('J1: signs in silently and emits the events in order', () => {
    const { messenger, code, start, states, events } = sessionUnderTest();
    start();
    messenger.emit(loaded, notAuthenticated);
    const call = messenger.call();
    expect(code.started.silent).to.equal(1);
    code.answerSilent(grantOf('c1'));
    expect(messenger.answers).to.eql([{ id: call.id, answer: { grant: grantOf('c1') } }]);
    messenger.emit({ type: 'authenticating' }, { type: 'authenticated', token: jwt('j1', lifetime) });
    expect(states).to.eql(['loading', 'signing-in', 'signed-in']);
    expect(events).to.eql(['ready', 'token j1 sign-in', 'signed-in']);
  });

  it('disconnects from Messenger before it connects again, so no fact arrives twice', () => {
    const { messenger, code, start, session, time } = sessionUnderTest();
    start();
    messenger.emit(loaded);
    time.advance(minute);
    expect(session.snapshot).to.include({ state: 'failed', reason: 'script-timeout' });
    session.dispatch({ type: 'retry' });
    expect([messenger.connections, messenger.connected]).to.eql([2, 1]);
    messenger.emit(loaded, notAuthenticated);
    messenger.call();
    expect(code.started.silent).to.equal(1);
  });

  it('J2: opens the popup synchronously within the call', async () => {
    const { messenger, code, start, session } = sessionUnderTest();
    start();
    messenger.emit(loaded, notAuthenticated);
    messenger.call();
    code.answerSilent(new GcAuthError('login-required'));
    expect(session.snapshot.prompt).to.eql({ kind: 'sign-in', code: 'login-required' });
    expect(code.started.prepare).to.equal(1);
    const signedIn = session.call('sign-in');
    expect(code.started.popup).to.equal(1);
    expect(session.snapshot.prompt?.kind).to.equal('waiting');
    code.answerPopup(grantOf('c1'));
    messenger.emit({ type: 'authenticated', token: jwt('j1', lifetime) });
    expect((await endingOf(signedIn)).value?.jwt).to.equal('j1');
  });

  it('returns to the prompt when the browser blocks the popup', async () => {
    const { messenger, code, start, session, events } = sessionUnderTest();
    start();
    messenger.emit(loaded, notAuthenticated);
    code.popupBlocked = true;
    expect(await endingOf(session.call('sign-in'))).to.include({ code: 'popup-blocked' });
    expect(session.snapshot.prompt).to.eql({ kind: 'sign-in', code: 'popup-blocked' });
    expect(events).to.eql(['ready', 'error popup-blocked']);
  });

  it('cancels the silent attempt when a click opens the popup', () => {
    const { messenger, code, start, session } = sessionUnderTest();
    start();
    messenger.emit(loaded, notAuthenticated);
    messenger.call();
    expect(code.live.silent).to.equal(1);
    void session.call('sign-in');
    expect(code.live).to.include({ silent: 0, popup: 1 });
  });

  it('cancels a silent attempt without an answer', () => {
    const { messenger, code, start, session, time } = sessionUnderTest();
    start();
    messenger.emit(loaded, notAuthenticated);
    messenger.call();
    time.advance(10_000);
    expect(code.live.silent).to.equal(0);
    expect(session.snapshot).to.include({ state: 'interaction-required', reason: 'silent-timeout' });
  });

  it('shares one refresh between concurrent callers', async () => {
    const { messenger, session, signedIn, events } = sessionUnderTest();
    signedIn();
    const calls = [session.call('refresh'), session.call('refresh')];
    expect(messenger.commands.map(({ name }) => name)).to.eql(['Auth.refreshToken']);
    messenger.emit({ type: 'authenticated', token: jwt('j2', lifetime, t0 + 1000) });
    messenger.commands[0]!.resolve();
    const endings = await Promise.all(calls.map(endingOf));
    expect(endings.map(({ value }) => value?.jwt)).to.eql(['j2', 'j2']);
    expect(events).to.eql(['ready', 'token j1 restored', 'signed-in', 'token j2 refresh']);
  });

  it('J3: renews once per lifetime, for a day', () => {
    const { messenger, signedIn, time } = sessionUnderTest();
    signedIn();
    for (let day = 0; day < 24 * 60 * minute; day += due) {
      const before = messenger.commands.length;
      time.advance(due - 1);
      expect(messenger.commands.length - before).to.equal(0);
      time.advance(1);
      expect(messenger.commands.length - before).to.equal(1);
      messenger.emit({ type: 'authenticated', token: jwt(`at ${day}`, lifetime, time.now()) });
      messenger.commands.at(-1)!.resolve();
    }
  });

  it('renews on a hidden page when it becomes visible', () => {
    const { messenger, page, signedIn, time, session } = sessionUnderTest();
    signedIn();
    page.visible = false;
    time.advance(lifetime + minute);
    expect(messenger.commands).to.eql([]);
    expect(session.snapshot.state).to.equal('signed-in');
    page.visible = true;
    page.wake$.next('visibilitychange');
    expect(messenger.commands.map(({ name }) => name)).to.eql(['Auth.refreshToken']);
    page.wake$.next('focus');
    expect(messenger.commands).to.have.lengthOf(1);
  });

  it('keeps the renewal time when the page becomes visible earlier', () => {
    const { messenger, page, signedIn, time } = sessionUnderTest();
    signedIn();
    page.visible = false;
    time.advance(minute);
    page.visible = true;
    page.wake$.next('visibilitychange');
    time.advance(due - minute - 1);
    expect(messenger.commands).to.eql([]);
    time.advance(1);
    expect(messenger.commands).to.have.lengthOf(1);
  });

  it('waits longer than the longest timer', () => {
    const time = new VirtualTime();
    time.frame = t0;
    const waits: number[] = [];
    const schedule = time.schedule.bind(time);
    time.schedule = <T>(work: (this: SchedulerAction<T>, state?: T) => void, delay = 0, state?: T) => {
      waits.push(delay);
      return schedule(work, delay, state as T);
    };
    const ports = fakePorts();
    new Session({ config: configOf(), ports, scheduler: time, random: () => 0 }).start();
    const days = 60 * 24 * 60 * minute;
    ports.messenger.emit(loaded, { type: 'auth-ready', authenticated: true });
    ports.messenger.emit({ type: 'authenticated', token: jwt('j', days) });
    time.advance(days - 2 * minute - 1);
    expect(ports.messenger.commands).to.eql([]);
    time.advance(1);
    expect(ports.messenger.commands).to.have.lengthOf(1);
    expect(Math.max(...waits)).to.be.at.most(2 ** 31 - 1);
  });

  describe('J19: that ends with the code of a redirect', () => {
    const returned = { answer: { grant: grantOf('c1') }, kept: { windowOpen: false } };

    function backFromRedirect(...facts: MessengerFact[]) {
      const under = sessionUnderTest();
      under.code.answer = returned;
      under.start();
      under.messenger.emit(...facts);
      return under;
    }

    it('leaves it to the next one while Messenger has not called for it', () => {
      for (const facts of [[], [loaded, notAuthenticated]]) {
        const { session, code } = backFromRedirect(...facts);
        expect(code.answer).to.equal(undefined);
        session.end();
        expect(code.answer).to.equal(returned);
      }
    });

    it('leaves it while it waits for the call that Messenger was asked for', () => {
      const { session, code, messenger, time } = backFromRedirect(loaded, notAuthenticated);
      time.advance(7_000);
      expect(messenger.commands.map(({ name }) => name)).to.eql(['Auth.getTokens', 'Auth.getTokens']);
      session.end();
      expect(code.answer).to.equal(returned);
    });

    it('leaves nothing once Messenger has it, and nothing after a sign-out', async () => {
      const handedOver = backFromRedirect(loaded, notAuthenticated);
      handedOver.messenger.call();
      handedOver.session.end();
      const signedOut = backFromRedirect(loaded, notAuthenticated);
      await endingOf(signedOut.session.call('sign-out'));
      signedOut.session.end();
      expect([handedOver.code.answer, signedOut.code.answer]).to.eql([undefined, undefined]);
    });
  });

  it('J13: requests another code when this one was used before', () => {
    const { messenger, code, ledger, start } = sessionUnderTest();
    start();
    ledger.used.add('c1');
    messenger.emit(loaded, notAuthenticated);
    const call = messenger.call();
    code.answerSilent(grantOf('c1'));
    expect(messenger.answers).to.eql([]);
    expect(code.live.silent).to.equal(1);
    code.answerSilent(grantOf('c2'));
    expect(messenger.answers).to.eql([{ id: call.id, answer: { grant: grantOf('c2') } }]);
  });

  it('J13: gives an ID token to Messenger once, too', () => {
    const { messenger, code, start } = sessionUnderTest();
    start();
    messenger.emit(loaded, notAuthenticated);
    messenger.call();
    code.answerSilent({ idToken: 'i1' });
    messenger.call();
    code.answerSilent({ idToken: 'i1' });
    expect(messenger.answers.map(({ answer }) => answer)).to.eql([{ grant: { idToken: 'i1' } }]);
  });

  it('rejects the plugin call of a step-up and publishes signInFailed', () => {
    const { messenger, code, start, session } = sessionUnderTest();
    start();
    messenger.emit({ type: 'loaded', allowSessionUpgrade: true }, notAuthenticated);
    const call = messenger.call('signIn');
    code.answerSilent(new GcAuthError('login-required'));
    session.dispatch({ type: 'dismiss' });
    expect(messenger.published.map(({ event }) => event)).to.eql(['signInFailed']);
    const [{ id, answer } = { id: 0, answer: {} }] = messenger.answers;
    expect(id).to.equal(call.id);
    expect('error' in answer && answer.error.code).to.equal('login-required');
  });

  it('J11: tells Messenger twice that a code is ready, then fails', () => {
    const { messenger, code, start, time, session } = sessionUnderTest();
    start();
    messenger.emit(loaded, notAuthenticated);
    messenger.call();
    code.answerSilent(grantOf('c1'));
    time.advance(1500);
    expect(messenger.commands.map(({ name }) => name)).to.eql(['Auth.getTokens']);
    time.advance(1500);
    expect(messenger.readyPublished).to.equal(1);
    time.advance(1500);
    expect(session.snapshot).to.include({ state: 'failed', reason: 'reauthenticate-ignored' });
    expect(session.snapshot.prompt).to.eql({ kind: 'retry', code: 'reauthenticate-ignored' });
    session.dispatch({ type: 'retry' });
    expect(code.live.silent).to.equal(1);
  });

  it('J12: stops a loop', () => {
    const { messenger, code, start, time, session, events } = sessionUnderTest();
    start();
    messenger.emit(loaded, notAuthenticated);
    for (let round = 1; session.snapshot.state !== 'failed' && round < 10; round++) {
      if (!messenger.openCalls.length) messenger.call();
      if (!code.live.silent) time.advance(5_000);
      code.answerSilent(grantOf(`c${round}`));
      messenger.emit({ type: 'authenticating' }, { type: 'auth-error', event: 'Auth.error', failure: { status: 401 } });
    }
    expect(session.snapshot.reason).to.equal('loop-stopped');
    expect(messenger.answers).to.have.lengthOf(3);
    expect(events).to.eql(['ready', 'error exchange-failed', 'error exchange-failed', 'error loop-stopped']);
  });

  it('reports why Messenger does not load', () => {
    const { messenger, start, session, events } = sessionUnderTest();
    start();
    messenger.fail(new GcAuthError('domain-not-allowed'));
    expect(session.snapshot).to.include({ state: 'failed', reason: 'domain-not-allowed', prompt: undefined });
    expect(events).to.eql(['error domain-not-allowed']);
  });

  it('turns every other error into a GcAuthError', () => {
    const ports = fakePorts();
    ports.messenger.connect = () => throwError(() => new Error('boom'));
    const { start, events } = sessionUnderTest({}, ports);
    start();
    expect(events).to.eql(['error script-blocked']);
    const other = sessionUnderTest();
    other.code.silent = () => throwError(() => new Error('boom'));
    other.start();
    other.messenger.emit(loaded, notAuthenticated);
    other.messenger.call();
    expect(other.session.snapshot.required?.code).to.equal('provider-error');
  });

  it('reports an exception of a port and continues', () => {
    const { messenger, code, start, time, events, session } = sessionUnderTest();
    messenger.publishReady = () => {
      throw new Error('boom');
    };
    start();
    messenger.emit(loaded, notAuthenticated);
    messenger.call();
    code.answerSilent(grantOf('c1'));
    time.advance(3000);
    expect(events).to.eql(['ready', 'error command-failed']);
    messenger.emit({ type: 'authenticated', token: jwt('j1', lifetime) });
    expect(session.snapshot.state).to.equal('signed-in');
  });

  it('ignores a preparation that fails', () => {
    const { messenger, code, start, session, events } = sessionUnderTest();
    code.prepare = () => throwError(() => new Error('boom'));
    start();
    messenger.emit(loaded, notAuthenticated);
    messenger.call();
    code.answerSilent(new GcAuthError('login-required'));
    expect(session.snapshot.state).to.equal('interaction-required');
    expect(events).to.eql(['ready']);
  });

  it('continues after a 503 of a refresh and re-authenticates after a 401', () => {
    const { messenger, signedIn, session, time } = sessionUnderTest();
    signedIn();
    void session.call('refresh').catch(() => undefined);
    messenger.lastCommand('Auth.refreshToken')!.reject({ response: { status: 503 } });
    expect(session.snapshot).to.include({ state: 'signed-in', reason: 'refresh-failed' });
    time.advance(4_000);
    messenger.lastCommand('Auth.refreshToken')!.reject({ response: { status: 401 } });
    expect(session.snapshot.state).to.equal('reauthenticating');
  });

  it('unsubscribes after 30 s from a command that does not settle', () => {
    const { messenger, signedIn, session, time } = sessionUnderTest();
    signedIn();
    void session.call('sign-out').catch(() => undefined);
    const command = messenger.lastCommand('Auth.logout');
    time.advance(29_999);
    expect(command!.cancelled).to.equal(false);
    time.advance(1);
    expect(command!.cancelled).to.equal(true);
  });

  it('emits every Messenger event', () => {
    const { messenger, start, events } = sessionUnderTest();
    start();
    messenger.emit({ type: 'event', name: 'Launcher.ready', data: {} });
    expect(events).to.eql(['messenger Launcher.ready']);
  });

  it('logs phases and reasons, but no secret', () => {
    const { messenger, code, start, lines } = sessionUnderTest();
    start();
    messenger.emit(loaded, notAuthenticated);
    messenger.call();
    code.answerSilent(grantOf('secret-code'));
    messenger.emit({ type: 'authenticated', token: jwt('secret-jwt', lifetime) });
    expect(lines.at(-1)).to.eql(['exchange → signed-in', 'sign-in']);
    expect(JSON.stringify(lines)).to.not.contain('secret');
  });
});
