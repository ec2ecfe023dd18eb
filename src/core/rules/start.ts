import { GcAuthError } from '../errors.js';
import type { PhaseNamed } from '../phase.js';
import { newerLifetime } from '../shared-record.js';
import { signOutIfRequested } from './sign-out.js';
import { renew, requestCall } from './renewal.js';
import { enter, failSession, tokenMethods, settleCallers } from './draft.js';
import type { Draft } from './draft.js';

/** `Auth.ready` follows the script within this time. */
const authReadyMs = 10_000;

/** Messenger reports a stored JWT together with `Auth.ready`; one that it keeps to itself is asked for. */
const storedJwtMs = 300;

/** Messenger calls for the first code by itself at load, or only when opened; so long it is given the time. */
const firstAskMs = 1_000;

export function start(draft: Draft): void {
  const { record, config, framesUnusable } = draft.c;
  draft.calls = [];
  draft.person ??= record.person;
  draft.sameWhileValid ||= record.sameWhileValid === true;
  enter(draft, { name: 'loading', step: 'script' }, 'start');
  draft.effects.push({ do: 'connect' });
  // Where somebody is signed in a code is seldom needed, and not worth a visit to the provider.
  const needed = record.expiresAt === undefined && config.signInModes.includes('silent') && !framesUnusable;
  if (needed && !draft.redirectGrant) draft.effects.push({ do: 'warm' });
}

export function loaded(draft: Draft, allowSessionUpgrade: boolean): void {
  draft.allowSessionUpgrade = allowSessionUpgrade;
  draft.effects.push({ do: 'ready' });
  if (draft.phase.name !== 'loading' || draft.phase.step !== 'script') return;
  enter(draft, { name: 'loading', step: 'auth', until: draft.c.now + authReadyMs }, 'loaded');
}

/** `Auth.ready`, with Messenger's own belief, which may rest on a JWT that expired long ago. */
export function authReady(draft: Draft, believed: boolean): void {
  if (draft.phase.name !== 'loading' || signOutIfRequested(draft)) return;
  const step = believed ? 'stored-jwt' : 'first-call';
  enter(draft, { name: 'loading', step, until: draft.c.now + (believed ? storedJwtMs : firstAskMs) }, 'auth-ready');
}

export function loadingOverdue(draft: Draft, { step }: PhaseNamed<'loading'>): void {
  switch (step) {
    case 'stored-jwt':
      return draft.c.config.renew === 'off' && !draft.callers.length
        ? trustStoredToken(draft)
        : renew(draft, 'unknown-jwt');
    case 'first-call':
      // Somebody signed in in another tab while this one was loaded.
      if (newerLifetime(draft.c.record, draft.token?.expiresAt, draft.c.now)) return renew(draft, 'other-tab', 0, true);
      return draft.allowSessionUpgrade && !draft.redirectGrant
        ? anonymous(draft)
        : requestCall(draft, 'Auth.getTokens', 'first-call');
    default:
      failSession(
        draft,
        new GcAuthError('script-timeout', { message: 'Messenger’s Auth plugin did not become ready.' }),
      );
  }
}

/** With `renew="off"` the JWT is Messenger's own affair. */
const trustStoredToken = (draft: Draft): void => enter(draft, { name: 'signed-in', failures: 0 }, 'stored-jwt');

function anonymous(draft: Draft): void {
  enter(draft, { name: 'signed-out', reason: undefined, since: draft.c.now }, 'anonymous');
  settleCallers(draft, tokenMethods, new GcAuthError('login-required'));
}
