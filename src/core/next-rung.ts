import type { SignInMode } from './config.js';
import type { ErrorCode } from './errors.js';
import type { InteractiveRung } from './phase.js';

/** What the ladder has to stand on. */
export interface RungConditions {
  readonly modes: readonly SignInMode[];
  /** False where popups cannot work: an app on the home screen, a browser inside another app. */
  readonly popups: boolean;
  /** A popup was blocked before, although a person had clicked. */
  readonly blocked?: boolean;
}

/** Faults that no other rung and no person at the provider can mend. */
const terminalFaults: ReadonlySet<ErrorCode> = new Set([
  'config-invalid',
  'discovery-failed',
  'issuer-mismatch',
  'offline',
  'storage-blocked',
]);

/** The first rung that a click may lead to; a popup that cannot work is still better than nothing. */
export function interactiveRung({ modes, popups }: RungConditions): InteractiveRung | undefined {
  if (popups && modes.includes('popup')) return 'popup';
  return modes.includes('redirect') ? 'redirect' : modes.includes('popup') ? 'popup' : undefined;
}

/**
 * Where a failed rung leads: to the rung that the person's next click takes, or to a stop with the error.
 * Interactive rungs start from a gesture only, so nobody is ever sent to one.
 */
export function afterFailure(rung: SignInMode, outcome: ErrorCode, ground: RungConditions): InteractiveRung | 'stop' {
  const first = interactiveRung(ground);
  if (terminalFaults.has(outcome) || !first) return 'stop';
  if (rung === 'silent') return first;
  // Blocked once: there was no click. Blocked twice: the browser blocks clicks as well.
  const hopeless = rung === 'popup' && outcome === 'popup-blocked' && ground.blocked;
  return hopeless && ground.modes.includes('redirect') ? 'redirect' : rung;
}
