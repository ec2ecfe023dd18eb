import { renewalDue } from '../deadline.js';
import { defined } from '../defined.js';
import { identityDigest } from '../person-fingerprint.js';
import type { TabMessageType } from '../shared-record.js';
import { enter, sendCommand, setHidden, shareRecord } from './draft.js';
import type { Draft } from './draft.js';
import { runFrameTest } from './frame-test.js';
import { requestCodeForNextCall } from './request-code.js';
import { settleCallers, tokenMethods } from './settle.js';
import { rememberRedirect } from './silent-redirect.js';
import { signOutAfterSignIn } from './sign-out-record.js';

/** Signs the session in with the JWT of the model, and schedules its renewal. */
export function acceptToken(draft: Draft, reason: string, message?: TabMessageType): void {
  const { token, person, sameWhileValid, conditions } = draft;
  // Before `enter()`, which releases the renewal lock: the next tab to get the lock reads the record.
  const identity = person && identityDigest(conditions.config.identity, person);
  const { issuedAt, expiresAt } = token ?? {};
  shareRecord(draft, { ...defined({ issuedAt, expiresAt, person, identity }), ...signOutAfterSignIn(draft) }, message);
  const renews = token && conditions.config.renew === 'auto';
  const dueAt = renews ? renewalDue(token, sameWhileValid, conditions.random) : undefined;
  draft.trace = [];
  draft.silentRedirectError = undefined;
  draft.storageAccess = undefined;
  rememberRedirect(draft, 'signed-in');
  draft.outageWaits = undefined;
  enter(draft, { name: 'signed-in', dueAt, failures: 0 }, reason);
  confirmSignedIn(draft);
}

/** Genesys has confirmed that somebody is signed in: publishes it, and continues everything that waited for it. */
export function confirmSignedIn(draft: Draft): void {
  if (!draft.confirmed) {
    setHidden(draft, false);
    draft.effects.push({ do: 'signed-in' });
  }
  draft.confirmed = true;
  if (draft.reopenWindow) sendCommand(draft, 'Messenger.open');
  draft.reopenWindow = false;
  runFrameTest(draft);
  settleCallers(draft, tokenMethods);
  requestCodeForNextCall(draft);
}
