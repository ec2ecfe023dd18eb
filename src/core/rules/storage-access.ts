import { GcAuthError } from '../errors.js';
import { startInteractiveAttempt, startSilentAttempt } from './attempt.js';
import { enter } from './draft.js';
import type { Draft } from './draft.js';

/*
 * Where the browser keeps the provider's cookies from frames, a page of the provider can ask for them in a click. Later
 * frames get them without a click, if the provider answers them with `Activate-Storage-Access`.
 * https://privacycg.github.io/storage-access-headers/
 */

/** Whether the provider's page may help: frames are known not to work, and it has not been asked in vain. */
export function lacksStorageAccess({ conditions, storageAccess }: Draft): boolean {
  const { config, framesUnusable } = conditions;
  const possible = config.storageAccessUri !== undefined && config.signInModes.includes('silent');
  return possible && framesUnusable && storageAccess === undefined;
}

/** With storage access, a silent attempt follows. Without it, the click opens the popup if the browser still lets it. */
export function storageAccessAnswered(draft: Draft, granted: boolean): void {
  const { phase, conditions } = draft;
  if (phase.name !== 'interaction-required' || !phase.storageAccess) return;
  draft.storageAccess = granted ? 'granted' : 'tried';
  if (granted) {
    draft.effects.push({ do: 'remember-frames', framesUnusable: false });
    return startSilentAttempt(draft, 'storage-access', 0);
  }
  // A redirect needs no user activation. A refusal of the browser ends the activation, so a popup may need another click.
  if (conditions.activated || phase.rung === 'redirect') return startInteractiveAttempt(draft, phase.rung);
  const error = new GcAuthError('login-required', {
    message: 'The browser did not give the provider access to its cookies in a frame.',
    hint: 'No action is required: the button of the prompt opens the sign-in window instead.',
  });
  enter(draft, { ...phase, storageAccess: false, error: error.traced(draft.trace) }, 'storage-access-refused');
}

/** Whether the attempt that has failed came right after the provider got storage access. It is not asked again. */
export function storageAccessUsed(draft: Draft): boolean {
  const used = draft.storageAccess === 'granted';
  if (used) draft.storageAccess = 'tried';
  return used;
}
