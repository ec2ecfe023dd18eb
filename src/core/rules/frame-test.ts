import type { Attempt } from '../errors.js';
import type { Draft } from './draft.js';

/*
 * Whether frames work with this provider in this browser. Nobody says so: `login_required` is also what a provider
 * answers whose cookies the browser keeps from frames. But right after a person signed in the answer is known.
 * https://developer.mozilla.org/docs/Web/Privacy/Guides/Third-party_cookies
 */

/** A page that brings its own codes has no frames to test. */
export function scheduleFrameTest(draft: Draft): void {
  const { signInModes, codeProvider } = draft.c.config;
  if (signInModes.includes('silent') && !codeProvider) draft.test = 'due';
}

/** Tests a frame while nobody waits for it. */
export function runFrameTest(draft: Draft): void {
  if (draft.test !== 'due') return;
  draft.test = ++draft.lastOperationId;
  draft.effects.push({ do: 'test', operationId: draft.test });
}

export function cancelFrameTest(draft: Draft): void {
  if (typeof draft.test === 'number') draft.effects.push({ do: 'drop', operationId: draft.test });
  draft.test = undefined;
}

/** What a frame cannot do right after a sign-in, it can never do. Other faults say nothing of frames. */
const frameFailures: ReadonlySet<string> = new Set(['login-required', 'silent-refused', 'silent-timeout']);

export function tested(draft: Draft, operationId: number, verdict: Attempt['verdict']): void {
  if (draft.test !== operationId) return;
  draft.test = undefined;
  const framesUnusable = frameFailures.has(verdict);
  if (framesUnusable || verdict === 'code') draft.effects.push({ do: 'remember-frames', framesUnusable });
}
