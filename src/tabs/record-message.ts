import type { TabMessageType, SharedRecord } from '../session/ports.js';

/** What is told, by whom, and when: later each time. */
export interface Note extends SharedRecord {
  readonly message: TabMessageType | undefined;
  /** The tab, as a random number. */
  readonly by: number;
  /** Epoch ms. */
  readonly at: number;
}

const types: Readonly<Record<string, string>> = {
  issuedAt: 'number',
  expiresAt: 'number',
  person: 'string',
  sameWhileValid: 'boolean',
} satisfies Record<keyof SharedRecord, string>;

/** The record in a value of any origin; `{}` when there is none. Whatever else is there stays behind. */
export const recordIn = (value: unknown): SharedRecord =>
  Object.fromEntries(Object.entries(Object(value) as object).filter(([name, member]) => typeof member === types[name]));

export const isTabMessage = (value: unknown): value is TabMessageType =>
  ['signed-in', 'renewed', 'signed-out'].includes(value as TabMessageType);
