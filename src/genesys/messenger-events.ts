import type { MessengerFact } from '../core/messenger.js';
import { readFailure } from '../core/messenger-failure.js';
import { readJwt } from './jwt.js';

export const configurationReceived = 'GenesysJS.configurationReceived';
export const domainNotAllowed = 'GenesysJS.domainNotAllowed';
export const authReady = 'Auth.ready';
export const messengerReady = 'Messenger.ready';

/**
 * The events of Messenger's plugins. The bus has no wildcard, so each is subscribed to by name; a subscription to an event
 * that does not exist has no effect.
 *
 * From the pages of the plugins in Genesys' documentation, and from public code that subscribes to them.
 *
 * @see https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/SDKCommandsEvents/
 */
const known: Readonly<Record<string, string>> = {
  Auth:
    'ready authenticating authenticated loggedOut authError error tokenError authProviderError logoutError ' +
    'signInAvailable signingIn signedIn signInFailed',
  AuthProvider: 'signedIn signInFailed',
  CobrowseService:
    'ready sessionStarted sessionEnded controlRequested controlGranted controlRevoked navigationRequested ' +
    'navigationGranted navigationDeclined',
  CobrowseVoice: 'sessionStarted sessionEnded error',
  Conversations: 'ready opened started closed error',
  Database: 'ready updated removed',
  Engage: 'ready inviteOffered inviteAccepted inviteRejected inviteIgnored inviteError',
  Journey: 'ready qualifiedWebMessagingOffer qualifiedContentOffer qualifiedOpenAction',
  Knowledge: 'ready error',
  KnowledgeService:
    'ready searchResults noSearchResultsFound suggestions noSuggestionsFound categories noCategoriesFound article ' +
    'noArticleFound articlesByCategory noArticlesByCategoryFound topViewedArticles noTopViewedArticlesFound ' +
    'feedbackSent error',
  Launcher: 'ready visible hidden',
  MessagingService:
    'ready started restoring restored offline reconnecting reconnected error sendingMessage messagesReceived ' +
    'messagesUpdated oldMessages historyComplete typingReceived typingTimeout clientTypingStarted uploading ' +
    'uploadApproved fileUploaded fileUploadError fileUploadCancelled fileReceived fileDownloaded fileDownloadError ' +
    'fileDeleted allowedFileTypes sessionDurationConfigured sessionTimingUpdated sessionWarning sessionExpired ' +
    'sessionCleared conversationDisconnected conversationReset conversationCleared readOnlyConversation ' +
    'steppedUpConversation stepUpConversationError cobrowseOffer cobrowseOfferAccepted cobrowseOfferRejected ' +
    'cobrowseOfferExpired repliedMessage customAttributesSizeExceeded',
  Messenger: 'ready opened closed cleared',
  Toaster: 'ready opened closed accepted declined error',
};

/**
 * Names that no list has. Those of `videoOffer` are inferred from those of `cobrowseOffer`: Messenger's script is reported to
 * publish events whose names begin with it.
 */
const inferred: Readonly<Record<string, string>> = {
  MessagingService: 'typingStarted videoOffer videoOfferAccepted videoOfferRejected videoOfferExpired',
  Messenger: 'error',
};

const fullNames = (byPlugin: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(byPlugin).flatMap(([plugin, names]) => names.split(' ').map((name) => `${plugin}.${name}`));

export const inferredEvents = fullNames(inferred);

export const messengerEvents: readonly string[] = [...fullNames(known), ...inferredEvents];

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
