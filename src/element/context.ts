import { createContext } from '@lit/context';
import type { Snapshot } from '../core/snapshot.js';

/** What elements inside `<gc-auth-messenger>` share with it; holds no JWT unless one is valid. */
export interface MessengerContext extends Readonly<Pick<Snapshot, 'state' | 'reason' | 'token'>> {
  signIn(): Promise<void>;
  signOut(options?: { provider?: boolean }): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Consumed by elements inside the tag, with `@lit/context` or any implementation of the context protocol.
 * @see https://github.com/webcomponents-cg/community-protocols/blob/main/proposals/context.md
 */
export const messengerContext = createContext<MessengerContext>(Symbol.for('gc-auth-messenger:context'));
