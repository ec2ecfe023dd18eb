import { Observable } from 'rxjs';
import { scriptGlobal } from '../core/platform-member.js';

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

/** Name of the global, which a page may have changed in its snippet; undefined when there is no snippet. */
export function snippetName(win: Window): string | undefined {
  const name = scriptGlobal(win, '_genesysJs');
  return typeof name === 'string' ? name : undefined;
}

/**
 * The dispatcher or queue of this page. Undefined when script has defined none: an element or a frame of the name
 * `Genesys` is not one.
 */
export function genesysOf(win: Window): GenesysGlobal | undefined {
  const found = scriptGlobal(win, snippetName(win) ?? 'Genesys');
  return isGenesys(found) ? found : undefined;
}

/** Some pages define a plain `{t, c, q}` instead of a function; the script accepts that too. */
function isGenesys(value: unknown): value is GenesysGlobal {
  try {
    if (typeof value !== 'function' && !Array.isArray((value as GenesysGlobal | undefined)?.q)) return false;
    return !('nodeType' in (value as object));
  } catch {
    // A frame on another origin.
    return false;
  }
}

/**
 * Calls `window.Genesys`, looked up on every call: the script replaces it when it loads and then ignores the old queue.
 * Never throws; `false` when Messenger is missing or throws.
 */
function call(win: Window, ...args: unknown[]): boolean {
  try {
    const genesys = genesysOf(win);
    if (!genesys) return false;
    if (typeof genesys === 'function') genesys(...args);
    else (genesys as Pick<GenesysGlobal, 'q'>).q?.push(args);
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
