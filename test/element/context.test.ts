import { expect } from '@open-wc/testing';
import { ContextConsumer } from '@lit/context';
import { LitElement } from 'lit';
import { messengerContext } from '../../src/element/context.js';
import type { MessengerContext } from '../../src/element/context.js';
import { clearAway, elementUnderTest, place } from '../support/harness-element.js';

afterEach(clearAway);

describe('the context of <gc-auth-messenger>', () => {
  class Consumer extends LitElement {
    readonly seen: MessengerContext[] = [];
    readonly consumer = new ContextConsumer(this, {
      context: messengerContext,
      callback: (value) => this.seen.push(value),
      subscribe: true,
    });
    get latest(): MessengerContext | undefined {
      return this.seen.at(-1);
    }
  }
  customElements.define('test-consumer', Consumer);

  async function withConsumer() {
    const under = elementUnderTest();
    const consumer = new Consumer();
    under.element.append(consumer);
    await place(under);
    return { ...under, consumer };
  }

  it('tells elements inside the state and the token', async () => {
    const { consumer, signedIn } = await withConsumer();
    expect(consumer.latest).to.include({ state: 'loading', token: undefined });
    await signedIn();
    expect(consumer.latest?.state).to.equal('signed-in');
    expect(consumer.latest?.token?.jwt).to.equal('j1');
  });

  it('lets them act', async () => {
    const { consumer, code, messenger, toPrompt } = await withConsumer();
    await toPrompt();
    void consumer.latest!.signIn().catch(() => undefined);
    expect(code.live.popup).to.equal(1);
    void consumer.latest!.open().catch(() => undefined);
    void consumer.latest!.close().catch(() => undefined);
    expect(messenger.commands.map(({ name }) => name)).to.include.members(['Messenger.open', 'Messenger.close']);
    void consumer.latest!.signOut().catch(() => undefined);
    expect(consumer.latest!.state).to.equal('signed-out');
  });

  it('forgets the token when the configuration becomes invalid', async () => {
    const { consumer, signedIn, element } = await withConsumer();
    await signedIn();
    element.environment = 'mars';
    await element.updateComplete;
    expect(consumer.latest).to.include({ state: 'failed', token: undefined });
  });

  it('goes on where a consumer throws: the session, and the other consumers', async () => {
    const under = elementUnderTest();
    const { reportError } = window;
    const reported: unknown[] = [];
    window.reportError = (error) => void reported.push((error as Error).message);
    class Thrower extends LitElement {
      calls = 0;
      readonly consumer = new ContextConsumer(this, {
        context: messengerContext,
        callback: () => {
          // The first call is in a listener, whose error the browser reports.
          if (this.calls++ > 0) throw new Error('The consumer failed.');
        },
        subscribe: true,
      });
    }
    customElements.define('test-thrower', Thrower);
    const consumer = new Consumer();
    under.element.append(new Thrower(), consumer);
    await place(under);
    await under.signedIn();
    window.reportError = reportError;
    expect([under.element.state, consumer.latest?.state]).to.eql(['signed-in', 'signed-in']);
    expect(consumer.latest?.token?.jwt).to.equal('j1');
    expect(reported.length).to.be.greaterThan(1);
    expect([...new Set(reported)]).to.eql(['The consumer failed.']);
  });

  it('holds no JWT that has died', async () => {
    const { consumer, signedIn, time, page, messenger } = await withConsumer();
    await signedIn(60_000);
    page.visible = false;
    time.advance(60_001);
    page.visible = true;
    page.wake$.next('visibilitychange');
    messenger.lastCommand('Auth.refreshToken')!.reject({ status: 401 });
    expect(consumer.latest).to.include({ state: 'reauthenticating', token: undefined });
  });
});
