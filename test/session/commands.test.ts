import { expect } from '@open-wc/testing';
import { throwError } from 'rxjs';
import { GcAuthError } from '../../src/core/errors.js';
import { closeMessenger, openMessenger, sendCommand } from '../../src/session/commands.js';
import { jwt } from '../support/fixtures.js';
import { endingOf, sessionUnderTest } from '../support/harness-session.js';

const life = 900_000;

describe('a command to Messenger', () => {
  it('brings what Messenger answered', async () => {
    const { messenger, session } = sessionUnderTest();
    const sent = sendCommand(session, 'MessagingService.sendMessage', { message: 'hi' });
    expect(messenger.commands).to.have.lengthOf(1);
    expect(messenger.commands[0]).to.deep.include({ name: 'MessagingService.sendMessage', data: { message: 'hi' } });
    messenger.commands[0]!.resolve(7);
    expect(await sent).to.equal(7);
  });

  it('brings nothing where Messenger answered nothing', async () => {
    const { messenger, session } = sessionUnderTest();
    const sent = sendCommand(session, 'Launcher.hide');
    messenger.commands[0]!.resolve();
    expect(await sent).to.equal(undefined);
  });

  it('always settles', async () => {
    const { messenger, session, time } = sessionUnderTest();
    const sent = sendCommand(session, 'MessagingService.sendTyping').catch((error: unknown) => error);
    time.advance(9_999);
    expect(messenger.commands[0]!.cancelled).to.equal(false);
    time.advance(1);
    expect(messenger.commands[0]!.cancelled).to.equal(true);
    const error = (await sent) as GcAuthError;
    expect(error).to.be.instanceOf(GcAuthError);
    expect(error.code).to.equal('command-timeout');
    expect(error.message).to.equal('MessagingService.sendTyping did not settle in 10 s.');
    expect(time.actions).to.eql([]);
  });

  const reasons: ReadonlyArray<readonly [unknown, string]> = [
    ['not now', 'Messenger refused X.y: not now.'],
    [{ error: { message: 'inner' } }, 'Messenger refused X.y: inner.'],
    [undefined, 'Messenger refused X.y: no reason given.'],
  ];
  for (const [reason, message] of reasons) {
    it(`rejects with an error of the public face: ${message}`, async () => {
      const { messenger, session } = sessionUnderTest();
      const sent = sendCommand(session, 'X.y').catch((error: unknown) => error);
      messenger.commands[0]!.reject(reason);
      expect(await sent)
        .to.be.instanceOf(GcAuthError)
        .and.include({ code: 'command-failed', message });
    });
  }

  it('keeps an error of the public face', async () => {
    const { messenger, session } = sessionUnderTest();
    const error = new GcAuthError('offline');
    messenger.command = () => throwError(() => error);
    expect(await sendCommand(session, 'X.y').catch((thrown: unknown) => thrown)).to.equal(error);
  });
});

describe('opening Messenger', () => {
  it('is one command', async () => {
    const { messenger, session, signedIn } = sessionUnderTest();
    signedIn();
    const opened = openMessenger(session);
    messenger.lastCommand('Messenger.open')!.resolve();
    expect(await endingOf(opened)).to.eql({ value: undefined });
    expect(messenger.commands).to.have.lengthOf(1);
  });

  it('makes a dead JWT live first, because a socket is configured with it', async () => {
    const { messenger, session, signedIn, time, page } = sessionUnderTest();
    signedIn();
    page.visible = false;
    time.advance(life + 1);
    const opened = openMessenger(session);
    expect(messenger.commands.map(({ name }) => name)).to.eql(['Auth.refreshToken']);
    messenger.emit({ type: 'authenticated', token: jwt('j2', life, time.now()) });
    await endingOf(Promise.resolve());
    messenger.lastCommand('Messenger.open')!.resolve();
    expect(await endingOf(opened)).to.eql({ value: undefined });
  });

  it('opens all the same when that fails', async () => {
    const { messenger, session, signedIn, time, page } = sessionUnderTest();
    signedIn();
    page.visible = false;
    time.advance(life + 1);
    const opened = openMessenger(session);
    messenger.lastCommand('Auth.refreshToken')!.reject({ status: 503 });
    await endingOf(Promise.resolve());
    messenger.lastCommand('Messenger.open')!.resolve();
    expect(await endingOf(opened)).to.eql({ value: undefined });
  });

  it('leaves a dead JWT to Messenger with renew="off"', () => {
    const { messenger, session, signedIn, time } = sessionUnderTest({ renew: 'off' });
    signedIn();
    time.advance(life + 1);
    void openMessenger(session);
    expect(messenger.commands.map(({ name }) => name)).to.eql(['Messenger.open']);
    messenger.commands[0]!.resolve();
  });

  for (const [act, name] of [
    [openMessenger, 'Messenger.open'],
    [closeMessenger, 'Messenger.close'],
  ] as const) {
    it(`${name}: what is already so is what was wanted`, async () => {
      const { messenger, session } = sessionUnderTest();
      const done = act(session);
      messenger.lastCommand(name)!.reject('Messenger is already opened.');
      expect(await endingOf(done)).to.eql({ value: undefined });
    });

    it(`${name}: rejects with what Messenger said`, async () => {
      const { messenger, session } = sessionUnderTest();
      const done = act(session);
      messenger.lastCommand(name)!.reject('headless mode');
      expect(await endingOf(done)).to.include({ code: 'command-failed' });
    });

    it(`${name}: settles when Messenger says nothing`, async () => {
      const { session, time } = sessionUnderTest();
      const done = act(session);
      done.catch(() => undefined);
      time.advance(10_000);
      expect(await endingOf(done)).to.include({ code: 'command-timeout' });
    });
  }
});
