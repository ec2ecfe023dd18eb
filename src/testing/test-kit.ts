import { MemoryGenesys } from './memory/memory-genesys.js';
import { MemoryLogins } from './memory/memory-logins.js';
import { startStandIn } from './stand-in.js';
import type { StandIn } from './stand-in.js';
import type { Timing } from './timing.js';

export interface TestKitOptions {
  /** The `deployment-id` of the element under test. */
  deploymentId: string;
  /** Who is signed in at the provider when the page loads; `null`: nobody. Default: `alice`. */
  sub?: string | null;
  /** Lifetime of a Genesys JWT, in seconds. Default: 900. */
  jwtSeconds?: number;
  /** Default: those of the stand-in. */
  timing?: Partial<Timing>;
}

/** Genesys Cloud and a provider in this page, without a server. A window can start one in its life. */
export interface TestKit {
  /** Messenger of this page. */
  readonly standIn: StandIn;
  /** The property `codeProvider` of the element: codes of the provider in memory, each for one use. */
  readonly codeProvider: (request: { silent: boolean }) => Promise<{ authCode: string; redirectUri: string }>;
  /** The provider knows this person: silent sign-in succeeds. Default: `alice`. */
  signIn(sub?: string): void;
  /** The provider knows nobody: silent sign-in fails, and in a click `alice` signs in. Messenger stays signed in. */
  signOut(): void;
  /** Genesys refuses every JWT issued so far and, with `refreshTokens`, every refresh token too. */
  expire(options?: { refreshTokens?: boolean }): void;
  /** `true`: Genesys refuses codes with 401. `false`: it accepts them again. */
  refuseCodes(refuse: boolean): void;
  /** Delay of every answer of Genesys, in milliseconds. */
  slowDown(latencyMs: number): void;
  /** Removes Messenger, its data in the storage of this origin, and its global functions. */
  stop(): void;
}

const defaultSub = 'alice';

/** Copies of this module share the window. */
const started = Symbol.for('gc-auth-messenger:test-kit');

/**
 * Call it before the element is in the document: it then finds Messenger on the page and loads none. Keep the kit for all
 * tests of the window, and change it with its methods.
 *
 * @throws Error when a kit was started in this window before, also when it was stopped: what the element has registered
 *   with one Messenger stays there for the life of the window
 */
export function startTestKit({ deploymentId, sub = defaultSub, jwtSeconds = 900, timing }: TestKitOptions): TestKit {
  refuseSecondStart();
  const logins = new MemoryLogins(jwtSeconds);
  const genesys = new MemoryGenesys(logins);
  const globals = window as unknown as Record<string, unknown>;
  let person = sub;
  globals['_genesysJs'] = 'Genesys';
  removeStored(deploymentId);
  const transport = {
    fetch: (url: string, init?: RequestInit) => genesys.fetch(url, init),
    openSocket: () => genesys.openSocket(),
  };
  const standIn = startStandIn({ snippet: { deploymentId }, transport, ...(timing && { timing }) });
  return {
    standIn,
    codeProvider: ({ silent }) => {
      if (!silent) person ??= defaultSub;
      if (person === null) return Promise.reject(new Error('login_required'));
      return Promise.resolve({ authCode: logins.issueCode(person), redirectUri: location.href });
    },
    signIn: (next = defaultSub) => void (person = next),
    signOut: () => void (person = null),
    expire: ({ refreshTokens = false } = {}) => {
      logins.expireJwts();
      if (refreshTokens) logins.revokeRefreshTokens();
    },
    refuseCodes: (refuse) => void (genesys.refuseCodes = refuse),
    slowDown: (latencyMs) => void (genesys.latencyMs = latencyMs),
    stop: () => {
      standIn.stop();
      removeStored(deploymentId);
      delete globals['Genesys'];
      delete globals['_genesysJs'];
    },
  };
}

/** Messenger's keys begin with its deployment: a test must not find the person of the one before. */
function removeStored(deploymentId: string): void {
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) if (key.startsWith(`_${deploymentId}:`)) storage.removeItem(key);
  }
}

function refuseSecondStart(): void {
  const holder = window as { [started]?: true };
  if (holder[started]) {
    throw new Error(
      'startTestKit() was called before in this window. Start one kit for all tests of a file, and change it with signIn(), signOut() and expire().',
    );
  }
  holder[started] = true;
}

/**
 * Resolves when the element has the state `signed-in`, at once when it has it already. Waits while the state is
 * `interaction-required`, until somebody signs in.
 *
 * @throws the `error` of the element when its state is or becomes `failed`
 */
export function signedIn(element: EventTarget & { readonly state: string; readonly error?: unknown }): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (): void => element.removeEventListener('gc-state-change', check);
    // The element tells its error after the state.
    const fail = (): void => {
      if (element.state !== 'failed') return;
      done();
      reject((element.error as Error | undefined) ?? new Error('The state of the element is failed.'));
    };
    const check = (): void => {
      if (element.state === 'failed') queueMicrotask(fail);
      if (element.state !== 'signed-in') return;
      done();
      resolve();
    };
    element.addEventListener('gc-state-change', check);
    check();
  });
}
