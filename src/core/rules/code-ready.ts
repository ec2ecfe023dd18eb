import type { Grant } from '../grant.js';
import { enter, sendCommand } from './draft.js';
import type { Draft } from './draft.js';

/** Age up to which a code is used, in milliseconds. Providers let codes expire after a minute or less. */
const maxCodeAgeMs = 30_000;

/** Longest wait for the plugin call after Messenger was asked to call, in milliseconds. */
const callMs = 5_000;

/** Messenger publishes `Auth.authenticating` within this time, in milliseconds. Otherwise it has ignored the code. */
export const ignoredAfterMs = 1_500;

/** Whether a code that arrived at a time, epoch ms, can still be used. */
export const isFresh = ({ conditions }: Draft, receivedAt: number): boolean =>
  conditions.now - receivedAt < maxCodeAgeMs;

/** Gives a code to the oldest plugin call; without one, asks Messenger to call for it. */
export function codeReady(draft: Draft, grant: Grant, callRequests: number): void {
  if (draft.calls.length) return answerCall(draft, grant, callRequests);
  const { now } = draft.conditions;
  enter(draft, { name: 'code-ready', grant, receivedAt: now, dueAt: now + maxCodeAgeMs }, 'code');
  if (draft.hasJwt !== undefined) requestCallForCode(draft);
}

/** Asks Messenger to call for the code that waits. Until Messenger is ready, there is nobody to ask. */
export function requestCallForCode(draft: Draft): void {
  if (draft.phase.name !== 'code-ready') return;
  enter(draft, { ...draft.phase, dueAt: draft.conditions.now + callMs });
  sendCommand(draft, 'Auth.getTokens');
}

/** Answers the oldest plugin call with the code. The session does not keep the code, so nobody else can get it. */
export function answerCall(draft: Draft, grant: Grant, callRequests: number): void {
  const [first, ...rest] = draft.calls;
  if (!first) return;
  draft.calls = rest;
  const stepUp = first.call.command === 'signIn';
  const dueAt = draft.conditions.now + ignoredAfterMs;
  enter(draft, { name: 'exchange', dueAt, exchanging: false, callRequests, stepUp }, 'code');
  draft.effects.push({ do: 'answer', call: first.call, grant });
}
