import { expect } from '@open-wc/testing';
import { of } from 'rxjs';
import { GcAuthError } from '../../src/core/errors.js';
import type { MessengerFact } from '../../src/core/messenger.js';
import { fakePorts } from '../support/fake-ports.js';
import { grantOf, jwt, t0 } from '../support/fixtures.js';
import { endingOf, describeEvent, sessionUnderTest } from '../support/harness-session.js';

const lifetime = 900_000;
const loaded: MessengerFact = { type: 'loaded', allowSessionUpgrade: false };
const notAuthenticated: MessengerFact = { type: 'auth-ready', authenticated: false };

describe('a session whose ports answer synchronously', () => {
  it('processes one input at a time, in order', () => {
    const ports = fakePorts();
    const { messenger, code } = ports;
    let codes = 0;
    code.silent = () => of(grantOf(`c${++codes}`));
    const answer = messenger.answer.bind(messenger);
    messenger.answer = (id, given) => {
      answer(id, given);
      messenger.emit({ type: 'authenticating' }, { type: 'authenticated', token: jwt('j1', lifetime) });
    };
    messenger.emit(loaded, notAuthenticated);
    messenger.call();
    const { start, events, states } = sessionUnderTest({}, ports);
    start();
    expect(states).to.eql(['loading', 'signing-in', 'signed-in']);
    expect(events).to.eql(['ready', 'token j1 sign-in', 'signed-in']);
    expect(messenger.answers).to.have.lengthOf(1);
    expect(codes).to.equal(1);
  });

  it('settles a refresh whose JWT arrives before the command settles', async () => {
    const ports = fakePorts();
    const test = sessionUnderTest({}, ports);
    test.signedIn();
    ports.messenger.command = () => {
      ports.messenger.emit({ type: 'authenticated', token: jwt('j2', lifetime, t0 + 1000) });
      return of(undefined);
    };
    expect((await endingOf(test.session.call('refresh'))).value?.jwt).to.equal('j2');
  });

  it('lets a listener call the session', () => {
    const test = sessionUnderTest();
    const after: string[] = [];
    test.session.snapshot$.subscribe(({ state }) => {
      after.push(state);
      if (state === 'interaction-required') void test.session.call('sign-in').catch(() => undefined);
    });
    test.session.events$.subscribe((event) => after.push(describeEvent(event)));
    test.start();
    test.messenger.emit(loaded, notAuthenticated);
    test.messenger.call();
    test.code.answerSilent(new GcAuthError('login-required'));
    expect(test.code.live.popup).to.equal(1);
    expect(after.at(-1)).to.equal('signing-in');
  });
});
