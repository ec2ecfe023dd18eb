import { catchError, defer, firstValueFrom, throwError, timeout } from 'rxjs';
import { GcAuthError, gcAuthErrorOf } from '../core/errors.js';
import { innerText } from '../core/inner-text.js';
import { readFailure } from '../core/messenger-failure.js';
import type { Session } from './session.js';

/** Some Messenger commands never settle: a throttled `sendTyping`, one sent before Messenger reads its queue. */
const deadlineMs = 10_000;

/** Sends a Messenger command by its full name. Always settles; rejects with a `GcAuthError` only. */
export function sendCommand(session: Session, name: string, data?: unknown): Promise<unknown> {
  const { ports, scheduler } = session.options;
  const timedOut = (): GcAuthError =>
    new GcAuthError('command-timeout', { message: `Messenger did not answer ${name} in ${deadlineMs / 1000} s.` });
  const settled$ = defer(() => ports.messenger.command(name, data)).pipe(
    timeout({ first: deadlineMs, scheduler, with: () => throwError(timedOut) }),
    catchError((thrown: unknown) => throwError(() => gcAuthErrorOf(thrown) ?? commandFailed(name, thrown))),
  );
  return firstValueFrom(settled$, { defaultValue: undefined });
}

const commandFailed = (name: string, thrown: unknown): GcAuthError =>
  new GcAuthError('command-failed', {
    message: `Messenger refused ${name}: ${innerText(readFailure(thrown).message?.slice(0, 200))}.`,
  });

/** Opens the Messenger window. Messenger then configures a socket, which needs a valid JWT: an expired one is refreshed first. */
export async function openMessenger(session: Session): Promise<void> {
  const { token, state } = session.snapshot;
  const { scheduler, config } = session.options;
  if (token && state === 'signed-in' && token.expiresAt <= scheduler.now() && config.renew !== 'off') {
    await session.call('refresh').catch(() => undefined);
  }
  await unlessAlready(sendCommand(session, 'Messenger.open'));
}

export const closeMessenger = (session: Session): Promise<void> =>
  unlessAlready(sendCommand(session, 'Messenger.close'));

/** Messenger rejects with "Messenger is already opened.", which is a success for the caller. */
async function unlessAlready(sent: Promise<unknown>): Promise<void> {
  try {
    await sent;
  } catch (thrown) {
    if (!(thrown instanceof GcAuthError && /already/i.test(thrown.message))) throw thrown;
  }
}
