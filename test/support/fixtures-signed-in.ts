import { jwt, t0 } from './fixtures.js';
import * as say from './harness-rules.js';
import { Rules, tell } from './harness-rules.js';
import type { Row } from './harness-rules.js';

export const minute = 60_000;
export const life = 15 * minute;
/** With a random number of 0 the lead is two minutes. */
export const due = life - 2 * minute;

export const first = jwt('j1', life);
export const second = jwt('j2', life, t0 + life);

export const atLoad: readonly Row[] = [
  [0, say.start, 'loading script', ['connect']],
  [0, say.loaded, 'loading auth', ['ready']],
  [0, say.authReady(true), 'loading stored-jwt', []],
];

/** Signed in at 0 with a JWT that lives until `life`. */
export const signedIn = (rules = new Rules()): Rules =>
  tell([...atLoad, [0, say.authenticated(first), 'signed-in', ['token j1 restored', 'signed-in']]], rules);

/** The refresh token turns out to be dead when the JWT is to be renewed. */
export const refused: readonly Row[] = [
  [due, say.tick, 'renewing', ['Auth.refreshToken']],
  [due + 100, say.rejected({ status: 401 }), 'reauthenticating awaiting-call', []],
];
