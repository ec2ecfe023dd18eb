import type { Auth, SignInResult } from '../auth/auth.js';
import type { Plugin } from '../bus/plugin.js';
import { reasonOf, Refusal } from '../bus/refusal.js';
import type { Runtime } from '../runtime.js';
import type { Session } from './session.js';

/**
 * A guest's conversation becomes the signed-in person's, on the same socket and under the same
 * session token.
 *
 * @throws text or failure, after the event `stepUpConversationError`
 */
export async function stepUp(
  runtime: Runtime,
  plugin: Plugin,
  auth: Auth | undefined,
  session: Session,
): Promise<SignInResult> {
  try {
    if (!auth || runtime.config.auth?.allowSessionUpgrade !== true) {
      throw new Refusal('Upgrade to authenticated session must be enabled in the deployment configuration.');
    }
    if (session.phase !== 'active' || session.authenticated)
      throw new Refusal('No active conversation found to step-up.');
    if (!runtime.bus.hasCommand('AuthProvider.signIn'))
      throw new Refusal('AuthProvider.signIn command must be defined.');
    const result = await auth.signIn();
    await authenticatedSession(session);
    return result;
  } catch (failure) {
    plugin.publish('stepUpConversationError', reasonOf(failure));
    throw failure;
  }
}

function authenticatedSession(session: Session): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (session.phase === 'active' && !session.authenticated) return;
      remove();
      if (session.phase === 'active') resolve();
      else reject(new Error('The session could not be upgraded.'));
    };
    const remove = session.changes.add(look);
    look();
  });
}
