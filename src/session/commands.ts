import { GcAuthError } from '../core/errors.js';
import { readFailure } from '../core/messenger-failure.js';
import type { Session } from './session.js';

/** Some Messenger commands never settle (a throttled `sendTyping`, one sent before the queue drains). */
const commandMs = 10_000;

/** Any Messenger command by its full name; always settles, and rejects with a `GcAuthError` only. */
export function sendCommand(session: Session, name: string, data?: unknown): Promise<unknown> {
  const { ports, scheduler } = session.options;
  return new Promise((resolve, reject) => {
    const refuse = (thrown: unknown): void => reject(thrown instanceof GcAuthError ? thrown : refused(name, thrown));
    const sent = ports.messenger.command(name, data).subscribe({ next: resolve, error: refuse });
    const lapse = (): void => {
      sent.unsubscribe();
      reject(new GcAuthError('command-timeout', { message: `${name} did not settle in ${commandMs / 1000} s.` }));
    };
    sent.add(scheduler.schedule(lapse, commandMs));
  });
}

const refused = (name: string, thrown: unknown): GcAuthError =>
  new GcAuthError('command-failed', {
    message: `Messenger refused ${name}: ${readFailure(thrown).message?.slice(0, 200) ?? 'no reason given'}.`,
  });

/** Opening configures a socket, which needs a live JWT: one that ran out is refreshed first. */
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

/** "Messenger is already opened." is what the caller wanted. */
async function unlessAlready(sent: Promise<unknown>): Promise<void> {
  try {
    await sent;
  } catch (thrown) {
    if (!(thrown instanceof GcAuthError && /already/i.test(thrown.message))) throw thrown;
  }
}
