import { fingerprint } from '../../src/core/person-fingerprint.js';
import { jwt, t0 } from './fixtures.js';
import * as inputs from './harness-rules-inputs.js';
import { Rules, runRows } from './harness-rules.js';
import type { Row } from './harness-rules.js';

/* Times in milliseconds, and rows with which many tests of the rules start. */

export const minute = 60_000;
export const lifetime = 15 * minute;

/** When the renewal of `firstJwt` is due, ms since `t0`: with a random number of 0 the lead is two minutes. */
export const due = lifetime - 2 * minute;

export const firstJwt = jwt('j1', lifetime);
export const secondJwt = jwt('j2', lifetime, t0 + lifetime);

/** Messenger loads, and has a stored JWT. */
export const atLoad: readonly Row[] = [
  [0, inputs.start, 'loading script', ['connect']],
  [0, inputs.loaded, 'loading auth', ['ready']],
  [0, inputs.authReady(true), 'loading stored-jwt', []],
];

/** Signed in at 0 with `firstJwt`. */
export const signedIn = (rules = new Rules()): Rules =>
  runRows([...atLoad, [0, inputs.authenticated(firstJwt), 'signed-in', ['token j1 restored', 'signed-in']]], rules);

/** Genesys refuses the refresh when the renewal is due. */
export const refreshRefused: readonly Row[] = [
  [due, inputs.tick, 'renewing', ['Auth.refreshToken']],
  [due + 100, inputs.commandRejected({ status: 401 }), 'reauthenticating awaiting-call', []],
];

/** Signed in with a JWT that expired while the page was hidden. */
export function withExpiredJwt(): Rules {
  const rules = signedIn();
  rules.visible = false;
  rules.now = t0 + lifetime;
  return rules;
}

/** Nobody is signed in, Messenger calls, and receives a code at 1,000. */
export const codeAnswered: readonly Row[] = [
  [0, inputs.start, 'loading script', ['connect']],
  [0, inputs.loaded, 'loading auth', ['ready']],
  [0, inputs.authReady(false), 'loading first-call', []],
  [600, inputs.pluginCalled(1), 'signing-in code silent', ['code silent']],
  [1000, inputs.codeReceived('c1'), 'signing-in exchange', ['answer 1 c1']],
];

/** Another tab renewed the JWT at a time, ms since `t0`, and wrote the shared record. */
export function renewInOtherTab(rules: Rules, at: number): Rules {
  const person = fingerprint(firstJwt.claims, 0)!;
  rules.record = { ...rules.record, issuedAt: t0 + at, expiresAt: t0 + at + lifetime, person };
  return rules;
}
