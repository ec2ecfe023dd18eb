import assert from 'node:assert/strict';
import type { ProviderSwitches } from '../../demo/server/provider/switches.js';
import type { Attempt } from '../../src/core/errors.js';
import type { Shop } from './shop.js';
import { Stage } from './stage.js';
import type { StageOptions } from './stage.js';

/** What an integrator is told. */
export interface Reason {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly trace: readonly Attempt[];
}

/** One way in which a silent attempt fails. */
export interface Row {
  readonly what: string;
  readonly code: string;
  /** Longest silent attempt, in milliseconds. */
  readonly within: number;
  /** Part of the hint, where this case has one of its own. */
  readonly hint?: (stage: Stage) => string;
  readonly switches?: Partial<ProviderSwitches>;
  readonly options?: StageOptions;
  readonly prepare?: (stage: Stage) => Promise<void> | void;
}

/** The provider's page is there, and a second later it is known that nothing else will come. */
export const pageMs = 2_500;

/** An answer, on a machine that is busy. */
export const answerMs = 1_500;

/** Someone who is signed in at a provider that misbehaves from now on. */
export async function play({ what, options, prepare, switches = {} }: Row, after: (end: () => Promise<void>) => void) {
  const stage = await Stage.open(`silent-${what.replace(/\W+/g, '-')}`, options);
  after(() => stage.close());
  await stage.signInAtProvider();
  await prepare?.(stage);
  stage.demo.provider.control.set(switches);
  return stage.visit();
}

export async function discoveryDocument({ demo }: Stage): Promise<Record<string, string>> {
  const answer = await fetch(`${demo.provider.origin}/.well-known/openid-configuration`);
  return (await answer.json()) as Record<string, string>;
}

/** The code, the way out, and a trace that names rung, verdict and milliseconds of each attempt. */
export function checkReason({ code, within, hint }: Row, { stage }: Shop, reason: Reason): void {
  assert.equal(reason.code, code);
  assert.ok(reason.hint.includes(hint?.(stage) ?? ''), reason.hint);
  assert.ok(reason.trace.length > 0, 'the trace tells of the attempt');
  for (const { rung, verdict, ms } of reason.trace) {
    assert.deepEqual([rung, verdict], ['silent', code]);
    assert.ok(ms < within, `${ms} ms`);
  }
}
