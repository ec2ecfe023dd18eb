import { expect } from '@open-wc/testing';
import type { GcAuthError } from '../../src/core/errors.js';
import { endingOf } from '../support/harness-session.js';
import { clearAway, placedWith } from '../support/harness-element.js';
import { turns } from '../support/turns.js';

afterEach(clearAway);

const codeOf = (promise: Promise<unknown>): Promise<string | undefined> =>
  promise.then(
    () => undefined,
    (error: GcAuthError) => error.code,
  );

describe('two <gc-auth-messenger> on a page', () => {
  it('are one that works and one that says why it does not', async () => {
    const first = await placedWith();
    const second = await placedWith();
    expect(second.told()).to.eql(['gc-state-change failed', 'gc-error duplicate-element']);
    expect(second.sessions).to.eql([]);
    expect(await codeOf(second.element.signIn())).to.equal('duplicate-element');
    await first.signedIn();
    expect(first.element.state).to.equal('signed-in');
    expect(second.part('prompt')).to.equal(null);
  });

  it('the second takes over when the first leaves', async () => {
    const first = await placedWith();
    const second = await placedWith();
    first.element.remove();
    await endingOf(Promise.resolve());
    expect(second.sessions).to.have.lengthOf(1);
    expect(second.element.state).to.equal('loading');
    // WebKit delays nested timers by some milliseconds.
    while (second.messenger.connected === 0) await turns(1);
    await second.signedIn();
    expect(second.element.state).to.equal('signed-in');
    expect(first.messenger.connected).to.equal(0);
  });

  it('only one of those who wait takes over', async () => {
    const [first, second, third] = [await placedWith(), await placedWith(), await placedWith()];
    first.element.remove();
    await endingOf(Promise.resolve());
    expect(second.sessions.length + third.sessions.length).to.equal(1);
    second.element.remove();
    await endingOf(Promise.resolve());
    expect(third.sessions).to.have.lengthOf(1);
  });

  it('one that left while it waited takes nothing over', async () => {
    const first = await placedWith();
    const second = await placedWith();
    second.element.remove();
    await endingOf(Promise.resolve());
    first.element.remove();
    await endingOf(Promise.resolve());
    expect(second.sessions).to.eql([]);
  });

  it('one that cannot work is in nobody’s way', async () => {
    const first = await placedWith({ environment: 'mars' });
    const second = await placedWith();
    expect(first.sessions).to.eql([]);
    expect(second.sessions).to.have.lengthOf(1);
  });
});
