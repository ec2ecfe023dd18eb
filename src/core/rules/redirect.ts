import { GcAuthError } from '../errors.js';
import type { Grant } from '../grant.js';
import type { Input } from '../input.js';
import { isFresh } from './code-ready.js';
import { recordAttempt, reportError } from './draft.js';
import type { Draft } from './draft.js';
import { scheduleFrameTest } from './frame-test.js';
import { rememberRedirect } from './silent-redirect.js';

type Returned = Extract<Input, { readonly type: 'returned' }>;

/**
 * The page was loaded with the result of a redirect. A code waits until Messenger calls for it.
 */
export function redirectReturned(draft: Draft, { answer, windowOpen, ageMs = 0, silent }: Returned): void {
  draft.reopenWindow = windowOpen;
  const rung = silent ? 'silent-redirect' : 'redirect';
  // The page that left is gone, and with it when it left and why.
  recordAttempt(draft, { rung, verdict: 'grant' in answer ? 'code' : answer.error.code, ms: 0 }, 'returned');
  if ('error' in answer) {
    if (!silent) return reportError(draft, answer.error.traced(draft.trace));
    if (answer.error.code === 'login-required') rememberRedirect(draft, 'nobody');
    draft.silentRedirectError = answer.error;
    return;
  }
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
