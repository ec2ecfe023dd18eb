import type { TabMessageType } from '../shared-record.js';
import { adopt } from './adopt.js';
import { setHidden } from './draft.js';
import type { Draft } from './draft.js';
import { renew } from './renewal.js';
import { isSignOutPending, signOutHolds } from './sign-out-record.js';
import { refuseAll, signedOut } from './signed-out.js';

/** Another tab renewed the JWT while this one waited for the renewal lock. Refreshes anyway if its JWT is of no use. */
export function renewedInOtherTab(draft: Draft, operationId: number): void {
  const { phase } = draft;
  if (phase.name !== 'renewing' || phase.operationId !== operationId || adopt(draft)) return;
  draft.effects.push({ do: 'refresh', operationId, force: true });
}

/** Another tab has changed the shared record. Messenger of this tab reads its JWT from the storage that it shares. */
export function tabMessageReceived(draft: Draft, message: TabMessageType): void {
  const { phase, token } = draft;
  const waitsToRetry = phase.name === 'renewing' && phase.operationId === undefined;
  switch (message) {
    case 'signed-out':
      if (token && phase.name !== 'signing-out') signedOutInOtherTab(draft);
      return;
    case 'person-changed':
      if ((token || draft.hasJwt) && phase.name !== 'signing-out' && phase.name !== 'loading') {
        signedOutInOtherTab(draft);
        setHidden(draft, true);
      }
      return;
    case 'renewed':
      if (phase.name === 'signed-in' || waitsToRetry) adopt(draft);
      return;
    case 'signed-in': {
      const follows = phase.name === 'signed-out' || phase.name === 'interaction-required' || waitsToRetry;
      if (follows && !signOutHolds(draft)) renew(draft, 'other-tab', 0, true);
    }
  }
}

/**
 * Ends everything that could sign somebody in, if a person has signed out in whichever tab. Runs before every input, so
 * that it does not matter how the page gets to know: by a message, by a timer, or because it was asleep and woke up.
 */
export function obeySignOut(draft: Draft): void {
  const { phase } = draft;
  if (!signOutHolds(draft)) return;
  if (phase.name === 'signed-out') return refuseAll(draft);
  const ended = phase.name === 'signing-out' || phase.name === 'loading';
  const stopped = phase.name === 'failed' && (phase.unfinished !== undefined || phase.dueAt === undefined);
  if (!ended && !stopped) signedOutInOtherTab(draft);
}

/**
 * Messenger of this tab may not know of the sign-out, and never learns of it if its JWT was refused before. So an open
 * conversation is hidden, and the session remembers whose it is, until Messenger publishes `Auth.loggedOut` or somebody
 * signs in. The launcher alone stays visible: it shows no conversation, and people need it to sign in.
 */
function signedOutInOtherTab(draft: Draft): void {
  const { person, token } = draft;
  if (draft.windowOpen || isSignOutPending(draft)) setHidden(draft, true);
  signedOut(draft, 'other-tab', { quiet: !token });
  draft.person = person;
}
