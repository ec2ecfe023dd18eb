import type { TabMessageType } from '../shared-record.js';
import { adopt } from './adopt.js';
import type { Draft } from './draft.js';
import { renew } from './renewal.js';
import { signedOut } from './sign-out.js';

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
    case 'renewed':
      if (phase.name === 'signed-in' || waitsToRetry) adopt(draft);
      return;
    case 'signed-in':
      if (phase.name === 'signed-out' || phase.name === 'interaction-required' || waitsToRetry) {
        renew(draft, 'other-tab', 0, true);
      }
  }
}

/**
 * Messenger of this tab may not know of the sign-out, and never learns of it if its JWT was refused before. So an open
 * conversation is hidden, and the session remembers whose it is, until Messenger publishes `Auth.loggedOut` or somebody
 * signs in. The launcher alone stays visible: it shows no conversation, and people need it to sign in.
 */
function signedOutInOtherTab(draft: Draft): void {
  const { person } = draft;
  if (draft.windowOpen) draft.effects.push({ do: 'hide-messenger', hidden: true });
  signedOut(draft, 'other-tab', false);
  draft.person = person;
}
