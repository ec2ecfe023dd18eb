import type { RedirectOutcome } from '../effect.js';
import type { GcAuthError } from '../errors.js';
import { redirectMs, startAttempt } from './attempt.js';
import type { Draft } from './draft.js';
import { exceedsLoopLimit } from './failure.js';

/*
 * Where frames get no cookies, only the page itself can ask the provider without a click. It goes there with
 * `prompt=none` and comes back, before anybody has used it.
 */

/** Whether the failure of the attempt in a frame says something about frames, and not about the person. */
const isAboutFrames = ({ crossSite, framesUnusable }: Draft['conditions'], { code }: GcAuthError): boolean =>
  framesUnusable || code === 'silent-refused' || (crossSite && code === 'login-required');

/** Leaves for the provider if that may help and nothing can be lost. Returns whether the failure is dealt with. */
export function redirectSilently(draft: Draft, error: GcAuthError): boolean {
  const { calls, conditions } = draft;
  const { signInModes } = conditions.config;
  const framesFail = !signInModes.includes('silent') || isAboutFrames(conditions, error);
  // A guest who steps up, or a method of the page, has its own window or click.
  const byMessenger = calls.length > 0 && calls.every(({ call }) => call.command !== 'signIn') && !draft.callers.length;
  if (!signInModes.includes('silent-redirect') || !conditions.silentRedirect || !framesFail || !byMessenger)
    return false;
  if (exceedsLoopLimit(draft, 'redirect')) return true;
  draft.effects.push({ do: 'remember-redirect', outcome: 'left' });
  startAttempt(draft, 'silent-redirect', redirectMs, 'silent-redirect', 0);
  return true;
}

/** Keeps later pages from a redirect that would find nobody, or allows it again. */
export function rememberRedirect(draft: Draft, outcome: RedirectOutcome): void {
  const allowed = draft.conditions.config.signInModes.includes('silent-redirect');
  if (allowed) draft.effects.push({ do: 'remember-redirect', outcome });
}
