import { expect } from '@open-wc/testing';
import { createMessengerPort } from '../../src/genesys/messenger-port.js';
import { inferredEvents, messengerEvents } from '../../src/genesys/messenger-events.js';
import { Session } from '../../src/session/session.js';
import type { MessengerEvent } from '../../src/session/streams.js';
import { FakeGenesys, fakeWindow } from '../support/fake-genesys.js';
import { clearAway, elementUnderTest, place } from '../support/harness-element.js';

/**
 * The events that Genesys documents or that public code subscribes to, written out once more: the list in `src` is compared
 * with it name by name.
 */
const documented = `
  Auth.ready Auth.authenticating Auth.authenticated Auth.loggedOut Auth.authError Auth.tokenError Auth.authProviderError Auth.error
  Auth.logoutError Auth.signInAvailable Auth.signedIn Auth.signingIn Auth.signInFailed AuthProvider.signedIn AuthProvider.signInFailed
  CobrowseService.ready CobrowseService.sessionStarted CobrowseService.sessionEnded CobrowseService.controlRequested
  CobrowseService.controlGranted CobrowseService.controlRevoked CobrowseService.navigationRequested CobrowseService.navigationGranted
  CobrowseService.navigationDeclined CobrowseVoice.error CobrowseVoice.sessionStarted CobrowseVoice.sessionEnded Conversations.ready
  Conversations.opened Conversations.started Conversations.closed Conversations.error Database.ready Database.updated Database.removed
  Engage.ready Engage.inviteAccepted Engage.inviteRejected Engage.inviteIgnored Engage.inviteOffered Engage.inviteError Journey.ready
  Journey.qualifiedWebMessagingOffer Journey.qualifiedContentOffer Journey.qualifiedOpenAction Knowledge.ready Knowledge.error
  KnowledgeService.ready KnowledgeService.error KnowledgeService.searchResults KnowledgeService.noSearchResultsFound
  KnowledgeService.suggestions KnowledgeService.noSuggestionsFound KnowledgeService.categories KnowledgeService.noCategoriesFound
  KnowledgeService.article KnowledgeService.noArticleFound KnowledgeService.articlesByCategory KnowledgeService.noArticlesByCategoryFound
  KnowledgeService.topViewedArticles KnowledgeService.noTopViewedArticlesFound KnowledgeService.feedbackSent Launcher.ready
  Launcher.visible Launcher.hidden MessagingService.ready MessagingService.started MessagingService.sendingMessage
  MessagingService.messagesReceived MessagingService.uploading MessagingService.uploadApproved MessagingService.fileUploaded
  MessagingService.fileUploadError MessagingService.fileUploadCancelled MessagingService.fileReceived MessagingService.messagesUpdated
  MessagingService.fileDownloaded MessagingService.fileDownloadError MessagingService.fileDeleted MessagingService.oldMessages
  MessagingService.historyComplete MessagingService.typingReceived MessagingService.typingTimeout MessagingService.clientTypingStarted
  MessagingService.restored MessagingService.sessionCleared MessagingService.offline MessagingService.reconnecting
  MessagingService.reconnected MessagingService.conversationDisconnected MessagingService.readOnlyConversation
  MessagingService.conversationReset MessagingService.conversationCleared MessagingService.error MessagingService.cobrowseOffer
  MessagingService.cobrowseOfferAccepted MessagingService.cobrowseOfferRejected MessagingService.cobrowseOfferExpired
  MessagingService.allowedFileTypes MessagingService.steppedUpConversation Messenger.ready Messenger.opened Messenger.closed
  Messenger.cleared Toaster.ready Toaster.opened Toaster.accepted Toaster.declined Toaster.closed Toaster.error
  MessagingService.repliedMessage MessagingService.customAttributesSizeExceeded MessagingService.sessionDurationConfigured
  MessagingService.sessionTimingUpdated MessagingService.sessionWarning MessagingService.stepUpConversationError
  MessagingService.restoring MessagingService.sessionExpired
`
  .trim()
  .split(/\s+/);

afterEach(clearAway);

/** An element with the real Messenger port, on a window whose bus the test controls. */
async function withBus(more?: readonly string[]) {
  const win = fakeWindow();
  const genesys = new FakeGenesys(win);
  const under = elementUnderTest();
  const { element, code, ledger, page, tabs, persistence, log } = under;
  const emitted: MessengerEvent[] = [];
  const told: unknown[] = [];
  element.createSession = (config) =>
    new Session({
      config,
      ports: { messenger: createMessengerPort(config.genesys, win), code, ledger, page, tabs, persistence, log },
      scheduler: under.time,
      random: () => 0,
    });
  if (more) element.messengerEvents = more;
  element.messenger$.subscribe((event) => emitted.push(event));
  element.addEventListener('gc-messenger-event', ({ detail }) => told.push(detail));
  await place(under);
  genesys.load().configure().republish('Auth.ready');
  emitted.length = 0;
  told.length = 0;
  return { genesys, emitted, told };
}

describe('the events of Messenger', () => {
  it('are known by the names that Genesys uses, and a few inferred ones are known to be so', () => {
    expect([...messengerEvents].sort()).to.eql([...documented, ...inferredEvents].sort());
    expect(new Set(messengerEvents)).to.have.property('size', documented.length + inferredEvents.length);
  });

  it('reach messenger$ and gc-messenger-event, every one of them once, with its data', async () => {
    const { genesys, emitted, told } = await withBus();
    for (const name of messengerEvents) genesys.publish(name, { of: name });
    const expected = messengerEvents.map((name) => ({ name, data: { of: name } }));
    expect(emitted).to.eql(expected);
    expect(told).to.eql(expected);
  });

  it('are more when the page names more, without secrets in any', async () => {
    const { genesys, emitted } = await withBus(['Checkout.paid', 'Toaster.opened']);
    genesys.publish('Checkout.paid', { jwt: 'secret', sum: 3 });
    genesys.publish('Toaster.opened');
    genesys.publish('Checkout.refunded');
    expect(emitted.map(({ name }) => name)).to.eql(['Checkout.paid', 'Toaster.opened']);
    expect(JSON.stringify(emitted)).to.contain('"sum":3').and.not.contain('secret');
  });
});
