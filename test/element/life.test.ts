import { expect } from '@open-wc/testing';
import type { GcAuthError } from '../../src/core/errors.js';
import { GcAuthMessenger } from '../../src/element/gc-auth-messenger.js';
import * as door from '../../src/index.js';
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
