import { errorTexts } from './error-texts.js';
import type { ErrorCode, ErrorStep } from './error-texts.js';
import { deepFreeze } from './frozen.js';
import { redactCause } from './redact-cause.js';
import { redact, redactText } from './redact.js';

export type { ErrorCode, ErrorStep };

/** A way to a code: hidden frame, popup, redirect, or the page's own `codeProvider`. */
export type Rung = 'silent' | 'silent-redirect' | 'popup' | 'redirect' | 'page';

/** One attempt to get a code, as an error tells it. Contains no secrets. */
export interface TracedAttempt {
  readonly rung: Rung;
  /** How it ended: with a code, or why without one. */
  readonly verdict: 'code' | 'cancelled' | 'skipped' | ErrorCode;
  /** Its duration in milliseconds. */
  readonly ms: number;
}

/** One attempt to get a code, successful or not. Contains no secrets. */
export interface Attempt extends TracedAttempt {
  /** Why a code was needed: the request of Messenger, the method, or the event that led to it. */
  readonly reason: string;
}

/** What replaces the defaults of an error code. */
export interface ErrorDetails {
  /** What happened, in one sentence. */
  readonly message?: string | undefined;
  /** What to do about it. */
  readonly hint?: string | undefined;
  readonly step?: ErrorStep | undefined;
  readonly retryable?: boolean | undefined;
  readonly trace?: readonly TracedAttempt[] | undefined;
  readonly cause?: unknown;
}

/**
 * Marks a `GcAuthError` of any copy of the bundle: a page may import the class from one file and the element from another.
 * The number is the version of the members.
 */
const brand = Symbol.for('gc-auth-messenger:error:1');

/**
 * The only error of the public API: every rejected promise and every `gc-error` event carries one.
 *
 * It contains no code, verifier or token, so it may be logged and sent to support: texts, `trace` and `cause` are copies
 * from which secrets are removed. It is frozen, and `instanceof` holds across copies of the bundle.
 */
export class GcAuthError extends Error {
  static override [Symbol.hasInstance](value: unknown): value is GcAuthError {
    // A subclass is recognised as usual.
    return this === GcAuthError ? isBranded(value) : Function.prototype[Symbol.hasInstance].call(this, value);
  }

  readonly #own = true;

  /** Whether this copy of the bundle made the error. */
  static isOwn(value: unknown): value is GcAuthError {
    return typeof value === 'object' && value !== null && #own in value;
  }

  override readonly name = 'GcAuthError';
  readonly code: ErrorCode;
  /** The part of the work in which the error occurred. */
  readonly step: ErrorStep;
  /** Whether the same action can succeed later without a change of the set-up. */
  readonly retryable: boolean;
  /** What to do about it. */
  readonly hint: string;
  /** The attempts that led to the error, oldest first; empty when there was none. */
  readonly trace: readonly TracedAttempt[];

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    // Script of the page can create errors, too, with any text as the code.
    const defaults = errorTexts[Object.hasOwn(errorTexts, code) ? code : 'command-failed'];
    super(redactText(details.message ?? defaults.message), causeOf(details));
    this.code = code;
    this.step = details.step ?? defaults.step;
    this.retryable = details.retryable ?? defaults.retryable;
    this.hint = redactText(details.hint ?? defaults.hint);
    this.trace = deepFreeze(redact(details.trace ?? []) as TracedAttempt[]);
    // A subclass has members to set.
    if (new.target === GcAuthError) Object.freeze(this);
  }

  /** A copy with the attempts that led to the error. */
  traced(trace: readonly TracedAttempt[]): GcAuthError {
    const { message, hint, step, retryable, cause } = this;
    return new GcAuthError(this.code, { message, hint, step, retryable, cause, trace });
  }

  /** @internal */
  get [brand](): true {
    return true;
  }

  /** Leaves out `cause`, which may be large. */
  toJSON(): Record<string, unknown> {
    const { code, step, retryable, message, hint, trace } = this;
    return { code, step, retryable, message, hint, trace };
  }
}

const causeOf = ({ cause }: ErrorDetails): ErrorOptions | undefined =>
  cause === undefined ? undefined : { cause: GcAuthError.isOwn(cause) ? cause : redactCause(cause) };

function isBranded(value: unknown): boolean {
  try {
    return typeof value === 'object' && value !== null && (value as { [brand]?: unknown })[brand] === true;
  } catch {
    return false;
  }
}

/** A `GcAuthError` unchanged, one of another copy of the bundle as one of this copy; undefined for everything else. */
export function gcAuthErrorOf(thrown: unknown): GcAuthError | undefined {
  if (GcAuthError.isOwn(thrown)) return thrown;
  if (!isBranded(thrown)) return undefined;
  try {
    const { code, message, hint, step, retryable, trace, cause } = thrown as Partial<GcAuthError>;
    // The other copy may be newer, and know more codes.
    if (typeof code !== 'string' || !Object.hasOwn(errorTexts, code)) return undefined;
    return new GcAuthError(code, {
      message: textOf(message),
      hint: textOf(hint),
      step: textOf(step) as ErrorStep | undefined,
      retryable: typeof retryable === 'boolean' ? retryable : undefined,
      trace: Array.isArray(trace) ? (trace as readonly TracedAttempt[]) : undefined,
      cause,
    });
  } catch {
    return undefined;
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Returns a `GcAuthError`, see `gcAuthErrorOf()`; wraps everything else in one with the given code. */
export function asGcAuthError(thrown: unknown, code: ErrorCode, details: ErrorDetails = {}): GcAuthError {
  return gcAuthErrorOf(thrown) ?? new GcAuthError(code, { cause: thrown, ...details });
}
