import type { SignInMode } from './config.js';
import type { ErrorCode } from './errors.js';

/** Faults that no other rung and no person at the provider can mend. */
const faults: ReadonlySet<ErrorCode> = new Set(['config-invalid', 'discovery-failed', 'issuer-mismatch', 'offline']);

/**
 * Where a failed attempt leads: a person must act, or the element stops with the error.
 * Interactive rungs start from a gesture only, so nobody is ever sent to one.
 */
export const afterFailure = (code: ErrorCode, modes: readonly SignInMode[]): 'person' | 'stop' =>
  faults.has(code) || !modes.includes('popup') ? 'stop' : 'person';
