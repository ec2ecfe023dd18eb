import type { MessengerFact } from '../core/messenger.js';
import { readFailure } from '../core/messenger-failure.js';
import { readJwt } from './jwt.js';

export const configurationReceived = 'GenesysJS.configurationReceived';
export const domainNotAllowed = 'GenesysJS.domainNotAllowed';
export const authReady = 'Auth.ready';
export const messengerReady = 'Messenger.ready';

/**
 * The events of Messenger's plugins. The bus has no wildcard, so each is subscribed to by name.
 *
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
    'readOnlyConversation steppedUpConversation stepUpConversationError cobrowseOffer cobrowseOfferAccepted ' +
    'cobrowseOfferRejected cobrowseOfferExpired repliedMessage customAttributesSizeExceeded',
  Messenger: 'ready opened closed cleared error',
  Launcher: 'ready visible hidden',
  Conversations: 'ready opened started closed error',
  Toaster: 'ready opened closed accepted declined error',
  KnowledgeService: 'ready searchResults noSearchResultsFound error',
  AuthProvider: 'signedIn signInFailed',
};

export const messengerEvents: readonly string[] = Object.entries(byPlugin).flatMap(([plugin, names]) =>
  names.split(' ').map((name) => `${plugin}.${name}`),
);

/** The fact that an event reports to the rules; undefined when they do not use it, or its data have another shape. */
export function factOf(event: string, data: unknown): MessengerFact | undefined {
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
    case 'Messenger.opened':
    case 'Messenger.closed':
      return { type: 'window', open: event === 'Messenger.opened' };
    default:
      return undefined;
  }
}
