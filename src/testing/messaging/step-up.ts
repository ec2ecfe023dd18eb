import type { AuthFlows, SignInResult } from '../auth/auth-flows.js';
import { CommandRejection, reasonOf } from '../bus/command-rejection.js';
import type { Plugin } from '../bus/plugin.js';
import type { Runtime } from '../runtime.js';
import type { Session } from './session.js';

/**
 * Signs a guest in: the conversation continues on the same socket, with the same session token.
 *
 * @throws {CommandRejection} or the AuthProvider's reason, after the event `stepUpConversationError`
 */
export async function stepUp(
  runtime: Runtime,
  plugin: Plugin,
  auth: AuthFlows | undefined,
  session: Session,
): Promise<SignInResult> {
  try {
    if (!auth || runtime.config.auth?.allowSessionUpgrade !== true) {
      throw new CommandRejection('Upgrade to authenticated session must be enabled in the deployment configuration.');
    }
    if (session.phase !== 'active' || session.authenticated) {
      throw new CommandRejection('No active conversation found to step-up.');
    }
    if (!runtime.bus.hasCommand('AuthProvider.signIn')) {
      throw new CommandRejection('AuthProvider.signIn command must be defined.');
    }
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
    const check = (): void => {
      if (session.phase === 'active' && !session.authenticated) return;
      remove();
      if (session.phase === 'active') resolve();
      else reject(new Error('The session could not be upgraded.'));
    };
    const remove = session.changes.add(check);
    check();
  });
}
