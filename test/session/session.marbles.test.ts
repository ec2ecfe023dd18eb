import { expect } from '@open-wc/testing';
import { EMPTY, distinctUntilChanged, filter, map, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { GcAuthError } from '../../src/core/errors.js';
import type { MessengerFact } from '../../src/core/messenger.js';
import type { State } from '../../src/core/model.js';
import type { Ports } from '../../src/session/ports.js';
import { Session } from '../../src/session/session.js';
import { FakePersistencePort } from '../support/fake-persistence-port.js';
import { FakePagePort, FakeTabsPort } from '../support/fake-ports.js';
import { pluginCallOf, configOf, grantOf, jwt } from '../support/fixtures.js';

/** Marbles of Messenger's facts. */
const facts: Record<string, MessengerFact> = {
  l: { type: 'loaded', allowSessionUpgrade: false },
  n: { type: 'auth-ready', authenticated: false },
  y: { type: 'auth-ready', authenticated: true },
  a: { type: 'plugin-called', call: pluginCallOf(1) },
  x: { type: 'authenticating' },
  t: { type: 'authenticated', token: jwt('j1', 600_000, 0) },
  u: { type: 'authenticated', token: jwt('j2', 600_000, 1_000) },
};

/** Marbles of the element's states. */
const states: Record<string, State> = {
  s: 'signing-in',
  i: 'signed-in',
  r: 'renewing',
  p: 'interaction-required',
};

const unexpected = (): never => {
  throw new Error('This operation is not expected.');
};

/** Runs a session in marbles. Each session ends: otherwise virtual time would run on from renewal to renewal. */
function draw(picture: (helpers: Parameters<Parameters<TestScheduler['run']>[0]>[0], act: Draw) => void): void {
  const scheduler = new TestScheduler((actual, expected) => {
    void expect(actual).to.deep.equal(expected);
  });
  scheduler.run((helpers) =>
    picture(helpers, {
      at: (ms, work) => void scheduler.schedule(work, ms),
      session: (messenger, code, lastsMs) => {
        const ports: Ports = {
          messenger: {
            answer: () => undefined,
            publishReady: unexpected,
            publish: unexpected,
            setHidden: () => undefined,
            arrival: () => EMPTY,
            ...messenger,
          },
          code: {
            popups: true,
            crossSite: false,
            silent: unexpected,
            popup: unexpected,
            redirect: unexpected,
            returned: () => of(),
            prepare: () => of(),
            warm: () => of(),
            endSession: unexpected,
            ...code,
          },
          ledger: { markUsed: () => of(true) },
          page: new FakePagePort(),
          tabs: new FakeTabsPort(),
          persistence: new FakePersistencePort(),
          log: () => undefined,
        };
        const session = new Session({ config: configOf(), ports, scheduler, random: () => 0 });
        session.start();
        scheduler.schedule(() => session.end(), lastsMs);
        return session;
      },
    }),
  );
}

interface Draw {
  at(ms: number, work: () => void): void;
  session(
    messenger: Pick<Ports['messenger'], 'connect' | 'command'>,
    code: Partial<Ports['code']>,
    lastsMs: number,
  ): Session;
}

const statesOf = (session: Session): Observable<State> =>
  session.snapshot$.pipe(
    map(({ state }) => state),
    distinctUntilChanged(),
    filter((state) => state !== 'loading'),
  );

describe('a session, in marbles', () => {
  it('signs in with one silent attempt and removes the frame as soon as it has the code', () => {
    draw(({ cold, expectObservable, expectSubscriptions }, { session }) => {
      const said = cold('     l n 98ms a 300ms x 99ms t', facts);
      const silent = cold('            299ms g|', { g: grantOf('c1') });
      const attempt = '         100ms ^ 298ms !';
      const expected = '        100ms s 400ms i 98ms |';
      const drawn = session({ connect: () => said, command: unexpected }, { silent: () => silent }, 600);
      expectObservable(statesOf(drawn)).toBe(expected, states);
      expectSubscriptions(silent.subscriptions).toBe(attempt);
    });
  });

  it('ends a silent attempt without an answer after 10 s and removes its frame', () => {
    draw(({ cold, expectObservable, expectSubscriptions }, { session }) => {
      const said = cold('l n 98ms a', facts);
      const silent = cold('            -');
      const attempt = '   100ms ^ 9999ms !';
      const expected = '  100ms s 9999ms p 899ms |';
      const drawn = session({ connect: () => said, command: unexpected }, { silent: () => silent as never }, 11_000);
      expectObservable(statesOf(drawn)).toBe(expected, states);
      expectSubscriptions(silent.subscriptions).toBe(attempt);
    });
  });

  it('shares one refresh between two calls at nearly the same time', () => {
    draw(({ cold, expectObservable, expectSubscriptions }, { session, at }) => {
      const said = cold('    l y t 1057ms u', facts);
      const refreshed = cold('      50ms r|');
      const command = '      1s ^ 50ms !';
      const expected = '     2ms i 997ms r 59ms i 938ms |';
      const drawn = session({ connect: () => said, command: () => refreshed }, {}, 1_999);
      at(1_000, () => void drawn.call('refresh'));
      at(1_020, () => void drawn.call('refresh'));
      expectObservable(statesOf(drawn)).toBe(expected, states);
      expectSubscriptions(refreshed.subscriptions).toBe(command);
    });
  });

  it('unsubscribes from everything when it ends', () => {
    draw(({ cold, expectSubscriptions }, { session }) => {
      const said = cold(' l n 98ms a', facts);
      const silent = cold('        -');
      session({ connect: () => said, command: unexpected }, { silent: () => silent as never }, 500);
      expectSubscriptions(said.subscriptions).toBe('         ^ 499ms !');
      expectSubscriptions(silent.subscriptions).toBe(' 100ms ^ 399ms !');
    });
  });

  it('requires interaction when the silent attempt is refused', () => {
    draw(({ cold, expectObservable }, { session }) => {
      const said = cold('l n 98ms a', facts);
      const silent = cold('      50ms #', {}, new GcAuthError('login-required'));
      const expected = '  100ms s 49ms p 849ms |';
      const drawn = session({ connect: () => said, command: unexpected }, { silent: () => silent as never }, 1_000);
      expectObservable(statesOf(drawn)).toBe(expected, states);
    });
  });
});
