import type { Observable } from 'rxjs';
import type { RedirectOutcome } from '../core/effect.js';
import type { GcAuthError } from '../core/errors.js';
import type { Grant } from '../core/grant.js';
import type { PluginCall, PluginCallResult, MessengerFact } from '../core/messenger.js';
import type { TabMessageType, SharedRecord } from '../core/shared-record.js';
import type { LoopEntry } from '../core/loop-breaker.js';

export type { TabMessageType, SharedRecord, LoopEntry, RedirectOutcome };

/*
 * What a session needs from outside. Rules for every port: observables are cold. Nothing happens before subscribe, and
 * unsubscribe undoes everything. They error with a GcAuthError unless stated otherwise.
 */

/** Genesys Messenger in this window. */
export interface MessengerPort {
  /**
   * Loads Messenger into the page, registers AuthProvider once per window, and emits what Messenger does. A late
   * subscriber first gets the facts that hold: loaded, auth-ready, the latest JWT, open plugin calls.
   *
   * Errors (`script-blocked`, `domain-not-allowed`, …) when Messenger does not load; never completes. Unsubscribing
   * disconnects; Messenger itself cannot be unloaded.
   */
  connect(): Observable<MessengerFact>;
  /**
   * Emits once when Messenger responds although `connect()` has failed, such as after a consent tool released the script;
   * completes. Never errors.
   */
  arrival(): Observable<unknown>;
  /**
   * Sends one command by its full name. Emits its result once and completes; errors with what Messenger rejects with.
   * May never settle: the session sets the deadline.
   */
  command(name: string, data?: unknown): Observable<unknown>;
  /** Settles a plugin call; a second answer to the same call has no effect. */
  answer(call: PluginCall['id'], answer: PluginCallResult): void;
  /** Publishes `AuthProvider.ready` again, for a Messenger that missed the first. */
  publishReady(): void;
  /** Publishes an AuthProvider event (`signedIn`, `signInFailed`). */
  publish(event: string, data: unknown): void;
  /** Hides Messenger's window and launcher at once, or shows them. Repeating a call has no effect. */
  setHidden(hidden: boolean): void;
}

/** State of the page when it redirects to the provider. */
export interface Kept {
  /** Messenger's window is open. */
  readonly windowOpen: boolean;
}

/** The result of a redirect. */
export interface Returned {
  readonly answer: { readonly grant: Grant } | { readonly error: GcAuthError };
  /** State of the page before the redirect. */
  readonly kept: Kept;
  /** How long ago the answer arrived in this window, in milliseconds. Default: 0. */
  readonly ageMs?: number;
  /** Nobody was asked for anything. Default: false. */
  readonly silent?: boolean;
}

/** Gets unused authorization codes from the provider. */
export interface CodePort {
  /** False where popups do not work: an app on the home screen, a browser inside another app. */
  readonly popups: boolean;
  /** The provider is probably on another site than this page. */
  readonly crossSite: boolean;
  /** One attempt in a hidden frame. Emits one grant and completes. `reason`: why a code is needed. */
  silent(reason?: string): Observable<Grant>;
  /**
   * One attempt in a popup. The window opens synchronously on subscribe, so subscribe in the click handler. Emits one
   * grant and completes; errors with `popup-blocked`, `popup-closed`, …
   */
  popup(reason?: string): Observable<Grant>;
  /**
   * Navigates this page to the provider. Completes when the navigation has started. `isUntouched`: with `prompt=none`,
   * without an entry in the history, and only if it still holds right before; otherwise `login-required`.
   */
  redirect(kept: Kept, isUntouched?: () => boolean): Observable<never>;
  /** The result of the redirect that loaded this page. Emits once, unless it is given back; never errors. */
  returned(): Observable<Returned>;
  /**
   * The session ends with a code that Messenger never asked for. That of a redirect is returned to the next session of
   * this page. Only where `returned()` may emit.
   */
  giveBack?(grant: Grant): void;
  /** Prepares everything that a click would otherwise wait for. Completes; failures are silent. */
  prepare(): Observable<never>;
  /** Makes the first silent attempt faster: metadata, connections, callback page. Completes; failures are silent. */
  warm(): Observable<never>;
  /** Navigates this page to the provider's end-session endpoint. Completes when the navigation has started. */
  endSession(): Observable<never>;
}

/** Remembers, as hashes, which codes were given to Messenger, across tabs and reloads. */
export interface LedgerPort {
  /** Emits `true` the first time a value is seen, afterwards `false`; completes. Never errors. */
  markUsed(value: string): Observable<boolean>;
}

/** Other tabs of this origin with the same deployment. */
export interface TabsPort {
  /** Messages of other tabs, each sent after the record was written. Never errors, never completes. */
  readonly messages$: Observable<TabMessageType>;
  /** The shared record; `{}` when there is none or it cannot be read. */
  read(): SharedRecord;
  /** `at` of the sign-out that the record had when this page was loaded; undefined when it had none. */
  signOutAtLoad(): number | undefined;
  /** Writes the shared record, then sends the message, if any, to the other tabs. Never throws. */
  write(record: SharedRecord, message?: TabMessageType): void;
  /**
   * A lock for work that one tab at a time does. Emits once, when the lock is held or the wait has reached its limit. The
   * lock is held until unsubscribe, up to a limit. Never errors, never completes.
   */
  renewalLock(): Observable<void>;
}

/** What outlives a page: no secrets, limited in age. */
export interface PersistencePort {
  /** Storage can be written. Otherwise everything is kept in memory only. */
  readonly available: boolean;
  /** Hidden frames were seen to fail with this provider in this version of the browser, less than a week ago. */
  framesUnusable(): boolean;
  rememberFrames(unusable: boolean): void;
  /** No silent redirect of this tab was in vain since the last sign-in, and none on this site in the last 15 minutes. */
  mayRedirectSilently(): boolean;
  rememberRedirect(outcome: RedirectOutcome): void;
  /** Entries of the loop breaker for this tab; they survive reloads and redirects. */
  loopEntries(): ReadonlyArray<readonly [cause: string, at: number]>;
  saveLoopEntries(loopEntries: readonly LoopEntry[]): void;
}

/** What outlives a page for the requests to the provider. The rules do not need it. */
export interface ResponseModeMemory {
  /** This provider was seen to refuse `response_mode=fragment`, less than a week ago. */
  fragmentRefused: boolean;
}

/** Visibility, network and user activation of this page. */
export interface PagePort {
  /** Emits the event after which deadlines must be checked again: visible, resumed, from the back/forward cache, online. */
  readonly wake$: Observable<string>;
  isVisible(): boolean;
  isOnline(): boolean;
  /** The page was loaded less than 30 s ago, and nobody has clicked, typed or scrolled in it. False where that is unknown. */
  isUntouched(): boolean;
  /** The browser counts a recent click or key press, so it lets a popup open. */
  isActivated(): boolean;
}

export interface Ports {
  readonly messenger: MessengerPort;
  readonly code: CodePort;
  readonly ledger: LedgerPort;
  readonly page: PagePort;
  readonly tabs: TabsPort;
  readonly persistence: PersistencePort;
  /** Writes a line to the debug log, without secrets. */
  log(line: string, detail?: unknown): void;
}
