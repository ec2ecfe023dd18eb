import { stateIdOf } from './answer-url.js';

/** Changes when a record means something else than before. Records of another version are ignored. */
export const redirectVersion = 1;

/** For whom a redirect asked. Its answer is for the same only (RFC 9700 §4.4). */
export interface RedirectClient {
  readonly authority: string;
  readonly clientId: string;
  readonly redirectUri: string;
  /** The redirect URI was the page itself, so it changes with the page's address. */
  readonly redirectsHere: boolean;
  readonly deploymentId: string;
  readonly loginHint: string | undefined;
  readonly acrValues: string | undefined;
  readonly maxAge: number | undefined;
}

/** What a redirect adds to the state that oidc-client-ts stores. */
export interface RedirectData {
  readonly version: typeof redirectVersion;
  readonly client: RedirectClient;
  /** Address of the page that was left, with its own query and fragment. */
  readonly returnTo: string;
  /** Messenger's window was open. */
  readonly windowOpen: boolean;
  /** The request before this one was answered that a person is needed. */
  readonly second: boolean;
  /** Nobody was asked for anything: a silent redirect. */
  readonly silent?: boolean;
  /** `history.state` of the page that was left; only after a silent redirect, whose history entry is that page's. */
  readonly historyState?: unknown;
  /** The answer was already brought from the redirect URI to `returnTo`. */
  readonly carried?: boolean;
  /** When it arrived at the redirect URI, in epoch ms; only if it was carried. */
  readonly arrivedAt?: number;
}

/** A redirect as it lies in session storage. This is read without oidc-client-ts, which the callback page does not load. */
export interface RedirectRecord {
  readonly id: string;
  /** The state as the library wrote it, for the library to read. It holds the code verifier. */
  readonly text: string;
  readonly data: RedirectData;
  /** The redirect URI of the request, as the library stored it. */
  readonly redirectUri: unknown;
}

/** Keys in session storage, which other tabs do not see and which ends with this tab. */
export const redirectKeyPrefix = 'gc-auth-messenger:redirect:';

/** Longest time between leaving and returning, in seconds. */
export const redirectLifetimeSeconds = 600;

/**
 * Removes the records of redirects that nobody returned from in time. They hold a code verifier, and session storage lasts
 * as long as the tab, whose duplicates get copies of it.
 *
 * Not by `clearStaleState()` of oidc-client-ts: it takes a time in the future, after the clock was set back, for young, and
 * this runs on pages on which no session starts, too.
 *
 * @see https://authts.github.io/oidc-client-ts/classes/OidcClient.html#clearstalestate
 */
export function purgeRedirectRecords(win: Window): void {
  try {
    const { sessionStorage } = win;
    for (const key of redirectKeys(sessionStorage)) {
      if (!isYoung(createdAt(sessionStorage.getItem(key)))) removeQuietly(sessionStorage, key);
    }
  } catch {
    // Storage that is blocked has no records.
  }
}

/**
 * The record of a state, once: it is removed, together with those of redirects that were given up before it. Undefined
 * after Back or a reload, in another tab, too late, and when another version of this bundle wrote it.
 */
export function takeRedirectRecord(win: Window, state: string | null | undefined): RedirectRecord | undefined {
  const id = stateIdOf(state);
  // Opening the storage takes longer than all the rest, and frames and popups do not need it.
  if (!id) return undefined;
  try {
    const { sessionStorage } = win;
    const text = sessionStorage.getItem(redirectKeyPrefix + id);
    if (!text) return undefined;
    const created = createdAt(text);
    for (const key of redirectKeys(sessionStorage)) {
      if (!(createdAt(sessionStorage.getItem(key)) > created)) removeQuietly(sessionStorage, key);
    }
    const { data, redirect_uri: redirectUri } = JSON.parse(text) as { data: RedirectData; redirect_uri: unknown };
    const readable = data.version === redirectVersion && data.returnTo.startsWith(`${win.location.origin}/`);
    return isYoung(created) && readable ? { id, text, data, redirectUri } : undefined;
  } catch {
    // Storage that is blocked, or that another script wrote to.
    return undefined;
  }
}

/**
 * State of a redirect of this tab that nobody returned from yet; undefined when there is none. Some providers answer an
 * earlier, silent request of the page in its place.
 */
export function pendingRedirect(win: Window): string | undefined {
  try {
    const { sessionStorage } = win;
    const created = (key: string): number => createdAt(sessionStorage.getItem(key));
    const [latest] = redirectKeys(sessionStorage).sort((one, other) => created(other) - created(one));
    return latest && `${latest.slice(redirectKeyPrefix.length)};r`;
  } catch {
    // Storage that is blocked has no records.
    return undefined;
  }
}

/** Redirect URI of the request of a state, while nobody returned from it. */
export function redirectUriOf({ sessionStorage }: Window, state: string): string | undefined {
  try {
    const { redirect_uri: uri } = JSON.parse(sessionStorage.getItem(redirectKeyPrefix + stateIdOf(state)!)!) as {
      redirect_uri: unknown;
    };
    return new URL(String(uri)).href;
  } catch {
    return undefined;
  }
}

/** Ends the redirects that this tab is back from: a popup gets a copy of the storage, and would take their answers. */
export function forgetRedirects(win: Window): void {
  try {
    for (const key of redirectKeys(win.sessionStorage)) removeQuietly(win.sessionStorage, key);
  } catch {
    // Storage that is blocked has no records.
  }
}

/**
 * Takes the answer from the redirect URI to the page that was left, once. In the fragment: unlike a query, it is sent to
 * no server, is in no log and in no `Referer`, and this bundle removes it before the page's router looks.
 *
 * @param arrivedAt When the answer arrived, in epoch ms.
 */
export function carryBack(
  win: Window,
  { id, text, data }: RedirectRecord,
  answer: URLSearchParams,
  arrivedAt: number,
): void {
  const carried = { ...(JSON.parse(text) as object), data: { ...data, carried: true, arrivedAt } };
  try {
    win.sessionStorage.setItem(redirectKeyPrefix + id, JSON.stringify(carried));
  } catch {
    // Storage that can be read but not written still has the record.
  }
  win.location.replace(`${withoutFragment(data.returnTo)}#${String(answer)}`);
}

export const withoutFragment = (url: string): string => url.replace(/#.*/s, '');

const redirectKeys = (storage: Storage): string[] =>
  Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) =>
    key.startsWith(redirectKeyPrefix),
  );

/** After the clock was set back, a time in the future counts as old as well. */
const isYoung = (created: number): boolean => Math.abs(Date.now() / 1000 - created) < redirectLifetimeSeconds;

/** Epoch seconds, as oidc-client-ts counts; `NaN` where there is no such time. */
function createdAt(text: string | null): number {
  try {
    return Number((JSON.parse(text!) as { created?: unknown }).created);
  } catch {
    return NaN;
  }
}

/** Storage that can be read but not written keeps the record until the tab is closed. */
function removeQuietly(storage: Storage, key: string): void {
  try {
    storage.removeItem(key);
  } catch {
    // Nothing else can be done.
  }
}
