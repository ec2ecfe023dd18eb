import { expect } from '@open-wc/testing';
import type { GcAuthError } from '../../src/core/errors.js';
import { GcAuthMessenger } from '../../src/element/gc-auth-messenger.js';
import * as door from '../../src/index.js';
import { grantOf, jwt } from '../support/fixtures.js';
import { clearAway, place, placedWith } from '../support/harness-element.js';

afterEach(clearAway);

const codeOf = (promise: Promise<unknown>): Promise<string | undefined> =>
  promise.then(
    () => undefined,
    (error: GcAuthError) => error.code,
  );

describe('the life of <gc-auth-messenger>', () => {
  it('begins in the page and ends outside, with nothing left behind', async () => {
    const { element, messenger, page, time, signedIn } = await placedWith();
    await signedIn();
    expect([messenger.connected, page.wake$.observed]).to.eql([1, true]);
    element.remove();
    await Promise.resolve();
    expect([messenger.connected, page.wake$.observed]).to.eql([0, false]);
    expect(time.actions).to.eql([]);
    expect(await codeOf(element.refresh())).to.equal('command-failed');
  });

  it('begins anew when it comes back', async () => {
    const under = await placedWith();
    await under.signedIn();
    under.element.remove();
    await Promise.resolve();
    await place(under);
    expect(under.sessions).to.have.lengthOf(2);
    expect(under.element.state).to.equal('signed-in');
    expect(under.messenger.connected).to.equal(1);
  });

  it('goes on when it is moved', async () => {
    const under = await placedWith();
    await under.signedIn();
    const events = under.events.length;
    const elsewhere = document.createElement('section');
    document.body.append(elsewhere);
    await place(under, elsewhere);
    document.body.append(under.element);
    await Promise.resolve();
    await under.element.updateComplete;
    expect(under.sessions).to.have.lengthOf(1);
    expect(under.events).to.have.lengthOf(events);
    expect([under.messenger.connected, under.element.state]).to.eql([1, 'signed-in']);
    elsewhere.remove();
  });

  it('rejects what was waited for when it leaves', async () => {
    const { element, signedIn } = await placedWith();
    await signedIn();
    const refreshed = codeOf(element.refresh());
    element.remove();
    expect(await refreshed).to.equal('command-failed');
  });

  it('rejects what was waited for when its attributes change', async () => {
    const { element, signedIn } = await placedWith();
    await signedIn();
    const refreshed = codeOf(element.refresh());
    element.scope = 'openid x';
    expect(await refreshed).to.equal('command-failed');
  });
});

describe('the methods of <gc-auth-messenger>', () => {
  it('open, close and command reach Messenger', async () => {
    const { element, messenger, signedIn } = await placedWith();
    await signedIn();
    const opened = element.open();
    messenger.lastCommand('Messenger.open')!.resolve();
    await opened;
    const closed = element.close();
    messenger.lastCommand('Messenger.close')!.resolve();
    await closed;
    const sent = element.command('Database.set', { messaging: {} });
    expect(messenger.lastCommand('Database.set')!.data).to.eql({ messaging: {} });
    messenger.lastCommand('Database.set')!.resolve('done');
    expect(await sent).to.equal('done');
  });

  it('signIn resolves once Genesys confirmed', async () => {
    const { element, signedIn } = await placedWith();
    await signedIn();
    expect(await element.signIn()).to.equal(undefined);
  });

  it('signOut leaves for the provider when asked to', async () => {
    const { element, messenger, code, signedIn } = await placedWith();
    await signedIn();
    const done = element.signOut({ provider: true });
    messenger.lastCommand('Auth.logout')!.resolve();
    expect(code.live.endSession).to.equal(1);
    code.answerEndSession();
    expect(await done).to.equal(undefined);
  });

  it('reauthenticate asks Messenger to', async () => {
    const { element, messenger, signedIn } = await placedWith();
    await signedIn();
    void element.reauthenticate().catch(() => undefined);
    expect(messenger.lastCommand('Auth.reAuthenticate')).to.exist;
  });
});

describe('stepUp() of <gc-auth-messenger>', () => {
  const guest = async (allowSessionUpgrade = true) => {
    const under = await placedWith();
    under.messenger.emit({ type: 'loaded', allowSessionUpgrade }, { type: 'auth-ready', authenticated: false });
    under.time.advance(1_000);
    return under;
  };

  it('J14: asks Messenger, gives it the code, and resolves with a JWT that came by a step-up', async () => {
    const { element, messenger, code } = await guest();
    const steppedUp = element.stepUp();
    expect(messenger.lastCommand('MessagingService.stepUpConversation')).to.exist;
    messenger.call('signIn');
    code.answerSilent(grantOf('c1'));
    messenger.emit({ type: 'authenticating' }, { type: 'authenticated', token: jwt('j1', 900_000) });
    const { jwt: text, source } = await steppedUp;
    expect([text, source]).to.eql(['j1', 'step-up']);
    expect(messenger.published.map(({ event }) => event)).to.eql(['signedIn']);
    expect(element.state).to.equal('signed-in');
  });

  it('J14: rejects with Messenger’s own words where there is no conversation, and the guest stays one', async () => {
    const { element, messenger } = await guest();
    const steppedUp = element.stepUp().catch((thrown: GcAuthError) => thrown);
    const reason = { message: 'No active conversation found to step-up.' };
    messenger.lastCommand('MessagingService.stepUpConversation')!.reject(reason);
    const { code, message } = (await steppedUp) as GcAuthError;
    expect(code).to.equal('command-failed');
    expect(message).to.contain(reason.message);
    expect(element.state).to.equal('signed-out');
  });

  it('J14: rejects where the deployment does not allow it', async () => {
    const { element, messenger } = await guest(false);
    expect(await codeOf(element.stepUp())).to.equal('command-failed');
    expect(messenger.lastCommand('MessagingService.stepUpConversation')).to.equal(undefined);
  });

  it('J14: resolves at once for who is signed in', async () => {
    const { element, signedIn } = await placedWith();
    await signedIn();
    expect((await element.stepUp()).jwt).to.equal('j1');
  });
});

describe('the door of the package', () => {
  it('opens on classes, and defines nothing by itself', () => {
    expect(Object.keys(door).sort()).to.eql(['GcAuthError', 'GcAuthMessenger', 'TokenInfo', 'messengerContext']);
    expect(door.GcAuthMessenger).to.equal(GcAuthMessenger);
  });

  it('defines the tag once, and a second copy leaves it alone', async () => {
    const copy = '../../src/define.ts?copy';
    await import(copy);
    expect(customElements.get('gc-auth-messenger')).to.equal(GcAuthMessenger);
  });
});
