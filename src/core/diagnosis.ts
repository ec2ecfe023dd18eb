/** The result of one check of `diagnose()` and of `gc-auth-messenger doctor`. */
export interface Check {
  /** Stable name for programs: that of the finding (`callback-status`), or of the subject where nothing was found (`callback`). */
  readonly id: string;
  /** The subject in words: `discovery document`, `callback page`, … */
  readonly name: string;
  /** False: something is wrong. Undefined: it cannot be known from here. */
  readonly ok: boolean | undefined;
  /** What the check found. */
  readonly found: string;
  /** Why it matters; absent when nothing was found. */
  readonly why?: string;
  /** What to do about it; absent when no action is required. */
  readonly hint?: string;
  /** Where the documentation of this package describes the finding; absent when nothing was found. */
  readonly link?: string;
}

/** The result of `diagnose()`. Contains no secrets, so it may be sent to support. */
export interface Diagnosis {
  /** No check failed. Checks without a result do not count. */
  readonly ok: boolean;
  readonly checks: readonly Check[];
}

export const diagnosis = (checks: readonly Check[]): Diagnosis => ({
  ok: checks.every(({ ok }) => ok !== false),
  checks,
});
