import type { Config } from '../../src/core/config.js';
import type { GcAuthError } from '../../src/core/errors.js';
import type { TokenInfo } from '../../src/core/token.js';
import { Session } from '../../src/session/session.js';
import type { SessionEvent } from '../../src/session/session.js';
import { fakePorts } from './fake-ports.js';
import type { FakePorts } from './fake-ports.js';
import { configOf, jwt, t0 } from './fixtures.js';
import { VirtualTime } from './virtual-time.js';

export interface SessionUnderTest extends FakePorts {
  readonly time: VirtualTime;
  readonly session: Session;
  /** Its events in order: `token j1 sign-in`. */
  readonly events: readonly string[];
  readonly states: readonly string[];
  start(): void;
  /** Signs in with a JWT that was issued now. */
  signedIn(life?: number): void;
}

export const describeEvent = (event: SessionEvent): string => {
  switch (event.type) {
    case 'token':
      return `token ${event.token.jwt} ${event.token.source}`;
    case 'error':
      return `error ${event.error.code}`;
    case 'signed-out':
      return `signed-out ${event.reason}`;
    case 'messenger':
      return `messenger ${event.name}`;
    default:
      return event.type;
  }
};

export function sessionUnderTest(changes: Partial<Config> = {}, ports = fakePorts()): SessionUnderTest {
  const time = new VirtualTime();
  time.frame = t0;
  const session = new Session({ config: configOf(changes), ports, scheduler: time, random: () => 0 });
  const events: string[] = [];
  const states: string[] = [session.snapshot.state];
  // Attempts have tests of their own.
  session.events$.subscribe((event) => event.type === 'attempt' || events.push(describeEvent(event)));
  session.snapshot$.subscribe(({ state }) => states.at(-1) === state || states.push(state));
  const start = (): void => session.start();
  return {
    ...ports,
    time,
    session,
    events,
    states,
    start,
    signedIn(life = 900_000) {
      start();
      ports.messenger.emit({ type: 'loaded', allowSessionUpgrade: false });
      ports.messenger.emit({ type: 'auth-ready', authenticated: true });
      ports.messenger.emit({ type: 'authenticated', token: jwt('j1', life, time.now()) });
    },
  };
}

/** The outcome of a promise; empty while it is pending. */
export interface Ending {
  value?: TokenInfo | undefined;
  code?: GcAuthError['code'];
  error?: unknown;
}

export async function endingOf(promise: Promise<TokenInfo | undefined | void>): Promise<Ending> {
  const ending: Ending = {};
  promise.then(
    (value) => Object.assign(ending, { value: value ?? undefined }),
    (error: GcAuthError) => Object.assign(ending, { code: error.code, error }),
  );
  // Handlers of promises that are settled now have run after the next task.
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
  return ending;
}
