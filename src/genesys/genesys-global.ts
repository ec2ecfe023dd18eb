import { Observable } from 'rxjs';

/** What the snippet leaves for the script. */
export interface SnippetOptions {
  deploymentId?: string;
  environment?: string;
  debug?: boolean;
}

/** `window.Genesys`: a queue until the script has loaded, the dispatcher of the bus from then on. */
export interface GenesysGlobal {
  (...call: unknown[]): unknown;
  /** Calls that wait for the script. */
  q?: ArrayLike<unknown>[];
  /** When the snippet ran, epoch ms. */
  t?: number;
  c?: SnippetOptions;
}

/** Publishers may give no data; replays lack `eventName`, so nothing relies on it. */
interface Envelope {
  readonly data?: unknown;
}

export const globalsOf = (win: Window): Record<string, unknown> => win as unknown as Record<string, unknown>;

/** A page may have renamed the global in its snippet: `_genesysJs` holds the name. */
export function genesysOf(win: Window): GenesysGlobal | undefined {
  const globals = globalsOf(win);
  return globals[(globals['_genesysJs'] as string | undefined) ?? 'Genesys'] as GenesysGlobal | undefined;
}

/**
 * `window.Genesys` is looked up on every call: the script replaces it when it loads, and nobody reads the queue of
 * the old one again. Never throws.
 */
function call(win: Window, ...words: unknown[]): boolean {
  try {
    const genesys = genesysOf(win);
    // Some pages put a plain `{t, c, q}` in its place; the script takes that too.
    if (typeof genesys === 'object') (genesys as Pick<GenesysGlobal, 'q'>).q?.push(words);
    else genesys!(...words);
    return true;
  } catch {
    return false;
  }
}

/**
 * One command by its full name. Errors with whatever Messenger rejects with; silent for ever when Messenger never
 * settles it, as some commands do.
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

/** Cannot be undone: the bus has no unsubscribe. */
export const subscribe = (win: Window, event: string, hear: (data: unknown) => void): boolean =>
  call(win, 'subscribe', event, (envelope: Envelope | undefined) => hear(envelope?.data ?? {}));

/** Possible once per name and window; where the name is taken, `register` is called with no plugin or not at all. */
export const registerPlugin = (win: Window, name: string, register: (plugin: unknown) => void): boolean =>
  call(win, 'registerPlugin', name, register);
