import { expect } from '@open-wc/testing';
import { factOf, messengerEvents } from '../../src/genesys/messenger-events.js';

describe('factOf', () => {
  it('reads failures of every kind', () => {
    for (const event of ['Auth.error', 'Auth.authError', 'Auth.tokenError', 'Auth.authProviderError']) {
      expect(factOf(event, { status: 401, message: 'no', contextId: 'c' })).to.eql({
        type: 'auth-error',
        event,
        failure: { status: 401, message: 'no', contextId: 'c' },
      });
    }
    expect(factOf('Auth.authProviderError', {})).to.deep.include({ failure: {} });
  });

  it('reads the steps of an exchange and of the connection', () => {
    expect(factOf('Auth.authenticating', { authCode: 'c' })).to.eql({ type: 'authenticating' });
    expect(factOf('Auth.loggedOut', {})).to.eql({ type: 'logged-out' });
    expect(factOf('MessagingService.offline', {})).to.eql({ type: 'reconnecting' });
    expect(factOf('MessagingService.reconnecting', {})).to.eql({ type: 'reconnecting' });
  });

  it('reads whether the window is open', () => {
    expect(factOf('Messenger.opened', {})).to.eql({ type: 'window', open: true });
    expect(factOf('Messenger.closed', {})).to.eql({ type: 'window', open: false });
  });

  it('is undefined for all other events, which are subscribed to, too', () => {
    expect(factOf('Launcher.visible', {})).to.equal(undefined);
    expect(messengerEvents).to.include.members(['Messenger.opened', 'MessagingService.messagesReceived', 'Auth.ready']);
  });
});
