import { attempt as quietly } from '../core/stored-value.js';

/** What a colour means. */
export type Tone = 'neutral' | 'busy' | 'good' | 'renew' | 'warn' | 'person' | 'bad';

/** One state of the element. It lasts until the next one. */
export interface StateRecord {
  /** Epoch ms. */
  readonly at: number;
  readonly state: string;
  readonly reason: string;
}

/** One Genesys JWT, without the JWT. */
export interface TokenRecord {
  /** Epoch ms; undefined when the element told none. */
  readonly issuedAt: number | undefined;
  readonly expiresAt: number | undefined;
  readonly source: string;
  /** Name or ID in the claims. */
  readonly person: string | undefined;
  /** When the person was signed out, or the next JWT arrived, epoch ms. */
  readonly endedAt?: number;
}

/** One attempt to get a code. */
export interface AttemptRecord {
  /** When it ended, epoch ms. */
  readonly at: number;
  readonly rung: string;
  readonly verdict: string;
  /** Its duration in milliseconds; undefined when the element told none. */
  readonly ms: number | undefined;
  readonly reason: string;
}

/** One event that Messenger published. */
export interface EventRecord {
  readonly at: number;
  readonly name: string;
  /** Its payload as JSON; empty when there is none. */
  readonly json: string;
}

export type EntryKind = 'state' | 'token' | 'attempt' | 'error' | 'person' | 'messenger' | 'note';

/** One line of the history. */
export interface Entry {
  readonly at: number;
  readonly kind: EntryKind;
  /** How it is coloured; by its kind when undefined. */
  readonly tone?: Tone | undefined;
  readonly title: string;
  readonly detail?: string | undefined;
  /** What to do about it. */
  readonly hint?: string | undefined;
}

/** One check of `diagnose()`. The doctor may tell more about it than the first release did. */
export interface CheckRecord {
  readonly id: string | undefined;
  readonly name: string;
  readonly ok: boolean | undefined;
  readonly found: string;
  readonly why: string | undefined;
  readonly hint: string | undefined;
  /** An address with https or http. */
  readonly link: string | undefined;
  /** Where the documentation in the package describes it, such as `docs/doctor.md#csp-nonce`. No page can open it. */
  readonly place: string | undefined;
}

/** What a check says, as the command line has it. `advice`: it works, and there is something to do. */
export type Verdict = 'problem' | 'advice' | 'unknown' | 'fine';

export const verdictOf = ({ ok, why }: CheckRecord): Verdict =>
  ok === false ? 'problem' : ok === undefined ? 'unknown' : why === undefined ? 'fine' : 'advice';

/** Shown for what is missing or malformed. */
export const unknown = 'unknown';

/** Longer texts are cut, so that no event makes the list unreadable or slow. */
const maxText = 4_000;

/** A member of anything; undefined when its getter throws. */
export const member = (value: unknown, name: string): unknown =>
  quietly(() => (Object(value) as Record<string, unknown>)[name]);

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const optionalText = (value: unknown, name: string): string | undefined => {
  const found = member(value, name);
  return isText(found) ? found.slice(0, maxText) : undefined;
};

export const textOf = (value: unknown, name: string): string => optionalText(value, name) ?? unknown;

/** Within what `Date` can show. */
const timeOf = (value: unknown, name: string): number | undefined => {
  const found = member(value, name);
  return typeof found === 'number' && Math.abs(found) <= 8.64e15 ? found : undefined;
};

export const readState = (change: unknown, at: number): StateRecord => ({
  at,
  state: textOf(change, 'state'),
  reason: textOf(change, 'reason'),
});

export function readToken(token: unknown): TokenRecord {
  const claims = member(token, 'claims');
  const parts = [optionalText(claims, 'given_name'), optionalText(claims, 'family_name')].filter(isText).join(' ');
  return {
    issuedAt: timeOf(token, 'issuedAt'),
    expiresAt: timeOf(token, 'expiresAt'),
    source: textOf(token, 'source'),
    person: optionalText(claims, 'name') ?? (parts || optionalText(claims, 'sub')),
  };
}

export function readAttempt(attempt: unknown, at: number): AttemptRecord {
  const ms = member(attempt, 'ms');
  return {
    at,
    rung: textOf(attempt, 'rung'),
    verdict: textOf(attempt, 'verdict'),
    ms: typeof ms === 'number' && ms >= 0 && Number.isFinite(ms) ? ms : undefined,
    reason: textOf(attempt, 'reason'),
  };
}

export function readEvent(event: unknown, at: number): EventRecord {
  const data = member(event, 'data');
  const json = data === undefined ? '' : (quietly(() => JSON.stringify(data, undefined, 2)) ?? unknown);
  return { at, name: textOf(event, 'name'), json: json.slice(0, maxText) };
}

export const readError = (error: unknown, at: number): Entry => ({
  at,
  kind: 'error',
  title: textOf(error, 'code'),
  detail: optionalText(error, 'message'),
  hint: optionalText(error, 'hint'),
});

const order: readonly Verdict[] = ['problem', 'advice', 'unknown', 'fine'];

/** The checks of a diagnosis, those that failed first, then those with something to do. */
export function readChecks(diagnosis: unknown): CheckRecord[] {
  const checks = member(diagnosis, 'checks');
  const read = (Array.isArray(checks) ? checks : []).map(readCheck);
  const rank = (check: CheckRecord): number => order.indexOf(verdictOf(check));
  return read.sort((one, other) => rank(one) - rank(other));
}

function readCheck(check: unknown): CheckRecord {
  const ok = member(check, 'ok');
  const link = optionalText(check, 'link');
  return {
    id: optionalText(check, 'id'),
    name: textOf(check, 'name'),
    ok: typeof ok === 'boolean' ? ok : undefined,
    found: textOf(check, 'found'),
    why: optionalText(check, 'why'),
    hint: optionalText(check, 'hint'),
    link: webAddress(link),
    place: link !== undefined && inPackage.test(link) ? link : undefined,
  };
}

/** A file of the documentation, and a heading in it. */
const inPackage = /^docs\/[\w-]+(\/[\w-]+)*\.md(#[\w-]+)?$/;

/** A link must not run script. */
const webAddress = (link: string | undefined): string | undefined =>
  link !== undefined && /^https?:\/\//i.test(link) && URL.canParse(link) ? link : undefined;
