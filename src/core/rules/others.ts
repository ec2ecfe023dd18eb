import type { News } from '../shared-record.js';
import { left } from './leave.js';
import { adopt, renew } from './renewal.js';
import type { Work } from './work.js';

/** While this tab waited for its turn, another renewed the JWT. Where that is no help, this one renews after all. */
export function renewedElsewhere(w: Work, ticket: number): void {
  const { phase } = w;
  if (phase.name !== 'renewing' || phase.ticket !== ticket || adopt(w)) return;
  w.effects.push({ do: 'refresh', ticket, force: true });
}

/** What another tab tells. Messenger of this tab finds what it needs in the storage that it shares with the others. */
export function heard(w: Work, news: News): void {
  const { phase, token } = w;
  if (news === 'signed-out') return token && phase.name !== 'signing-out' ? leftElsewhere(w) : undefined;
  const waiting = phase.name === 'renewing' && phase.ticket === undefined;
  if (news === 'renewed') return phase.name === 'signed-in' || waiting ? void adopt(w) : undefined;
  const out = phase.name === 'signed-out' || phase.name === 'interaction-required' || waiting;
  if (out) renew(w, 'other-tab', 0, true);
}

/**
 * Messenger of this tab may not know yet, and one whose JWT was refused before never learns: its conversation is out of
 * sight, and remembered as this person's, until it says so itself or somebody is signed in again. A launcher alone
 * shows nothing, and is the way in.
 */
function leftElsewhere(w: Work): void {
  const { person } = w;
  if (w.windowOpen) w.effects.push({ do: 'curtain', closed: true });
  left(w, 'other-tab', false);
  w.person = person;
}
