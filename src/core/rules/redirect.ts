import type { Grant } from '../grant.js';
import type { CodeResult } from '../input.js';
import { isFresh } from './code-ready.js';
import { addToTrace, reportError } from './draft.js';
import type { Draft } from './draft.js';
import { scheduleFrameTest } from './frame-test.js';

/** The page was loaded with the result of a redirect. A code waits until Messenger calls for it. */
export function redirectReturned(draft: Draft, answer: CodeResult, windowOpen: boolean): void {
  draft.reopenWindow = windowOpen;
  addToTrace(draft, { rung: 'redirect', verdict: 'grant' in answer ? 'code' : answer.error.code, ms: 0 });
  if ('error' in answer) return reportError(draft, answer.error.traced(draft.trace));
  draft.redirectGrant = { grant: answer.grant, receivedAt: draft.conditions.now };
  scheduleFrameTest(draft);
}

/** Removes the code of a redirect from the model, and returns it; undefined when there is none or it is too old. */
export function takeRedirectGrant(draft: Draft): Grant | undefined {
  const { redirectGrant } = draft;
  draft.redirectGrant = undefined;
  return redirectGrant && isFresh(draft, redirectGrant.receivedAt) ? redirectGrant.grant : undefined;
}
