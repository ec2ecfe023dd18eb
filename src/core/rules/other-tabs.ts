import type { TabMessageType } from '../shared-record.js';
import { signedOut } from './sign-out.js';
import { adopt, renew } from './renewal.js';
import type { Draft } from './draft.js';

/** While this tab waited for its turn, another renewed the JWT. Where that is no help, this one renews after all. */
export function renewedInOtherTab(draft: Draft, operationId: number): void {
  const { phase } = draft;
  if (phase.name !== 'renewing' || phase.operationId !== operationId || adopt(draft)) return;
  draft.effects.push({ do: 'refresh', operationId, force: true });
}

/** What another tab tells. Messenger of this tab finds what it needs in the storage that it shares with the others. */
export function tabMessageReceived(draft: Draft, message: TabMessageType): void {
  const { phase, token } = draft;
  if (message === 'signed-out') return token && phase.name !== 'signing-out' ? signedOutElsewhere(draft) : undefined;
  const waiting = phase.name === 'renewing' && phase.operationId === undefined;
  if (message === 'renewed') return phase.name === 'signed-in' || waiting ? void adopt(draft) : undefined;
  const out = phase.name === 'signed-out' || phase.name === 'interaction-required' || waiting;
  if (out) renew(draft, 'other-tab', 0, true);
}

/**
 * Messenger of this tab may not know yet, and one whose JWT was refused before never learns: its conversation is out of
 * sight, and remembered as this person's, until it says so itself or somebody is signed in again. A launcher alone
 * shows nothing, and is the way in.
 */
function signedOutElsewhere(draft: Draft): void {
  const { person } = draft;
  if (draft.windowOpen) draft.effects.push({ do: 'hide-messenger', hidden: true });
  signedOut(draft, 'other-tab', false);
  draft.person = person;
}
