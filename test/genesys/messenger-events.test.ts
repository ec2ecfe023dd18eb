import { expect } from '@open-wc/testing';
import { meaningOf, messengerEvents } from '../../src/genesys/messenger-events.js';

describe('what Messenger’s events mean', () => {
  it('is told for failures of every kind, with what could be read of them', () => {
    for (const event of ['Auth.error', 'Auth.authError', 'Auth.tokenError', 'Auth.authProviderError']) {
      expect(meaningOf(event, { status: 401, message: 'no', contextId: 'c' })).to.eql({
        type: 'auth-error',
        event,
        failure: { status: 401, message: 'no', contextId: 'c' },
      });
    }
    expect(meaningOf('Auth.authProviderError', {})).to.deep.include({ failure: {} });
  });

  it('is told for the steps of an exchange and of the connection', () => {
    expect(meaningOf('Auth.authenticating', { authCode: 'c' })).to.eql({ type: 'authenticating' });
    expect(meaningOf('Auth.loggedOut', {})).to.eql({ type: 'logged-out' });
    expect(meaningOf('MessagingService.offline', {})).to.eql({ type: 'reconnecting' });
    expect(meaningOf('MessagingService.reconnecting', {})).to.eql({ type: 'reconnecting' });
  });

  it('is nothing for all others, which are events all the same', () => {
    expect(meaningOf('Messenger.opened', {})).to.equal(undefined);
    expect(messengerEvents).to.include.members(['Messenger.opened', 'MessagingService.messagesReceived', 'Auth.ready']);
    expect(new Set(messengerEvents)).to.have.property('size', messengerEvents.length);
  });
});
