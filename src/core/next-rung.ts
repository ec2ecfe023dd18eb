import type { SignInMode } from './config.js';
import type { ErrorCode } from './errors.js';
import type { InteractiveRung } from './phase.js';

/** What decides which rung comes next. */
export interface RungConditions {
  readonly modes: readonly SignInMode[];
  /** False where popups cannot work: an app on the home screen, an in-app browser. */
  readonly popups: boolean;
  /** An earlier popup was blocked. */
  readonly blocked?: boolean;
}

/** Errors that remain on every rung, whatever the person does at the provider. */
const terminalErrors: ReadonlySet<ErrorCode> = new Set([
  'config-invalid',
  'discovery-failed',
  'issuer-mismatch',
  'offline',
  'storage-blocked',
]);

/** The rung of the next click: popup before redirect; undefined when only silent attempts are allowed. */
export function interactiveRung({ modes, popups }: RungConditions): InteractiveRung | undefined {
  if (popups && modes.includes('popup')) return 'popup';
  // Where popups cannot work but no redirect is allowed, the popup is still tried.
  return modes.includes('redirect') ? 'redirect' : modes.includes('popup') ? 'popup' : undefined;
}

/**
 * What follows a failed rung: the rung of the person's next click, or `stop`.
 *
 * An interactive rung never starts by itself, because it needs a user gesture.
 */
export function afterFailure(rung: SignInMode, error: ErrorCode, conditions: RungConditions): InteractiveRung | 'stop' {
  const next = interactiveRung(conditions);
  if (terminalErrors.has(error) || !next) return 'stop';
  if (rung === 'silent') return next;
  // The first blocked popup can mean that there was no click. The second one means that this browser blocks all popups.
  const popupsBlocked = rung === 'popup' && error === 'popup-blocked' && conditions.blocked;
  return popupsBlocked && conditions.modes.includes('redirect') ? 'redirect' : rung;
}
