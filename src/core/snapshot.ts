import type { ErrorCode, GcAuthError } from './errors.js';
import type { LauncherPosition } from './messenger.js';
import { publicState } from './model.js';
import type { Model, State } from './model.js';
import type { TokenInfo } from './token.js';

/**
 * What the element's prompt shows: `sign-in` offers a sign-in, `retry` another attempt, `waiting` that a popup is open.
 */
export interface Prompt {
  readonly kind: 'sign-in' | 'retry' | 'waiting';
  /** Why it is shown. */
  readonly code: ErrorCode;
  /** The provider's page that asks for storage access takes the place of the button. */
  readonly storageAccess?: true;
}

/** The public view of a session: what the element renders and publishes. Contains no code and no verifier. */
export interface Snapshot {
  readonly state: State;
  /** The fact, method or error code that led to this state. */
  readonly reason: string;
  /** Undefined when the element shows nothing. */
  readonly prompt: Prompt | undefined;
  /** Why a person must act; undefined unless the state is `interaction-required`. */
  readonly required: GcAuthError | undefined;
  /** The latest JWT, expired or not; undefined when nobody is signed in, or when it is not known whose it is. */
  readonly token: TokenInfo | undefined;
  /** Messenger's window is open. The prompt makes room for it: a person may be writing there. */
  readonly windowOpen: boolean;
  /** Where the deployment puts Messenger's launcher; undefined while that is not known. */
  readonly position: LauncherPosition | undefined;
}

export function snapshot(model: Model): Snapshot {
  const { phase, token, reason, hidden, windowOpen, position } = model;
  return {
    state: publicState(model),
    reason: reason,
    prompt: promptOf(model),
    required: phase.name === 'interaction-required' ? phase.error : undefined,
    token: hidden ? undefined : token,
    windowOpen,
    position,
  };
}

function promptOf({ phase }: Model): Prompt | undefined {
  if (phase.name === 'interaction-required') {
    return { kind: 'sign-in', code: phase.error.code, ...(phase.storageAccess && { storageAccess: true }) };
  }
  if (phase.name === 'failed' && phase.error.retryable) return { kind: 'retry', code: phase.error.code };
  return phase.name === 'code' && phase.rung === 'popup' ? { kind: 'waiting', code: 'login-required' } : undefined;
}
