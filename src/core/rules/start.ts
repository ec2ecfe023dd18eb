import { GcAuthError } from '../errors.js';
import type { PhaseNamed } from '../phase.js';
import { newerLife } from '../shared-record.js';
import { leaveIfWanted } from './leave.js';
import { renew, summon } from './renewal.js';
import { enter, fail, forToken, settleCallers } from './work.js';
import type { Work } from './work.js';

/** `Auth.ready` follows the script within this time. */
const authReadyMs = 10_000;

/** Messenger reports a stored JWT together with `Auth.ready`; one that it keeps to itself is asked for. */
const storedJwtMs = 300;

/** Messenger asks for the first code by itself at load, or only when opened; so long it is given the time. */
const firstAskMs = 1_000;

export function start(w: Work): void {
  const { record, config, framesUseless } = w.c;
  w.asks = [];
  w.person ??= record.person;
  w.sameWhileValid ||= record.sameWhileValid === true;
  enter(w, { name: 'loading', step: 'script' }, 'start');
  w.effects.push({ do: 'connect' });
  // Where somebody is signed in a code is seldom needed, and not worth a visit to the provider.
  const needed = record.expiresAt === undefined && config.signInModes.includes('silent') && !framesUseless;
  if (needed && !w.returned) w.effects.push({ do: 'warm' });
}

export function loaded(w: Work, allowSessionUpgrade: boolean): void {
  w.allowSessionUpgrade = allowSessionUpgrade;
  w.effects.push({ do: 'ready' });
  if (w.phase.name !== 'loading' || w.phase.step !== 'script') return;
  enter(w, { name: 'loading', step: 'auth', until: w.c.now + authReadyMs }, 'loaded');
}

/** `Auth.ready`, with Messenger's own belief, which may rest on a JWT that expired long ago. */
export function authReady(w: Work, believed: boolean): void {
  if (w.phase.name !== 'loading' || leaveIfWanted(w)) return;
  const step = believed ? 'stored-jwt' : 'first-ask';
  enter(w, { name: 'loading', step, until: w.c.now + (believed ? storedJwtMs : firstAskMs) }, 'auth-ready');
}

export function loadingOverdue(w: Work, { step }: PhaseNamed<'loading'>): void {
  switch (step) {
    case 'stored-jwt':
      return w.c.config.renew === 'off' && !w.callers.length ? believe(w) : renew(w, 'unknown-jwt');
    case 'first-ask':
      // Somebody signed in in another tab while this one was loaded.
      if (newerLife(w.c.record, w.token?.expiresAt, w.c.now)) return renew(w, 'other-tab', 0, true);
      return w.allowSessionUpgrade && !w.returned ? anonymous(w) : summon(w, 'Auth.getTokens', 'first-ask');
    default:
      fail(w, new GcAuthError('script-timeout', { message: 'Messenger’s Auth plugin did not become ready.' }));
  }
}

/** With `renew="off"` the JWT is Messenger's own affair. */
const believe = (w: Work): void => enter(w, { name: 'signed-in', failures: 0 }, 'stored-jwt');

function anonymous(w: Work): void {
  enter(w, { name: 'signed-out', reason: undefined, since: w.c.now }, 'anonymous');
  settleCallers(w, forToken, new GcAuthError('login-required'));
}
