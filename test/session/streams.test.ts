import { expect } from '@open-wc/testing';
import { config, Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import { GcAuthError } from '../../src/core/errors.js';
import { TokenInfo } from '../../src/core/token.js';
import { PublicStreams } from '../../src/session/streams.js';
import { jwt } from '../support/fixtures.js';
import { sessionUnderTest } from '../support/harness-session.js';
import { turns } from '../support/turns.js';

const tokenOf = (name: string): TokenInfo =>
  new TokenInfo(jwt(name, 900_000), { issuedAt: 0, expiresAt: 1 }, 'refresh');

describe('PublicStreams', () => {
  let valid: TokenInfo | undefined;
  let streams: PublicStreams;
  beforeEach(() => {
    valid = undefined;
    streams = new PublicStreams(() => valid);
  });

  it('state$ replays the latest change', () => {
    const states: string[] = [];
    streams.state$.subscribe(({ state }) => states.push(`early ${state}`));
    streams.enter('loading', 'start');
    streams.enter('signing-in', 'first-call');
    streams.state$.subscribe(({ state, previous }) => states.push(`late ${state} after ${previous}`));
    expect(states).to.eql(['early loading', 'early signing-in', 'late signing-in after loading']);
  });

  it('emits frozen changes, so that no subscriber changes what is replayed', () => {
    streams.state$.subscribe((change) => expect(change).to.be.frozen);
    expect(streams.enter('loading', 'start')).to.be.frozen;
  });

  it('state$ emits nothing before the first state, and no state twice in a row', () => {
    const states: string[] = [];
    streams.state$.subscribe(({ state }) => states.push(state));
    expect(states).to.eql([]);
    expect(streams.enter('loading', 'start')).to.eql({ state: 'loading', previous: undefined, reason: 'start' });
    expect(streams.enter('loading', 'other')).to.equal(undefined);
    expect(states).to.eql(['loading']);
  });

  it('token$ replays the latest only while it is valid', () => {
    const tokens: string[] = [];
    streams.tokens.next((valid = tokenOf('j1')));
    streams.token$.subscribe(({ jwt }) => tokens.push(`one ${jwt}`));
    valid = undefined;
    streams.token$.subscribe(({ jwt }) => tokens.push(`two ${jwt}`));
    streams.tokens.next(tokenOf('j2'));
    expect(tokens).to.eql(['one j1', 'one j2', 'two j2']);
  });

  it('token$ misses no JWT that is issued while it replays one', () => {
    const tokens: string[] = [];
    valid = tokenOf('j1');
    streams.token$.subscribe(({ jwt }) => {
      tokens.push(jwt);
      if (jwt === 'j1') streams.tokens.next(tokenOf('j2'));
    });
    expect(tokens).to.eql(['j1', 'j2']);
  });

  it('error$ and messenger$ replay nothing', () => {
    const emitted: unknown[] = [];
    const error = new GcAuthError('offline');
    streams.errors.next(error);
    streams.events.next({ name: 'Messenger.opened', data: {} });
    streams.error$.subscribe((value) => emitted.push(value));
    streams.messenger$.subscribe((value) => emitted.push(value));
    expect(emitted).to.eql([]);
    streams.errors.next(error);
    streams.events.next({ name: 'Messenger.closed', data: {} });
    expect(emitted).to.eql([error, { name: 'Messenger.closed', data: {} }]);
  });

  it('are read-only for the page', () => {
    for (const stream$ of [streams.state$, streams.token$, streams.error$, streams.messenger$]) {
      expect(stream$).not.to.be.instanceOf(Subject);
      expect(stream$).not.to.have.property('next');
    }
  });

  it('a listener may unsubscribe, and another subscribe, while they emit', () => {
    const states: string[] = [];
    const first = streams.state$.subscribe(({ state }) => {
      first.unsubscribe();
      states.push(`first ${state}`);
      streams.state$.subscribe((change) => states.push(`inner ${change.state}`));
    });
    streams.state$.subscribe(({ state }) => states.push(`second ${state}`));
    streams.enter('loading', 'start');
    streams.enter('signed-in', 'restored');
    expect(states).to.eql(['first loading', 'inner loading', 'second loading', 'second signed-in', 'inner signed-in']);
  });
});

describe('a listener that throws', () => {
  const { onUnhandledError } = config;
  let reported: unknown[];
  beforeEach(() => {
    reported = [];
    config.onUnhandledError = (thrown: unknown) => void reported.push(thrown);
  });
  afterEach(() => {
    config.onUnhandledError = onUnhandledError;
  });

  const failure = new Error('a defect of the page');
  const fail = (): never => {
    throw failure;
  };

  it('is reported asynchronously, and called again; the other listeners are called', async () => {
    const streams = new PublicStreams(() => tokenOf('j1'));
    const emitted: unknown[] = [];
    const streams$: ReadonlyArray<Observable<unknown>> = [
      streams.state$,
      streams.token$,
      streams.error$,
      streams.messenger$,
    ];
    for (const stream$ of streams$) stream$.subscribe(fail);
    for (const stream$ of streams$) stream$.subscribe((value) => emitted.push(value));
    streams.enter('loading', 'start');
    streams.enter('signed-in', 'restored');
    streams.tokens.next(tokenOf('j2'));
    streams.errors.next(new GcAuthError('offline'));
    streams.events.next({ name: 'Messenger.opened', data: {} });
    // Both states, the valid JWT and the new one, an error, an event.
    expect(emitted).to.have.lengthOf(6);
    expect(reported).to.eql([]);
    await turns();
    expect(reported).to.eql(Array(6).fill(failure));
  });

  it('does not disturb the session', async () => {
    const { session, start, messenger, states, events } = sessionUnderTest();
    session.snapshot$.subscribe(fail);
    session.events$.subscribe(fail);
    start();
    messenger.emit({ type: 'loaded', allowSessionUpgrade: false }, { type: 'auth-ready', authenticated: true });
    messenger.emit({ type: 'authenticated', token: jwt('j1', 900_000) });
    expect(states).to.eql(['loading', 'signed-in']);
    expect(events).to.eql(['ready', 'token j1 restored', 'signed-in']);
    await turns();
    expect(reported.length).to.be.greaterThan(0);
    expect(new Set(reported)).to.eql(new Set([failure]));
  });
});
