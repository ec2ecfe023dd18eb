import type { ErrorCode, GcAuthError } from './errors.js';
import { publicState } from './model.js';
import type { Model, State } from './model.js';
import type { TokenInfo } from './token.js';

/** What the element may show: a call to sign in, a chance to try again, or that a popup is waiting. */
export interface Prompt {
  readonly kind: 'sign-in' | 'retry' | 'waiting';
  readonly code: ErrorCode;
}

/** Everything the element needs to draw and to tell; no code, no verifier. */
export interface Snapshot {
  readonly state: State;
  /** Why: the fact, the wish or the error code that led to this state. */
  readonly reason: string;
  readonly prompt: Prompt | undefined;
  /** Why a person must act; defined in `interaction-required` only. */
  readonly required: GcAuthError | undefined;
  readonly token: TokenInfo | undefined;
}

export function snapshot(model: Model): Snapshot {
  const { phase, token, why } = model;
  return {
    state: publicState(model),
    reason: why,
    prompt: promptOf(model),
    required: phase.name === 'interaction-required' ? phase.error : undefined,
    token,
  };
}

function promptOf({ phase }: Model): Prompt | undefined {
  if (phase.name === 'interaction-required') return { kind: 'sign-in', code: phase.error.code };
  if (phase.name === 'failed' && phase.error.retryable) return { kind: 'retry', code: phase.error.code };
  return phase.name === 'code' && phase.rung === 'popup' ? { kind: 'waiting', code: 'login-required' } : undefined;
}
