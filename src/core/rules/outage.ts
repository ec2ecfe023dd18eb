import { retryDelay } from '../deadline.js';
import type { GcAuthError } from '../errors.js';
import { isUnreachable } from '../next-rung.js';
import { enter, reportError } from './draft.js';
import type { Draft } from './draft.js';
import { settleCallers, tokenMethods } from './settle.js';

/*
 * During an outage neither Genesys nor the provider answers. A prompt would not help, because a sign-in would fail,
 * too. So the session waits and tries again.
 */

/** Failed refreshes in a row, with an expired JWT, after which the session gets a new code instead. */
export const maxRefreshFailures = 4;

/** Longest delay between two tries while nobody can help, in milliseconds. */
export const maxDelayMs = 240_000;

/** Longest outage in milliseconds, counted from the expiry of the JWT. After that a person must sign in. */
const maxOutageMs = 1_800_000;

/** Whether the error does not tell if the person is signed in at the provider. */
export const isInconclusive = ({ code }: GcAuthError): boolean => /^(silent|discovery|offline)/.test(code);

/** Errors of the provider that are gone after a while (RFC 6749 §4.1.2.1). */
const passingErrors: readonly unknown[] = ['temporarily_unavailable', 'server_error'];

/** Whether the same attempt may work a moment later. */
export const isPassing = (error: GcAuthError): boolean =>
  error.retryable && (isUnreachable(error) || passingErrors.includes(error.cause));

/** Whether a silent attempt failed because of an outage that Genesys has, too. */
export const isOutage = ({ token, outageWaits, conditions }: Draft, error: GcAuthError): boolean =>
  outageWaits !== undefined &&
  isInconclusive(error) &&
  token !== undefined &&
  conditions.now < token.expiresAt + maxOutageMs;

/** Waits, longer each time, before the next refresh. Reports the outage once. */
export function waitOutOutage(draft: Draft, error: GcAuthError): void {
  const { now, random } = draft.conditions;
  const waits = draft.outageWaits ?? 0;
  const dueAt = now + retryDelay(maxRefreshFailures + waits, random, maxDelayMs);
  enter(draft, { name: 'renewing', dueAt, settled: false, failures: maxRefreshFailures }, error.code);
  draft.outageWaits = waits + 1;
  if (!waits) reportError(draft, error);
  settleCallers(draft, tokenMethods, error);
}
