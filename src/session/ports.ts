import type { Observable, Unsubscribable } from 'rxjs';
import type { Grant } from '../core/grant.js';
import type { Ask, AskAnswer, MessengerFact } from '../core/messenger.js';

/*
 * What a session needs from the outside. Laws of every port: observables are cold, nothing happens
 * before subscribe, everything is undone on unsubscribe; a failure is a GcAuthError unless said otherwise.
 */

/** Clock and timers, as far as they are needed of an RxJS scheduler; any of those will do, virtual ones too. */
export interface Scheduler {
  /** Epoch ms. */
  now(): number;
  /** Runs the work once, after so many milliseconds. */
  schedule(work: () => void, delay: number): Unsubscribable;
}

/** Genesys Messenger in this window. */
export interface MessengerPort {
  /**
   * Puts Messenger into the page, registers AuthProvider once per window, and tells what Messenger does.
   * A late subscriber is first told what already holds: loaded, auth-ready, the last JWT, open asks.
   * Errors (`script-blocked`, `domain-not-allowed`, …) when Messenger cannot be had; never completes.
   * Unsubscribing detaches; Messenger itself cannot be unloaded.
   */
  connect(): Observable<MessengerFact>;
  /**
   * One command, by its full name. Emits its value once and completes; errors with whatever Messenger
   * rejected with. May stay silent for ever: the session puts the deadline.
   */
  command(name: string, data?: unknown): Observable<unknown>;
  /** Settles an ask; a second answer to the same ask is ignored. */
  answer(ask: Ask['id'], answer: AskAnswer): void;
  /** Says `AuthProvider.ready` again, for a Messenger that missed it. */
  announce(): void;
  /** Publishes an AuthProvider event (`signedIn`, `signInFailed`). */
  publish(event: string, data: unknown): void;
}

/** A fresh, unused authorization code from the provider. */
export interface CodePort {
  /** One attempt in a hidden frame, without anyone noticing. Emits one grant and completes. */
  silent(): Observable<Grant>;
  /**
   * One attempt in a popup. The window opens synchronously on subscribe, so subscribe in the click.
   * Emits one grant and completes; errors with `popup-blocked`, `popup-closed`, …
   */
  popup(): Observable<Grant>;
  /** Gets everything ready that can be ready before a click. Completes; failures are silent. */
  prepare(): Observable<never>;
  /** Leaves for the provider's end-session endpoint. Completes when the navigation has begun. */
  endSession(): Observable<never>;
}

/** Remembers what was handed out, as hashes, across tabs and reloads. */
export interface LedgerPort {
  /** Emits `true` the first time a value is seen, `false` ever after; completes. Never errors. */
  spend(value: string): Observable<boolean>;
}

/** This page: seen, hidden, asleep, offline. */
export interface PagePort {
  /** A reason to look at the deadlines again: visible, restored from bfcache, online, or woken from sleep. */
  readonly wake$: Observable<string>;
  isVisible(): boolean;
  isOnline(): boolean;
}

export interface Ports {
  readonly messenger: MessengerPort;
  readonly code: CodePort;
  readonly ledger: LedgerPort;
  readonly page: PagePort;
  /** A line for the debug log; already redacted. */
  log(line: string, detail?: unknown): void;
}
