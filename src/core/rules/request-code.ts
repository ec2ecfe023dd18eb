import { GcAuthError } from '../errors.js';
import { recentEntries } from '../loop-breaker.js';
import { interactiveRung } from '../next-rung.js';
import { rungConditions, startInteractiveAttempt, startSilentAttempt } from './attempt.js';
import { codeReady } from './code-ready.js';
import { addToTrace } from './draft.js';
import type { Draft } from './draft.js';
import { stopIfLooping } from './failure.js';
import { requireInteraction } from './interaction.js';
import { takeRedirectGrant } from './redirect.js';

/**
 * Gets a code: from the redirect that has just returned, else by a silent attempt, else by asking for a click.
 *
 * @param callRequests How often Messenger was asked to call again because it ignored a code.
 */
export function requestCode(draft: Draft, reason: string, callRequests = 0): void {
  const { now, config, framesUnusable } = draft.conditions;
  const grant = takeRedirectGrant(draft);
  draft.loopEntries = recentEntries(draft.loopEntries, now);
  if (stopIfLooping(draft, 'exchange')) return;
  if (grant) return codeReady(draft, grant, callRequests);
  const { silentRedirectError } = draft;
  draft.silentRedirectError = undefined;
  if (silentRedirectError) return requireInteraction(draft, silentRedirectError, 'silent-redirect');
  const silent = config.signInModes.includes('silent');
  if (silent && !framesUnusable) return startSilentAttempt(draft, reason, callRequests);
  if (silent) addToTrace(draft, { rung: 'silent', verdict: 'skipped', ms: 0 });
  requireInteraction(draft, new GcAuthError('login-required'));
}

/** Gets a code with the help of the person. Must run in the click, or the browser blocks the popup. */
export function requestCodeInteractively(draft: Draft): void {
  const { phase } = draft;
  const rung = phase.name === 'interaction-required' ? phase.rung : interactiveRung(rungConditions(draft));
  if (rung) startInteractiveAttempt(draft, rung);
  else requestCode(draft, 'sign-in');
}

/** Gets a code for the oldest plugin call, if one waits. */
export function requestCodeForNextCall(draft: Draft): void {
  const [first] = draft.calls;
  if (first) requestCode(draft, first.call.command);
}
