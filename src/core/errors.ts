import { errorTexts } from './error-texts.js';
import type { ErrorCode, ErrorStep } from './error-texts.js';

export type { ErrorCode, ErrorStep };

/** A way to a code: hidden frame, popup, redirect, or the page's own `codeProvider`. */
export type Rung = 'silent' | 'popup' | 'redirect' | 'page';

/** One attempt to get a code. Contains no secrets. */
export interface Attempt {
  readonly rung: Rung;
  /** How it ended: with a code, or why without one. */
  readonly verdict: 'code' | 'cancelled' | 'skipped' | ErrorCode;
  /** Its duration in milliseconds. */
  readonly ms: number;
}

/** What replaces the defaults of an error code. */
export interface ErrorDetails {
  /** What happened, in one sentence. */
  readonly message?: string | undefined;
  /** What to do about it, in one sentence. */
  readonly hint?: string | undefined;
  readonly step?: ErrorStep | undefined;
  readonly retryable?: boolean | undefined;
  readonly trace?: readonly Attempt[] | undefined;
  readonly cause?: unknown;
}

/**
 * The only error of the public API: every rejected promise and every `gc-error` event carries one.
 *
 * Its JSON contains no code, verifier or token, so it may be logged and sent to support.
 */
export class GcAuthError extends Error {
  override readonly name = 'GcAuthError';
  readonly code: ErrorCode;
  /** The part of the work in which the error occurred. */
  readonly step: ErrorStep;
  /** Whether the same action can succeed later without a change of the set-up. */
  readonly retryable: boolean;
  /** What to do about it, in one sentence. */
  readonly hint: string;
  /** The attempts that led to the error, oldest first; empty when there was none. */
  readonly trace: readonly Attempt[];

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    // Script of the page can create errors, too, with any text as the code.
    const defaults = errorTexts[Object.hasOwn(errorTexts, code) ? code : 'command-failed'];
    super(details.message ?? defaults.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.step = details.step ?? defaults.step;
    this.retryable = details.retryable ?? defaults.retryable;
    this.hint = details.hint ?? defaults.hint;
    this.trace = details.trace ?? [];
  }

  /** A copy with the attempts that led to the error. */
  traced(trace: readonly Attempt[]): GcAuthError {
    const { message, hint, step, retryable, cause } = this;
    return new GcAuthError(this.code, { message, hint, step, retryable, cause, trace });
  }

  /** Leaves out `cause`, which may contain secrets. */
  toJSON(): Record<string, unknown> {
    const { code, step, retryable, message, hint, trace } = this;
    return { code, step, retryable, message, hint, trace };
  }
}

/** Returns a `GcAuthError` unchanged; wraps everything else in one with the given code. */
export function asGcAuthError(thrown: unknown, code: ErrorCode, details: ErrorDetails = {}): GcAuthError {
  return thrown instanceof GcAuthError ? thrown : new GcAuthError(code, { cause: thrown, ...details });
}
