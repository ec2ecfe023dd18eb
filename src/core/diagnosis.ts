/** One thing that was looked at. */
export interface Check {
  /** What, in words: `discovery document`, `callback page`, … */
  readonly name: string;
  /** Undefined when it could not be told from here. */
  readonly ok: boolean | undefined;
  /** What was found. */
  readonly found: string;
  /** What to do about it; undefined when nothing is to be done. */
  readonly hint?: string;
}

/** What `diagnose()` found; without secrets, so it may be sent to support. */
export interface Diagnosis {
  /** Whether nothing is wrong, as far as can be told from the page. */
  readonly ok: boolean;
  readonly checks: readonly Check[];
}

export const diagnosis = (checks: readonly Check[]): Diagnosis => ({
  ok: checks.every(({ ok }) => ok !== false),
  checks,
});
