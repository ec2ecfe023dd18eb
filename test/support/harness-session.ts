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
  /** What it told, in order, in words. */
  readonly told: readonly string[];
  readonly states: readonly string[];
  start(): void;
  /** Signed in with a JWT that was issued at this moment. */
  signedIn(life?: number): void;
}

export const inWords = (signal: SessionEvent): string => {
  switch (signal.type) {
    case 'token':
      return `token ${signal.token.jwt} ${signal.token.source}`;
    case 'error':
      return `error ${signal.error.code}`;
    case 'signed-out':
      return `signed-out ${signal.reason}`;
    case 'messenger':
      return `messenger ${signal.name}`;
    default:
      return signal.type;
  }
};

export function sessionUnderTest(changes: Partial<Config> = {}, ports = fakePorts()): SessionUnderTest {
  const time = new VirtualTime();
  time.frame = t0;
  const session = new Session({ config: configOf(changes), ports, scheduler: time, random: () => 0 });
  const told: string[] = [];
  const states: string[] = [session.snapshot.state];
  session.events$.subscribe((signal) => told.push(inWords(signal)));
  session.snapshot$.subscribe(({ state }) => states.at(-1) === state || states.push(state));
  const start = (): void => session.start();
  return {
    ...ports,
    time,
    session,
    told,
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

/** How a promise ended, as far as it has by now. */
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
  // Whatever has been settled by now is known after a task.
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
