import { Observable } from 'rxjs';

/** Options that the snippet passes to the script. */
export interface SnippetOptions {
  deploymentId?: string;
  environment?: string;
  debug?: boolean;
}

/** `window.Genesys`: a queue until the script has loaded, then the dispatcher of the bus. */
export interface GenesysGlobal {
  (...call: unknown[]): unknown;
  /** Calls for the script to run once it has loaded. */
  q?: ArrayLike<unknown>[];
  /** When the snippet ran, epoch ms. */
  t?: number;
  c?: SnippetOptions;
}

/** Publishers may omit the data. Replayed events lack `eventName`, so it is not used. */
interface Envelope {
  readonly data?: unknown;
}

export const globalsOf = (win: Window): Record<string, unknown> => win as unknown as Record<string, unknown>;

/** A page may have renamed the global in its snippet; `_genesysJs` holds the name. */
export function genesysOf(win: Window): GenesysGlobal | undefined {
  const globals = globalsOf(win);
  return globals[(globals['_genesysJs'] as string | undefined) ?? 'Genesys'] as GenesysGlobal | undefined;
}

/**
 * Calls `window.Genesys`, looked up on every call: the script replaces it when it loads and then ignores the old queue.
 * Never throws; `false` when Messenger is missing or throws.
 */
function call(win: Window, ...args: unknown[]): boolean {
  try {
    const genesys = genesysOf(win);
    // Some pages define a plain `{t, c, q}` instead of a function; the script accepts that too.
    if (typeof genesys === 'object') (genesys as Pick<GenesysGlobal, 'q'>).q?.push(args);
    else genesys!(...args);
    return true;
  } catch {
    return false;
  }
}

/**
 * Sends one command by its full name when subscribed. Errors with what Messenger rejects with. Some commands never settle;
 * then nothing is emitted.
 */
export const command = (win: Window, name: string, data: unknown = {}): Observable<unknown> =>
  new Observable((subscriber) => {
    const done = (value: unknown): void => {
      subscriber.next(value);
      subscriber.complete();
    };
    const sent = call(win, 'command', name, data, done, (reason: unknown) => subscriber.error(reason));
    if (!sent) subscriber.error(new Error('Messenger is not on this page.'));
  });

/** Subscribes for the life of the page: the bus has no unsubscribe. */
export const subscribe = (win: Window, event: string, listener: (data: unknown) => void): boolean =>
  call(win, 'subscribe', event, (envelope: Envelope | undefined) => listener(envelope?.data ?? {}));

/** Works once per name and window. If the name is taken, `register` is called without a plugin, or not at all. */
export const registerPlugin = (win: Window, name: string, register: (plugin: unknown) => void): boolean =>
  call(win, 'registerPlugin', name, register);
