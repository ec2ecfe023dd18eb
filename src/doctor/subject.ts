import type { Check } from '../core/diagnosis.js';
import type { Facts } from './facts.js';

/** What is always true of a finding. The documentation says the same. */
export interface FindingText {
  readonly why: string;
  /** What to do. */
  readonly hint: string;
  /** Nothing is broken, but something could be better. */
  readonly advice?: true;
}

export interface Finding<Id extends string> {
  readonly id: Id;
  /** What was seen, one sentence. */
  readonly found: string;
  /** More exact than the hint of the finding. */
  readonly hint?: string | undefined;
}

/** `unknown`: why it cannot be known here. Undefined: the subject does not exist in this set-up. */
export type Outcome<Id extends string> =
  { readonly unknown: string } | { readonly seen: string; readonly findings: ReadonlyArray<Finding<Id>> } | undefined;

/** One thing to look at, with everything that can be wrong with it. */
export interface Subject<Id extends string = string> {
  readonly id: string;
  readonly name: string;
  readonly findings: Readonly<Record<Id, FindingText>>;
  /** Pure. Facts that are missing never become a finding. */
  readonly examine: (this: void, facts: Facts) => Outcome<Id>;
}

/** Checks the names of the findings. */
export const subject = <Id extends string>(parts: Subject<Id>): Subject => parts;

/** Findings of several checks of a subject: each returns none, one or more. */
export const allOf = <Id extends string>(
  ...findings: ReadonlyArray<Finding<Id> | ReadonlyArray<Finding<Id>> | false | undefined | ''>
): ReadonlyArray<Finding<Id>> => findings.flatMap((each) => each || []);

/** Documentation of the findings, in this package. */
export const docsFile = 'docs/doctor.md';

/** A mistake in one subject keeps nobody from reading about the others. */
function outcomeOf({ examine }: Subject, facts: Facts): Outcome<string> {
  try {
    return examine(facts);
  } catch (error) {
    return { unknown: `it could not be looked at: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** The rows of a subject: its findings, or one row that says what was seen. Never throws. */
export function checksOf(looked: Subject, facts: Facts): readonly Check[] {
  const { id, name, findings } = looked;
  const outcome = outcomeOf(looked, facts);
  if (!outcome) return [];
  if ('unknown' in outcome) return [{ id, name, ok: undefined, found: outcome.unknown }];
  if (outcome.findings.length === 0) return [{ id, name, ok: true, found: outcome.seen }];
  return outcome.findings.map(({ id: finding, found, hint }) => {
    const text = findings[finding]!;
    return {
      id: finding,
      name,
      ok: text.advice === true,
      found,
      why: text.why,
      hint: hint ?? text.hint,
      link: `${docsFile}#${finding}`,
    };
  });
}
