import { expect } from '@open-wc/testing';
import { throwError } from 'rxjs';
import { GcAuthError } from '../../src/core/errors.js';
import { closeMessenger, openMessenger, sendCommand } from '../../src/session/commands.js';
import { jwt } from '../support/fixtures.js';
import { endingOf, sessionUnderTest } from '../support/harness-session.js';

const lifetime = 900_000;

describe('sendCommand', () => {
  it('resolves with the result of the command', async () => {
    const { messenger, session } = sessionUnderTest();
    const sent = sendCommand(session, 'MessagingService.sendMessage', { message: 'hi' });
    expect(messenger.commands).to.have.lengthOf(1);
    expect(messenger.commands[0]).to.deep.include({ name: 'MessagingService.sendMessage', data: { message: 'hi' } });
    messenger.commands[0]!.resolve(7);
    expect(await sent).to.equal(7);
  });

  it('resolves with undefined if the command has no result', async () => {
    const { messenger, session } = sessionUnderTest();
    const sent = sendCommand(session, 'Launcher.hide');
    messenger.commands[0]!.resolve();
    expect(await sent).to.equal(undefined);
  });

  it('rejects with command-timeout after 10 s and unsubscribes from the command', async () => {
    const { messenger, session, time } = sessionUnderTest();
    const sent = sendCommand(session, 'MessagingService.sendTyping').catch((error: unknown) => error);
    time.advance(9_999);
    expect(messenger.commands[0]!.cancelled).to.equal(false);
    time.advance(1);
    expect(messenger.commands[0]!.cancelled).to.equal(true);
    const error = (await sent) as GcAuthError;
    expect(error).to.be.instanceOf(GcAuthError);
    expect(error.code).to.equal('command-timeout');
    expect(error.message).to.equal('Messenger did not answer MessagingService.sendTyping in 10 s.');
    expect(time.actions).to.eql([]);
  });

  const reasons: ReadonlyArray<readonly [unknown, string]> = [
    ['not now', 'Messenger refused X.y: not now.'],
    ['Not now. ', 'Messenger refused X.y: Not now.'],
    ['...', 'Messenger refused X.y: no reason given.'],
    [{ error: { message: 'inner' } }, 'Messenger refused X.y: inner.'],
    [undefined, 'Messenger refused X.y: no reason given.'],
  ];
  for (const [reason, message] of reasons) {
    it(`rejects with command-failed: ${message}`, async () => {
      const { messenger, session } = sessionUnderTest();
      const sent = sendCommand(session, 'X.y').catch((error: unknown) => error);
      messenger.commands[0]!.reject(reason);
      expect(await sent)
        .to.be.instanceOf(GcAuthError)
        .and.include({ code: 'command-failed', message });
    });
  }

  it('passes a GcAuthError through', async () => {
    const { messenger, session } = sessionUnderTest();
    const error = new GcAuthError('offline');
    messenger.command = () => throwError(() => error);
    expect(await sendCommand(session, 'X.y').catch((thrown: unknown) => thrown)).to.equal(error);
  });
});

describe('openMessenger', () => {
  it('sends one command', async () => {
    const { messenger, session, signedIn } = sessionUnderTest();
    signedIn();
    const opened = openMessenger(session);
    messenger.lastCommand('Messenger.open')!.resolve();
    expect(await endingOf(opened)).to.eql({ value: undefined });
    expect(messenger.commands).to.have.lengthOf(1);
  });

  it('refreshes an expired JWT first, because a socket is configured with it', async () => {
    const { messenger, session, signedIn, time, page } = sessionUnderTest();
    signedIn();
    page.visible = false;
    time.advance(lifetime + 1);
    const opened = openMessenger(session);
    expect(messenger.commands.map(({ name }) => name)).to.eql(['Auth.refreshToken']);
    messenger.emit({ type: 'authenticated', token: jwt('j2', lifetime, time.now()) });
    await endingOf(Promise.resolve());
    messenger.lastCommand('Messenger.open')!.resolve();
    expect(await endingOf(opened)).to.eql({ value: undefined });
  });

  it('opens although the refresh failed', async () => {
    const { messenger, session, signedIn, time, page } = sessionUnderTest();
    signedIn();
    page.visible = false;
    time.advance(lifetime + 1);
    const opened = openMessenger(session);
    messenger.lastCommand('Auth.refreshToken')!.reject({ status: 503 });
    await endingOf(Promise.resolve());
    messenger.lastCommand('Messenger.open')!.resolve();
    expect(await endingOf(opened)).to.eql({ value: undefined });
  });

  it('leaves an expired JWT to Messenger with renew="off"', () => {
    const { messenger, session, signedIn, time } = sessionUnderTest({ renew: 'off' });
    signedIn();
    time.advance(lifetime + 1);
    void openMessenger(session);
    expect(messenger.commands.map(({ name }) => name)).to.eql(['Messenger.open']);
    messenger.commands[0]!.resolve();
  });

  for (const [act, name] of [
    [openMessenger, 'Messenger.open'],
    [closeMessenger, 'Messenger.close'],
  ] as const) {
    it(`${name}: resolves when Messenger rejects with “already”`, async () => {
      const { messenger, session } = sessionUnderTest();
      const done = act(session);
      messenger.lastCommand(name)!.reject('Messenger is already opened.');
      expect(await endingOf(done)).to.eql({ value: undefined });
    });

    it(`${name}: rejects when Messenger rejects for another reason`, async () => {
      const { messenger, session } = sessionUnderTest();
      const done = act(session);
      messenger.lastCommand(name)!.reject('headless mode');
      expect(await endingOf(done)).to.include({ code: 'command-failed' });
    });

    it(`${name}: rejects with command-timeout when Messenger does not settle`, async () => {
      const { session, time } = sessionUnderTest();
      const done = act(session);
      done.catch(() => undefined);
      time.advance(10_000);
      expect(await endingOf(done)).to.include({ code: 'command-timeout' });
    });
  }
});
