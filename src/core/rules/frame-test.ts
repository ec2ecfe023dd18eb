import type { TracedAttempt } from '../errors.js';
import type { Draft } from './draft.js';

/*
 * Finds out whether hidden frames work with this provider in this browser. A `login_required` does not tell: a provider
 * also answers so when the browser blocks its cookies in frames. Right after a sign-in the expected answer is a code.
 * https://developer.mozilla.org/docs/Web/Privacy/Guides/Third-party_cookies
 */

/** Verdicts that mean, right after a sign-in, that frames do not work. Other errors have other causes. */
const frameFailures: ReadonlySet<string> = new Set(['login-required', 'silent-refused', 'silent-timeout']);

/** Plans a test for after the next sign-in. There is nothing to test with a `codeProvider`, which uses no frames. */
export function scheduleFrameTest(draft: Draft): void {
  const { signInModes, codeProvider } = draft.conditions.config;
  if (signInModes.includes('silent') && !codeProvider) draft.frameTest = 'due';
}

/** Starts the planned test, while no call waits for it. */
export function runFrameTest(draft: Draft): void {
  if (draft.frameTest !== 'due') return;
  draft.frameTest = ++draft.lastOperationId;
  draft.effects.push({ do: 'test-frame', operationId: draft.frameTest });
}

export function cancelFrameTest(draft: Draft): void {
  if (typeof draft.frameTest === 'number') draft.effects.push({ do: 'cancel', operationId: draft.frameTest });
  draft.frameTest = undefined;
}

export function frameTested(draft: Draft, operationId: number, verdict: TracedAttempt['verdict']): void {
  if (draft.frameTest !== operationId) return;
  draft.frameTest = undefined;
  const framesUnusable = frameFailures.has(verdict);
  if (framesUnusable || verdict === 'code') draft.effects.push({ do: 'remember-frames', framesUnusable });
}
