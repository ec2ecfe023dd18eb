import type { SignInMode } from './config.js';
import type { ErrorCode, GcAuthError } from './errors.js';
import type { InteractiveRung } from './phase.js';

/** What decides which rung comes next. */
export interface RungConditions {
  readonly modes: readonly SignInMode[];
  /** False where popups cannot work: an app on the home screen, an in-app browser. */
  readonly popups: boolean;
  /** An earlier popup was blocked. */
  readonly blocked?: boolean;
}

/** The network or the provider was not reached, so no rung can work at the moment. */
export const isUnreachable = ({ code }: Pick<GcAuthError, 'code'>): boolean =>
  code === 'offline' || code === 'discovery-failed';

/** Errors that remain after a click, whatever the person does at the provider. */
const terminalErrors: ReadonlySet<ErrorCode> = new Set(['config-invalid', 'issuer-mismatch', 'storage-blocked']);

/** Whether the error tells of a fault in the set-up, which somebody must correct even if a click helps this person. */
export const isSetupFault = ({ code }: Pick<GcAuthError, 'code'>): boolean => terminalErrors.has(code);

/** The rung of the next click: popup before redirect; undefined when only silent attempts are allowed. */
export function interactiveRung({ modes, popups }: RungConditions): InteractiveRung | undefined {
  if (popups && modes.includes('popup')) return 'popup';
  // Where popups cannot work but no redirect is allowed, the popup is still tried.
  return modes.includes('redirect') ? 'redirect' : modes.includes('popup') ? 'popup' : undefined;
}

/**
 * What follows a failed rung: the rung of the person's next click, or `stop`.
 *
 * An interactive rung never starts by itself, because it needs a user gesture. A silent attempt proves nothing about a
 * click, unless there is no request to send: no provider in reach, or a configuration with which none can be made
 * (`step` is `config`).
 */
export function afterFailure(
  rung: SignInMode,
  error: Pick<GcAuthError, 'code' | 'step'>,
  conditions: RungConditions,
): InteractiveRung | 'stop' {
  const next = interactiveRung(conditions);
  const bySilence = rung === 'silent' || rung === 'silent-redirect';
  const final = bySilence ? error.step === 'config' : isSetupFault(error);
  if (final || isUnreachable(error) || !next) return 'stop';
  if (bySilence) return next;
  // The first blocked popup can mean that there was no click. The second one means that this browser blocks all popups.
  const popupsBlocked = rung === 'popup' && error.code === 'popup-blocked' && conditions.blocked;
  return popupsBlocked && conditions.modes.includes('redirect') ? 'redirect' : rung;
}
