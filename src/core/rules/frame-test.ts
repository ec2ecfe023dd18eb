import type { Attempt } from '../errors.js';
import type { Work } from './work.js';

/*
 * Whether frames work with this provider in this browser. Nobody says so: `login_required` is also what a provider
 * answers whose cookies the browser keeps from frames. But right after a person signed in the answer is known.
 * https://developer.mozilla.org/docs/Web/Privacy/Guides/Third-party_cookies
 */

/** A page that brings its own codes has no frames to test. */
export function wantTest(w: Work): void {
  const { signInModes, codeProvider } = w.c.config;
  if (signInModes.includes('silent') && !codeProvider) w.test = 'due';
}

/** Tests a frame while nobody waits for it. */
export function testFrame(w: Work): void {
  if (w.test !== 'due') return;
  w.test = ++w.serial;
  w.effects.push({ do: 'test', ticket: w.test });
}

export function stopTest(w: Work): void {
  if (typeof w.test === 'number') w.effects.push({ do: 'drop', ticket: w.test });
  w.test = undefined;
}

/** What a frame cannot do right after a sign-in, it can never do. Other faults say nothing of frames. */
const useless: ReadonlySet<string> = new Set(['login-required', 'silent-refused', 'silent-timeout']);

export function tested(w: Work, ticket: number, verdict: Attempt['verdict']): void {
  if (w.test !== ticket) return;
  w.test = undefined;
  const framesUseless = useless.has(verdict);
  if (framesUseless || verdict === 'code') w.effects.push({ do: 'learn', framesUseless });
}
