/** The result of one check of `diagnose()`. */
export interface Check {
  /** The subject in words: `discovery document`, `callback page`, … */
  readonly name: string;
  /** Undefined when the page cannot find out. */
  readonly ok: boolean | undefined;
  /** What the check found. */
  readonly found: string;
  /** What to do about it; absent when no action is required. */
  readonly hint?: string;
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
