import type { Observable } from 'rxjs';
import type { GcAuthError } from '../core/errors.js';
import type { Grant } from '../core/grant.js';
import type { PluginCall, PluginCallResult, MessengerFact } from '../core/messenger.js';
import type { TabMessageType, SharedRecord } from '../core/shared-record.js';
import type { LoopEntry } from '../core/loop-breaker.js';

export type { TabMessageType, SharedRecord, LoopEntry };

/*
 * What a session needs from the outside. Laws of every port: observables are cold, nothing happens
 * before subscribe, everything is undone on unsubscribe; a failure is a GcAuthError unless said otherwise.
 */

/** Genesys Messenger in this window. */
export interface MessengerPort {
  /**
   * Puts Messenger into the page, registers AuthProvider once per window, and tells what Messenger does.
   * A late subscriber is first told what already holds: loaded, auth-ready, the last JWT, open calls.
   * Errors (`script-blocked`, `domain-not-allowed`, …) when Messenger cannot be had; never completes.
   * Unsubscribing detaches; Messenger itself cannot be unloaded.
   */
  connect(): Observable<MessengerFact>;
  /**
   * One command, by its full name. Emits its value once and completes; errors with whatever Messenger
   * rejected with. May stay silent for ever: the session puts the deadline.
   */
  command(name: string, data?: unknown): Observable<unknown>;
  /** Settles a call; a second answer to the same call is ignored. */
  answer(call: PluginCall['id'], answer: PluginCallResult): void;
  /** Says `AuthProvider.ready` again, for a Messenger that missed it. */
  publishReady(): void;
  /** Publishes an AuthProvider event (`signedIn`, `signInFailed`). */
  publish(event: string, data: unknown): void;
  /** Hides Messenger's window and launcher at once, or shows them again; the same twice is the same once. */
  setHidden(hidden: boolean): void;
}

/** What the page looked like when it was left for the provider. */
export interface Kept {
  /** Messenger's window was open. */
  readonly windowOpen: boolean;
}

/** What a redirect brought back. */
export interface Returned {
  readonly answer: { readonly grant: Grant } | { readonly error: GcAuthError };
  readonly kept: Kept;
}

/** A fresh, unused authorization code from the provider. */
export interface CodePort {
  /** False where popups cannot work: an app on the home screen, a browser inside another app. */
  readonly popups: boolean;
  /** One attempt in a hidden frame, without anyone noticing. Emits one grant and completes. `reason` says why. */
  silent(reason?: string): Observable<Grant>;
  /**
   * One attempt in a popup. The window opens synchronously on subscribe, so subscribe in the click.
   * Emits one grant and completes; errors with `popup-blocked`, `popup-closed`, …
   */
  popup(reason?: string): Observable<Grant>;
  /** Leaves this page for the provider's. Completes when the navigation has begun. */
  redirect(kept: Kept): Observable<never>;
  /** What the redirect brought back with which this page was loaded. Emits at most once in a page's life, never errors. */
  returned(): Observable<Returned>;
  /** Gets everything ready that can be ready before a click. Completes; failures are silent. */
  prepare(): Observable<never>;
  /** Makes a first silent attempt fast: metadata, connections, callback page. Completes; failures are silent. */
  warm(): Observable<never>;
  /** Leaves for the provider's end-session endpoint. Completes when the navigation has begun. */
  endSession(): Observable<never>;
}

/** Remembers what was handed out, as hashes, across tabs and reloads. */
export interface LedgerPort {
  /** Emits `true` the first time a value is seen, `false` ever after; completes. Never errors. */
  markUsed(value: string): Observable<boolean>;
}

/** Other tabs of this origin with the same deployment. */
export interface TabsPort {
  /** What other tabs tell, after they have written the record. Never errors, never completes. */
  readonly messages$: Observable<TabMessageType>;
  /** The record now; `{}` when there is none or it cannot be read. */
  read(): SharedRecord;
  /** Writes the record, then tells the others when there is news. Never throws. */
  write(record: SharedRecord, message?: TabMessageType): void;
  /**
   * This tab's turn for work that only one tab should do: emits once when the lock is held, or when it could not be
   * had within its bound. The lock is held until unsubscribe, at most for the bound. Never errors, never completes.
   */
  renewalLock(): Observable<void>;
}

/** What outlives a page: without secrets, with an age. */
export interface PersistencePort {
  /** Storage can be written. Otherwise everything is kept in memory only. */
  readonly available: boolean;
  /** Frames were seen not to work with this provider in this version of the browser, less than a week ago. */
  framesUnusable(): boolean;
  rememberFrames(useless: boolean): void;
  /** Tries of this tab, kept across reloads and redirects. */
  loopEntries(): ReadonlyArray<readonly [cause: string, at: number]>;
  saveLoopEntries(loopEntries: readonly LoopEntry[]): void;
}

/** This page: seen, hidden, asleep, offline. */
export interface PagePort {
  /** A reason to look at the deadlines again: visible, restored from bfcache, online, or woken from sleep. */
  readonly wake$: Observable<string>;
  isVisible(): boolean;
  isOnline(): boolean;
  /** The person acted a moment ago, so the browser lets a popup open. */
  isActivated(): boolean;
}

export interface Ports {
  readonly messenger: MessengerPort;
  readonly code: CodePort;
  readonly ledger: LedgerPort;
  readonly page: PagePort;
  readonly tabs: TabsPort;
  readonly persistence: PersistencePort;
  /** A line for the debug log; already redacted. */
  log(line: string, detail?: unknown): void;
}
