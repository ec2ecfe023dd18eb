import { GcAuthError } from '../errors.js';
import type { LauncherPosition } from '../messenger.js';
import type { PhaseNamed } from '../phase.js';
import { newerLifetime } from '../shared-record.js';
import { requestPluginCall } from './awaiting-call.js';
import { isBoundToOthers } from './authenticated.js';
import { requestCallForCode } from './code-ready.js';
import { enter, setHidden } from './draft.js';
import type { Draft } from './draft.js';
import { failSession } from './failure.js';
import { renew } from './renewal.js';
import { settleCallers } from './settle.js';
import { completeSignOut, isSignOutPending, signOutHolds } from './sign-out-record.js';
import { refuseJwt, signOutIfRequested } from './sign-out.js';
import { endSession, isSignOutRequested, staySignedOut } from './signed-out.js';
import { notAllowed, stepUpConversation } from './step-up.js';

/** `Auth.ready` follows the script within this time, in milliseconds. */
const authReadyMs = 10_000;

/** Messenger reports a stored JWT together with `Auth.ready`. After this time, in milliseconds, the session refreshes. */
const storedJwtMs = 300;

/**
 * Messenger calls for the first code when it loads, or not before it is opened, depending on the deployment. After this
 * time, in milliseconds, the session asks it to call.
 */
const firstCallMs = 1_000;

/** Loads Messenger: at the start of the session, and again after Messenger could not be loaded. */
export function start(draft: Draft): void {
  const { record, config, framesUnusable } = draft.conditions;
  draft.calls = [];
  draft.sameWhileValid ||= record.sameWhileValid === true;
  // A public method may wait already.
  enter(draft, draft.phase.name === 'loading' ? { ...draft.phase } : { name: 'loading', step: 'script' }, 'start');
  // Before Messenger is there, so that nobody sees what may be somebody else's.
  if (isBoundToOthers(draft) || isSignOutPending(draft)) setHidden(draft, true);
  draft.effects.push({ do: 'connect' });
  // Where somebody is signed in, a code is rarely needed, so requests to the provider would be wasted.
  const silentAttemptLikely =
    record.expiresAt === undefined && config.signInModes.includes('silent') && !framesUnusable;
  if (silentAttemptLikely && !draft.redirectGrant && !signOutHolds(draft)) draft.effects.push({ do: 'warm' });
}

/** The Messenger script has loaded, and AuthProvider is registered. */
export function loaded(draft: Draft, allowSessionUpgrade: boolean, position: LauncherPosition | undefined): void {
  draft.allowSessionUpgrade = allowSessionUpgrade;
  draft.position = position;
  draft.effects.push({ do: 'ready' });
  if (!allowSessionUpgrade) settleCallers(draft, ['step-up'], notAllowed());
  if (draft.phase.name === 'loading' && draft.phase.step === 'script') waitForMessenger(draft, 'loaded');
}

/** Waits for the script, or for `Auth.ready` if that has loaded. */
export function waitForMessenger(draft: Draft, reason: string): void {
  const step = draft.allowSessionUpgrade === undefined ? 'script' : 'auth';
  enter(draft, { name: 'loading', step, dueAt: draft.conditions.now + authReadyMs }, reason);
}

/** `Auth.ready`. `hasStoredJwt`: Messenger has a stored JWT, which may have expired. */
export function authReady(draft: Draft, hasStoredJwt: boolean): void {
  // Messenger had not been there to call for it.
  if (draft.hasJwt === undefined) requestCallForCode(draft);
  draft.hasJwt = hasStoredJwt;
  if (draft.phase.name !== 'loading' || signOutIfRequested(draft)) return;
  if (!hasStoredJwt) {
    setHidden(draft, false);
    // On a page that was open before the sign-out, Messenger may say so before Genesys knows.
    if (signOutHolds(draft)) return staySignedOut(draft);
    completeSignOut(draft);
  }
  const { now } = draft.conditions;
  const step = hasStoredJwt ? 'stored-jwt' : 'first-call';
  enter(draft, { name: 'loading', step, dueAt: now + (hasStoredJwt ? storedJwtMs : firstCallMs) }, 'auth-ready');
}

export function loadingOverdue(draft: Draft, { step }: PhaseNamed<'loading'>): void {
  const { record, config, now } = draft.conditions;
  switch (step) {
    case 'stored-jwt':
      if (signOutHolds(draft)) return refuseJwt(draft);
      return config.renew === 'off' && !draft.callers.length && !draft.hidden
        ? trustStoredJwt(draft)
        : renew(draft, 'unknown-jwt');
    case 'first-call':
      // Somebody signed in in another tab while this one was loading.
      if (newerLifetime(record, draft.token?.expiresAt, now)) return renew(draft, 'other-tab', 0, true);
      return draft.allowSessionUpgrade && !draft.redirectGrant
        ? stayAnonymous(draft)
        : requestPluginCall(draft, 'Auth.getTokens', 'first-call');
    case 'script':
      return scriptOverdue(draft);
    default:
      failSession(
        draft,
        new GcAuthError('script-timeout', { message: 'Messenger’s Auth plugin did not become ready in time.' }),
      );
  }
}

/**
 * The session goes on waiting, because a consent tool may hold the script back. The public methods do not, apart from
 * `signIn()`. A sign-out is in the record, so it is completed when Messenger loads.
 */
function scriptOverdue(draft: Draft): void {
  enter(draft, { name: 'loading', step: 'script' });
  settleCallers(draft, ['refresh', 'reauthenticate', 'step-up'], new GcAuthError('script-timeout'));
  if (!isSignOutRequested(draft)) return;
  setHidden(draft, true);
  const error = new GcAuthError('logout-failed');
  if (draft.callers.some(({ provider }) => provider)) endSession(draft, error);
  settleCallers(draft, ['sign-out'], error);
}

/** With `renew="off"`, Messenger alone takes care of its JWT. */
const trustStoredJwt = (draft: Draft): void => enter(draft, { name: 'signed-in', failures: 0 }, 'stored-jwt');

/** An anonymous conversation may continue until the person steps it up. */
function stayAnonymous(draft: Draft): void {
  enter(draft, { name: 'signed-out', reason: undefined }, 'anonymous');
  stepUpConversation(draft);
  settleCallers(draft, ['sign-in', 'refresh', 'reauthenticate'], new GcAuthError('login-required'));
}
