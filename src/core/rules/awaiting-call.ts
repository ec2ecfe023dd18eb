import type { PhaseNamed } from '../phase.js';
import { enter, sendCommand } from './draft.js';
import type { Draft } from './draft.js';
import { requestCode } from './request-code.js';

/** After a failed refresh Messenger usually calls by itself, within this time in milliseconds. */
const ownCallMs = 400;

/** Longest wait for the plugin call after Messenger was asked to call, in milliseconds. */
const requestedCallMs = 3_000;

/** Gets a new code for the waiting plugin call, or for the one that Messenger is expected to make by itself. */
export function reauthenticate(draft: Draft, reason: string): void {
  if (draft.calls.length) return requestCode(draft, reason);
  const dueAt = draft.conditions.now + ownCallMs;
  enter(draft, { name: 'awaiting-call', callRequested: false, dueAt }, reason);
}

/** Sends a command that makes Messenger call the AuthProvider plugin. */
export function requestPluginCall(draft: Draft, name: 'Auth.reAuthenticate' | 'Auth.getTokens', reason: string): void {
  const dueAt = draft.conditions.now + requestedCallMs;
  enter(draft, { name: 'awaiting-call', callRequested: true, dueAt }, reason);
  sendCommand(draft, name);
}

/** Messenger has not called: asks it to. If it was asked before, gets the code first. */
export function pluginCallOverdue(draft: Draft, { callRequested }: PhaseNamed<'awaiting-call'>): void {
  if (callRequested) requestCode(draft, 'awaiting-call');
  else requestPluginCall(draft, 'Auth.reAuthenticate', draft.reason);
}
