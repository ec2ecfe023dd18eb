import { GcAuthError } from '../errors.js';
import { isLoop, recentEntries } from '../loop-breaker.js';
import type { LoopCause } from '../loop-breaker.js';
import type { PhaseNamed } from '../phase.js';
import { enter, reportError } from './draft.js';
import type { Draft } from './draft.js';
import { refuseCalls, settleCallers, tokenMethods } from './settle.js';

/** Time until a stopped loop is tried again, in milliseconds. */
const cooldownMs = 300_000;

interface FailureOptions {
  /** When the session tries again by itself, epoch ms; never without one. */
  readonly retryAt?: number | undefined;
  /** A sign-out that Genesys has not confirmed. */
  readonly unfinished?: PhaseNamed<'failed'>['unfinished'];
}

/** Stops the session, and settles everything that waits. */
export function failSession(draft: Draft, error: GcAuthError, { retryAt, unfinished }: FailureOptions = {}): void {
  const tracedError = error.trace.length ? error : error.traced(draft.trace);
  const failed = { name: 'failed', error: tracedError, dueAt: retryAt, ...(unfinished && { unfinished }) } as const;
  enter(draft, failed, error.code);
  reportError(draft, tracedError);
  refuseCalls(draft, tracedError);
  settleCallers(draft, [...tokenMethods, 'sign-out'], tracedError);
}

/** Counts an event that can be part of a loop. Returns true when it is, after it has stopped the session. */
export function exceedsLoopLimit(draft: Draft, cause: LoopCause, error?: GcAuthError): boolean {
  const { now } = draft.conditions;
  draft.loopEntries = [...recentEntries(draft.loopEntries, now), [cause, now]];
  return stopIfLooping(draft, cause, error);
}

/** Stops the session with `loop-stopped` if the limit of the cause is exceeded; returns whether it did. */
export function stopIfLooping(draft: Draft, cause: LoopCause, error?: GcAuthError): boolean {
  if (!isLoop(draft.loopEntries, cause)) return false;
  const retryAt = draft.conditions.now + cooldownMs;
  failSession(draft, new GcAuthError('loop-stopped', { cause: error, trace: draft.trace }), { retryAt });
  return true;
}
