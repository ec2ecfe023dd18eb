import { expect } from '@open-wc/testing';
import { type GcAuthError } from '../../src/core/errors.js';
import { connectTo, MessengerUnderTest } from '../support/messenger-under-test.js';

/** Sends a command through the port, and records what comes of it. */
function send(messenger: MessengerUnderTest, name: string): { sent: () => boolean; errors: unknown[] } {
  const errors: unknown[] = [];
  messenger.port.command(name).subscribe({ error: (error: unknown) => errors.push(error) });
  return { sent: () => messenger.genesys.commands.some((command) => command.name === name), errors };
}

describe('a command to a Messenger that is not ready', () => {
  it('waits until it is loaded, and Messenger’s window until that has started: earlier it would be lost', () => {
    const messenger = new MessengerUnderTest();
    const [open, tokens] = [send(messenger, 'Messenger.open'), send(messenger, 'Auth.getTokens')];
    connectTo(messenger.port);
    messenger.genesys.load().configure();
    expect([open.sent(), tokens.sent()]).to.eql([false, true]);
    messenger.genesys.publish('Messenger.ready').flush();
    expect(open.sent()).to.equal(true);
    expect(send(messenger, 'Messenger.close').sent(), 'afterwards at once').to.equal(true);
  });

  it('is sent after three seconds where the window does not start, as in headless mode', () => {
    const messenger = new MessengerUnderTest();
    connectTo(messenger.port);
    const open = send(messenger, 'Messenger.open');
    messenger.genesys.load().configure();
    messenger.time.advance(2_999);
    expect(open.sent()).to.equal(false);
    messenger.time.advance(1);
    expect(open.sent()).to.equal(true);
  });

  it('fails with what prevents Messenger from loading', () => {
    const messenger = new MessengerUnderTest();
    connectTo(messenger.port);
    const open = send(messenger, 'Messenger.open');
    messenger.genesys.load().configure({ status: 'Inactive' });
    expect(open.errors.map((error) => (error as GcAuthError).code)).to.eql(['deployment-inactive']);
    expect(open.sent()).to.equal(false);
  });
});
