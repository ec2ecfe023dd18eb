import { isFingerprint } from '../core/person-fingerprint.js';
import type { SignOut } from '../core/shared-record.js';
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

/** Version of the record's format. A value of another version is not read, and its key is not written. */
export const recordVersion = 2;

type Check = (value: unknown) => boolean;

const isTime: Check = (value) => typeof value === 'number' && value >= 0 && value < maxTime;
const isText: Check = (value) => typeof value === 'string';
const isTrue: Check = (value) => value === true;
const isPrint: Check = (value) => typeof value === 'string' && isFingerprint(value);

/** No clock shows this time, in epoch ms. */
const maxTime = 1e14;

const signOutChecks: Record<keyof SignOut, Check> = { at: isTime, pending: isTrue, overruled: isTrue, person: isPrint };

const checks: Record<keyof SharedRecord, Check> = {
  issuedAt: isTime,
  expiresAt: isTime,
  person: isPrint,
  identity: isText,
  sameWhileValid: isTrue,
  signOut: (value) => isTime((Object(value) as { readonly at?: unknown }).at),
};

/** The own members of a value that pass their check. Others are left out. */
const checked = (value: unknown, checksOf: Readonly<Record<string, Check>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(Object(value) as object).filter(
      ([name, member]) => Object.hasOwn(checksOf, name) && checksOf[name]?.(member),
    ),
  );

/** The record in a value from outside; `{}` when there is none. Members of other names, types or ranges are left out. */
export function recordIn(value: unknown): SharedRecord {
  const { signOut, ...record } = checked(value, checks);
  return {
    ...record,
    ...(signOut !== undefined && { signOut: checked(signOut, signOutChecks) as unknown as SignOut }),
  };
}

export const isTabMessage = (value: unknown): value is TabMessageType =>
  ['signed-in', 'renewed', 'signed-out', 'person-changed'].includes(value as TabMessageType);
