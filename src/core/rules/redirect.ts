import { GcAuthError } from '../errors.js';
import type { Grant } from '../grant.js';
import type { CodeResult } from '../input.js';
import { isFresh } from './code-ready.js';
import { addToTrace, reportError } from './draft.js';
import type { Draft } from './draft.js';
import { scheduleFrameTest } from './frame-test.js';

/**
 * The page was loaded with the result of a redirect. A code waits until Messenger calls for it.
 *
 * @param ageMs How long ago the answer arrived: the session may start later, for example at a click.
 */
export function redirectReturned(draft: Draft, answer: CodeResult, windowOpen: boolean, ageMs = 0): void {
  draft.reopenWindow = windowOpen;
  addToTrace(draft, { rung: 'redirect', verdict: 'grant' in answer ? 'code' : answer.error.code, ms: 0 });
  if ('error' in answer) return reportError(draft, answer.error.traced(draft.trace));
  const receivedAt = draft.conditions.now - ageMs;
  // A provider just signed somebody in, so frames can be tested whatever the age of the code.
  scheduleFrameTest(draft);
  if (!isFresh(draft, receivedAt)) return reportError(draft, tooOld(ageMs).traced(draft.trace));
  draft.redirectGrant = { grant: answer.grant, receivedAt };
}

/** Removes the code of a redirect from the model, and returns it; undefined when there is none or it is too old. */
export function takeRedirectGrant(draft: Draft): Grant | undefined {
  const { redirectGrant } = draft;
  draft.redirectGrant = undefined;
  return redirectGrant && isFresh(draft, redirectGrant.receivedAt) ? redirectGrant.grant : undefined;
}

const tooOld = (ageMs: number): GcAuthError =>
  new GcAuthError('state-mismatch', {
    message: `The code of the redirect was ${Math.round(ageMs / 1000)} s old, so it is not used.`,
    hint: 'No action is required: a new code is requested.',
  });
