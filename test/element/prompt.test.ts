import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import type { InteractionRequired } from '../../src/element/events.js';
import { grantOf, jwt } from '../support/fixtures.js';
import { showFinalColors } from '../support/final-colors.js';
import { clearAway, elementUnderTest, place, placedWith } from '../support/harness-element.js';

afterEach(clearAway);

describe('the prompt of <gc-auth-messenger>', () => {
  it('is not there until a person must act; what the page puts inside stays visible', async () => {
    const { element, part } = await placedWith();
    expect(part('prompt')).to.equal(null);
    expect(element.shadowRoot!.querySelector('slot:not([name])')).to.exist;
  });

  it('says what is wanted, with one button and a way to dismiss', async () => {
    const { toPrompt, text, part, told } = await placedWith({ lang: 'en' });
    await toPrompt();
    expect(text('message')).to.equal('Sign in to chat with us.');
    expect(text('button')).to.equal('Sign in');
    expect(part('dismiss')!.getAttribute('aria-label')).to.equal('Dismiss');
    expect(part('prompt')!.getAttribute('role')).to.equal('status');
    expect(told().filter((name) => name.startsWith('gc-interaction-required'))).to.eql([
      'gc-interaction-required login-required',
    ]);
  });

  it('is accessible', async () => {
    const { element, toPrompt } = await placedWith({ lang: 'en' });
    await toPrompt();
    showFinalColors(element);
    await expect(element).to.be.accessible();
  });

  it('J2: its button opens the popup in the click; the prompt waits, then goes', async () => {
    const { element, toPrompt, code, messenger, part, text } = await placedWith({ lang: 'en' });
    await toPrompt();
    part('button')!.click();
    expect(code.started.popup).to.equal(1);
    await element.updateComplete;
    expect(text('message')).to.equal('Finish signing in in the other window.');
    code.answerPopup(grantOf('c1'));
    messenger.emit({ type: 'authenticated', token: jwt('j1', 900_000) });
    await element.updateComplete;
    expect(part('prompt')).to.equal(null);
    expect(element.state).to.equal('signed-in');
  });

  it('shows progress while the popup is open, with the ways back to it and out of it', async () => {
    const { element, toPrompt, part, text } = await placedWith({ lang: 'en' });
    await toPrompt();
    const button = part('button')!;
    button.focus();
    button.click();
    await element.updateComplete;
    expect([text('button'), text('dismiss')]).to.eql(['Reopen', 'Cancel']);
    expect(part('dismiss')!.getAttribute('aria-label')).to.equal('Cancel');
    expect(element.shadowRoot!.activeElement, 'keeps the focus').to.equal(button);
    const { height, backgroundColor } = getComputedStyle(part('prompt')!, '::before');
    expect(height).to.equal('4px');
    expect(backgroundColor).not.to.equal('rgba(0, 0, 0, 0)');
    const [left, right] = [part('dismiss')!, part('button')!].map((one) => one.getBoundingClientRect());
    expect(left!.top, 'side by side').to.equal(right!.top);
    expect(Math.min(left!.height, right!.height)).to.be.at.least(44);
    await Promise.all(
      part('prompt')!
        .getAnimations()
        .map(({ finished }) => finished),
    );
    await expect(element).to.be.accessible();
  });

  it('comes back, and says when the browser blocked the popup', async () => {
    const { element, toPrompt, code, part, text, told } = await placedWith({ lang: 'en' });
    await toPrompt();
    code.popupBlocked = true;
    part('button')!.click();
    await element.updateComplete;
    expect(text('message')).to.equal('The browser blocked the sign-in window.');
    expect(told().slice(-2)).to.include('gc-error popup-blocked');
    code.popupBlocked = false;
    part('button')!.click();
    expect(code.live.popup).to.equal(1);
  });

  it('J10: asks for a new sign-in where there was one', async () => {
    const { element, signedIn, messenger, code, text } = await placedWith({ lang: 'en' });
    await signedIn();
    messenger.call('reAuthenticate');
    code.answerSilent(new GcAuthError('login-required'));
    await element.updateComplete;
    expect(text('message')).to.equal('Sign in again to go on.');
  });

  it('goes when it is dismissed', async () => {
    const { element, toPrompt, part, messenger } = await placedWith();
    await toPrompt();
    part('dismiss')!.click();
    await element.updateComplete;
    expect(part('prompt')).to.equal(null);
    expect(element.state).to.equal('signed-out');
    expect(messenger.openCalls).to.eql([]);
  });

  it('comes again when a person is needed again', async () => {
    const { element, toPrompt, part, messenger, code } = await placedWith();
    await toPrompt();
    part('dismiss')!.click();
    await element.updateComplete;
    messenger.call();
    code.answerSilent(new GcAuthError('login-required'));
    await element.updateComplete;
    expect(part('prompt')).to.exist;
  });

  it('Cancel closes the popup and leads back to the prompt, which says nothing of a fault', async () => {
    const { element, toPrompt, part, code, text, told } = await placedWith({ lang: 'en' });
    await toPrompt();
    part('button')!.click();
    await element.updateComplete;
    part('dismiss')!.click();
    await element.updateComplete;
    expect(code.live.popup).to.equal(0);
    expect(element.state).to.equal('interaction-required');
    expect([text('message'), text('button')]).to.eql(['Sign in to chat with us.', 'Sign in']);
    expect(told()).to.include('gc-error popup-closed');
    part('dismiss')!.click();
    await element.updateComplete;
    expect(part('prompt') === null, 'gone when it is dismissed in turn').to.equal(true);
    expect(element.state).to.equal('signed-out');
  });

  it('Cancel leads back to the prompt of who dismissed one before', async () => {
    const { element, toPrompt, part, code } = await placedWith({ lang: 'en' });
    await toPrompt();
    part('dismiss')!.click();
    void element.signIn().catch(() => undefined);
    await element.updateComplete;
    expect(code.live.popup).to.equal(1);
    code.answerPopup(new GcAuthError('popup-closed'));
    await element.updateComplete;
    expect(part('prompt') === null).to.equal(false);
  });

  it('Reopen takes another popup in the place of the first, in the click', async () => {
    const { element, toPrompt, part, code, messenger, told } = await placedWith({ lang: 'en' });
    await toPrompt();
    part('button')!.click();
    await element.updateComplete;
    const errors = told().filter((name) => name.startsWith('gc-error'));
    part('button')!.click();
    expect([code.started.popup, code.live.popup]).to.eql([2, 1]);
    code.answerPopup(grantOf('c2'));
    messenger.emit({ type: 'authenticated', token: jwt('j1', 900_000) });
    await element.updateComplete;
    expect(element.state).to.equal('signed-in');
    expect(told().filter((name) => name.startsWith('gc-error'))).to.eql(errors);
  });

  it('Reopen says when the browser blocks the second popup', async () => {
    const { element, toPrompt, part, code, text } = await placedWith({ lang: 'en' });
    await toPrompt();
    part('button')!.click();
    await element.updateComplete;
    code.popupBlocked = true;
    part('button')!.click();
    await element.updateComplete;
    expect(text('message')).to.equal('The browser blocked the sign-in window.');
  });

  it('tells the page why a person must act: the reason, the whole error, and a way to sign in', async () => {
    const { toPrompt, events, code, element } = await placedWith();
    await toPrompt();
    const [event] = events.filter(({ type }) => type === 'gc-interaction-required');
    const { reason, error, signIn } = event!.detail as InteractionRequired;
    expect(reason).to.equal('login-required');
    expect(error).to.include({ name: 'GcAuthError', code: 'login-required', retryable: true });
    expect(error.hint).to.be.a('string').that.is.not.empty;
    expect(error.trace.map(({ rung, verdict }) => [rung, verdict])).to.eql([['silent', 'login-required']]);
    const signedIn = signIn();
    expect(code.live.popup).to.equal(1);
    element.remove();
    expect(await signedIn.catch((thrown: GcAuthError) => thrown.code)).to.equal('command-failed');
  });

  it('leaves the page by redirect where that is the only way, without a popup', async () => {
    const { element, part, code, messenger, text } = await placedWith({
      'sign-in-modes': 'redirect',
      lang: 'en',
    });
    messenger.emit({ type: 'window', open: true });
    messenger.emit({ type: 'loaded', allowSessionUpgrade: false }, { type: 'auth-ready', authenticated: false });
    messenger.call();
    await element.updateComplete;
    expect([code.started.silent, code.started.redirect], 'nobody is sent away unasked').to.eql([0, 0]);
    expect(text('button')).to.equal('Sign in');
    part('button')!.click();
    expect([code.started.popup, code.started.redirect]).to.eql([0, 1]);
    expect(code.kept).to.eql({ windowOpen: true });
    await element.updateComplete;
    expect(part('prompt') === null, 'the page is leaving').to.equal(true);
  });

  it('leaves the place to the page that prevents the event', async () => {
    const under = elementUnderTest();
    const { element, code, part } = under;
    let required: InteractionRequired | undefined;
    element.addEventListener('gc-interaction-required', (event) => {
      event.preventDefault();
      required = event.detail;
    });
    await place(under);
    await under.toPrompt();
    expect(part('prompt')).to.equal(null);
    expect(element.state).to.equal('interaction-required');
    const signedIn = required!.signIn();
    expect(code.live.popup).to.equal(1);
    await element.updateComplete;
    expect(part('prompt'), 'while the popup is open').to.equal(null);
    code.answerPopup(new GcAuthError('popup-closed'));
    await signedIn.catch(() => undefined);
    await element.updateComplete;
    expect(part('prompt'), 'after it was closed').to.equal(null);
  });

  it('offers to try again after a failure that may pass', async () => {
    const { element, messenger, text, part } = await placedWith({ lang: 'en' });
    messenger.fail(new GcAuthError('script-blocked'));
    await element.updateComplete;
    expect(text('message')).to.equal('Chat is not available right now.');
    expect(text('button')).to.equal('Try again');
    part('button')!.click();
    expect(messenger.connections).to.equal(2);
    await element.updateComplete;
    expect([element.state, part('prompt')]).to.eql(['loading', null]);
  });

  it('does not after one that does not', async () => {
    const { element, messenger, part } = await placedWith();
    messenger.fail(new GcAuthError('domain-not-allowed'));
    await element.updateComplete;
    expect([element.state, part('prompt')]).to.eql(['failed', null]);
  });

  it('can be dismissed after a failure', async () => {
    const { element, messenger, part } = await placedWith();
    messenger.fail(new GcAuthError('script-blocked'));
    await element.updateComplete;
    part('dismiss')!.click();
    await element.updateComplete;
    expect(part('prompt')).to.equal(null);
  });

  it('makes room for Messenger’s window, where a person may be writing', async () => {
    const { element, toPrompt, part, messenger } = await placedWith();
    await toPrompt();
    const top = (): number => part('prompt')!.getBoundingClientRect().top;
    const below = top();
    messenger.emit({ type: 'window', open: true });
    await element.updateComplete;
    expect(top()).to.be.below(below);
    messenger.emit({ type: 'window', open: false });
    await element.updateComplete;
    expect(Math.abs(top() - below)).to.be.below(20);
  });

  it('shows what the page puts in its slots', async () => {
    const { element, toPrompt, part } = await placedWith();
    element.innerHTML = '<b slot="message">Come in</b><i slot="button">Go</i><p>always</p>';
    await toPrompt();
    const slotted = (name: string): string =>
      (part(name)!.querySelector('slot') as HTMLSlotElement)
        .assignedNodes()
        .map(({ textContent }) => textContent)
        .join('');
    expect([slotted('message'), slotted('button')]).to.eql(['Come in', 'Go']);
    expect(element.querySelector('p')!.assignedSlot?.name).to.equal('');
  });

  it('can be styled from outside', async () => {
    const { element, toPrompt, part } = await placedWith();
    element.style.setProperty('--gc-radius', '3px');
    element.style.setProperty('--gc-surface-color', 'rgb(1, 2, 3)');
    await toPrompt();
    const { borderTopLeftRadius, backgroundColor, position } = getComputedStyle(part('prompt')!);
    expect({ borderTopLeftRadius, backgroundColor, position }).to.eql({
      borderTopLeftRadius: '3px',
      backgroundColor: 'rgb(1, 2, 3)',
      position: 'fixed',
    });
  });
});
