import { renewalDue } from '../deadline.js';
import type { Lifetime } from '../deadline.js';
import { isPerson } from '../person-fingerprint.js';
import { newerLifetime } from '../shared-record.js';
import { enter } from './draft.js';
import type { Draft } from './draft.js';
import { confirmSignedIn } from './signed-in.js';

/** Lifetime of a newer JWT of the same person, which Messenger shares among the tabs; undefined when there is none. */
export const newerLifetimeInOtherTab = ({ token, conditions }: Draft): Lifetime | undefined =>
  token && isPerson(conditions.record.person, token.claims)
    ? newerLifetime(conditions.record, token.expiresAt, conditions.now)
    : undefined;

/**
 * Stays signed in without a refresh, because of what the shared record says: another tab has a newer JWT, or has found
 * out that an early refresh returns the same one. Returns whether it does.
 *
 * A page that waits for a public method needs a JWT of its own, so then this does nothing.
 */
export function adopt(draft: Draft): boolean {
  const { record, config, random, now } = draft.conditions;
  if (!draft.token || !isPerson(record.person, draft.token.claims) || draft.callers.length) return false;
  const isNews = !draft.sameWhileValid && record.sameWhileValid === true;
  draft.sameWhileValid ||= isNews;
  const lifetime = newerLifetimeInOtherTab(draft) ?? (isNews && draft.confirmed ? draft.token : undefined);
  const renewAt = lifetime ? renewalDue(lifetime, draft.sameWhileValid, random) : now;
  if (renewAt <= now) return false;
  enter(draft, { name: 'signed-in', dueAt: config.renew === 'auto' ? renewAt : undefined, failures: 0 }, 'other-tab');
  confirmSignedIn(draft);
  return true;
}
