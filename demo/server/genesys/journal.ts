import { createHash } from 'node:crypto';

/** Calls are counted when they arrive. `…Refused` counts those that failed. */
export interface Counters {
  exchanges: number;
  exchangesRefused: number;
  /** Exchanges with an authorization code that was already used. */
  codesSeenTwice: number;
  refreshes: number;
  refreshesRefused: number;
  revokes: number;
  revokesRefused: number;
  configures: number;
  configuresRefused: number;
  socketsOpened: number;
  /** Messages from people. */
  messages: number;
}

export type JournalKind = 'exchange' | 'refresh' | 'revoke' | 'configure' | 'socket' | 'message' | 'control';

/** One event. Contains no code, token or message. */
export interface JournalEntry {
  /** Epoch milliseconds. */
  at: number;
  kind: JournalKind;
  outcome: string;
  status?: number;
  sub?: string;
  /** First 16 hexadecimal digits of the SHA-256 of an authorization code. */
  codeHash?: string;
}

const limit = 5000;

export class Journal {
  readonly counters: Counters = {
    exchanges: 0,
    exchangesRefused: 0,
    codesSeenTwice: 0,
    refreshes: 0,
    refreshesRefused: 0,
    revokes: 0,
    revokesRefused: 0,
    configures: 0,
    configuresRefused: 0,
    socketsOpened: 0,
    messages: 0,
  };
  readonly #entries: JournalEntry[] = [];

  add(entry: Omit<JournalEntry, 'at'>): void {
    this.#entries.push({ at: Date.now(), ...entry });
    if (this.#entries.length > limit) this.#entries.shift();
  }

  entries(): JournalEntry[] {
    return this.#entries.map((entry) => ({ ...entry }));
  }
}

export function hashOfCode(code: string): string {
  return createHash('sha256').update(code).digest('hex').slice(0, 16);
}
