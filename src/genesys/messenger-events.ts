import type { MessengerFact } from '../core/messenger.js';
import { readFailure } from '../core/messenger-failure.js';
import { readJwt } from './jwt.js';

export const configurationReceived = 'GenesysJS.configurationReceived';
export const domainNotAllowed = 'GenesysJS.domainNotAllowed';
export const authReady = 'Auth.ready';

/**
 * The events of the plugins that make up Messenger. The bus has no wildcard, so they are named.
 * @see https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/SDKCommandsEvents/
 */
const byPlugin: Readonly<Record<string, string>> = {
  Auth:
    'ready authenticating authenticated loggedOut authError error tokenError authProviderError logoutError ' +
    'signInAvailable signingIn signedIn signInFailed',
  MessagingService:
    'ready started restoring restored offline reconnecting reconnected error sendingMessage messagesReceived ' +
    'messagesUpdated oldMessages historyComplete typingReceived typingTimeout typingStarted clientTypingStarted ' +
    'uploading uploadApproved fileUploaded fileUploadError fileUploadCancelled fileReceived fileDownloaded ' +
    'fileDownloadError fileDeleted allowedFileTypes sessionDurationConfigured sessionTimingUpdated sessionWarning ' +
    'sessionExpired sessionCleared conversationDisconnected conversationReset conversationCleared ' +
    'readOnlyConversation steppedUpConversation stepUpConversationError',
  Messenger: 'ready opened closed cleared error',
  Launcher: 'ready visible hidden',
  Conversations: 'ready opened started closed error',
};

export const messengerEvents: readonly string[] = Object.entries(byPlugin).flatMap(([plugin, names]) =>
  names.split(' ').map((name) => `${plugin}.${name}`),
);

/** What an event means to the rules; undefined when it means nothing to them, or its data are not what they should be. */
export function meaningOf(event: string, data: unknown): MessengerFact | undefined {
  switch (event) {
    case 'Auth.authenticating':
      return { type: 'authenticating' };
    case 'Auth.authenticated': {
      const { jwt } = data as { readonly jwt?: unknown };
      return typeof jwt === 'string' && jwt ? { type: 'authenticated', token: readJwt(jwt) } : undefined;
    }
    case 'Auth.loggedOut':
      return { type: 'logged-out' };
    case 'Auth.error':
    case 'Auth.authError':
    case 'Auth.tokenError':
    case 'Auth.authProviderError':
      return { type: 'auth-error', event, failure: readFailure(data) };
    case 'MessagingService.offline':
    case 'MessagingService.reconnecting':
      return { type: 'reconnecting' };
    default:
      return undefined;
  }
}
