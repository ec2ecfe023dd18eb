import type { TabMessageType, SharedRecord } from '../session/ports.js';

/** The shared record as one tab wrote it, with the message to the other tabs. */
export interface RecordMessage extends SharedRecord {
  /** Undefined: nothing to report. */
  readonly message: TabMessageType | undefined;
  /** The tab that wrote it: a random number. */
  readonly by: number;
  /** Epoch ms; increases with every write. */
  readonly at: number;
}

const types: Readonly<Record<string, string>> = {
  issuedAt: 'number',
  expiresAt: 'number',
  person: 'string',
  sameWhileValid: 'boolean',
} satisfies Record<keyof SharedRecord, string>;

/** The record in a value from outside; `{}` when there is none. Members of other names or types are left out. */
export const recordIn = (value: unknown): SharedRecord =>
  Object.fromEntries(Object.entries(Object(value) as object).filter(([name, member]) => typeof member === types[name]));

export const isTabMessage = (value: unknown): value is TabMessageType =>
  ['signed-in', 'renewed', 'signed-out'].includes(value as TabMessageType);
