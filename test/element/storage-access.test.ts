import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import { grantOf, jwt } from '../support/fixtures.js';
import { clearAway, elementUnderTest, place } from '../support/harness-element.js';
import type { ElementUnderTest } from '../support/harness-element.js';
import { until } from '../support/until.js';

afterEach(clearAway);

/** A page that can stand for the provider's: it is of this origin, and the test writes it. */
const uri = new URL('/test/fixtures/empty.html', location.href).href;

async function withFrame(attributes: Readonly<Record<string, string>> = {}): Promise<ElementUnderTest> {
  const under = elementUnderTest({ 'storage-access-uri': uri, lang: 'en', ...attributes });
  under.persistence.useless = true;
  await place(under);
  under.messenger.emit({ type: 'loaded', allowSessionUpgrade: false }, { type: 'auth-ready', authenticated: false });
  under.messenger.call();
  await under.element.updateComplete;
  return under;
}

const frameOf = ({ element }: ElementUnderTest): HTMLIFrameElement | null =>
  element.shadowRoot!.querySelector('iframe');

/** A message as the provider's page would send it. */
function say(under: ElementUnderTest, status: string, changes: MessageEventInit = {}): Promise<unknown> {
  window.dispatchEvent(
    new MessageEvent('message', {
      source: frameOf(under)!.contentWindow,
      origin: location.origin,
      data: { type: 'gc-auth-messenger:storage-access', status },
      ...changes,
    }),
  );
  return under.element.updateComplete;
}

describe('the page of the provider in the prompt', () => {
  it('takes the place of the button once it is ready, with a name and a sandbox', async () => {
    const under = await withFrame();
    const frame = frameOf(under)!;
    expect(frame.src).to.equal(uri);
    expect(frame.title).to.equal('Sign in');
    expect(frame.sandbox.contains('allow-top-navigation')).to.equal(false);
    expect(frame.sandbox.contains('allow-storage-access-by-user-activation')).to.equal(true);
    expect(getComputedStyle(frame).visibility).to.equal('hidden');
    expect(under.text('button')).to.equal('Sign in');
    await say(under, 'ready');
    expect(getComputedStyle(frame).visibility).to.equal('visible');
    expect(frame.clientHeight).to.equal(44);
    expect(under.part('button')).to.equal(null);
    expect(frameOf(under)).to.equal(frame);
  });

  it('is told label and language', async () => {
    const under = await withFrame({ lang: 'ar' });
    await until(() => under.text('button') === 'تسجيل الدخول');
    const frame = frameOf(under)!;
    await until(() => frame.contentDocument?.readyState === 'complete' && frame.contentWindow?.location.href === uri);
    const told: unknown[] = [];
    frame.contentWindow!.addEventListener('message', ({ data }) => told.push(data));
    await say(under, 'ready');
    await until(() => told.length > 0);
    expect(told).to.eql([{ type: 'gc-auth-messenger:storage-access', label: 'تسجيل الدخول', lang: 'ar', dir: 'rtl' }]);
  });

  it('is told again when the language changes, and only then', async () => {
    const under = await withFrame();
    const frame = frameOf(under)!;
    await until(() => frame.contentDocument?.readyState === 'complete' && frame.contentWindow?.location.href === uri);
    const labels: unknown[] = [];
    frame.contentWindow!.addEventListener('message', ({ data }: MessageEvent<{ label: unknown }>) => {
      labels.push(data.label);
    });
    await say(under, 'ready');
    under.element.requestUpdate();
    await under.element.updateComplete;
    under.element.lang = 'de';
    await until(() => labels.length > 1);
    expect(labels).to.eql(['Sign in', 'Anmelden']);
    expect(frame.title).to.equal('Anmelden');
  });

  it('has its place back after the element was moved', async () => {
    const under = await withFrame();
    await say(under, 'ready');
    document.body.prepend(under.element);
    await under.element.updateComplete;
    expect(under.text('button')).to.equal('Sign in');
    await say(under, 'ready');
    expect(under.part('button')).to.equal(null);
  });

  it('J28: once it says that access is granted, a silent attempt signs in, and frames count as usable', async () => {
    const under = await withFrame();
    await say(under, 'ready');
    await say(under, 'granted');
    expect(under.persistence.useless).to.equal(false);
    expect(under.code.started).to.include({ silent: 1, popup: 0 });
    under.code.answerSilent(grantOf('c1'));
    under.messenger.emit({ type: 'authenticated', token: jwt('j1', 900_000) });
    await under.element.updateComplete;
    expect(under.element.state).to.equal('signed-in');
    expect(frameOf(under)).to.equal(null);
  });

  it('once it says that access is denied, the popup opens in the same click', async () => {
    const under = await withFrame();
    under.page.activated = true;
    await say(under, 'ready');
    await say(under, 'denied');
    expect(under.code.started.popup).to.equal(1);
    expect(frameOf(under)).to.equal(null);
  });

  it('once it says so and the click is used up, the button opens the popup', async () => {
    const under = await withFrame();
    await say(under, 'ready');
    await say(under, 'denied');
    expect(under.code.started.popup).to.equal(0);
    expect(frameOf(under)).to.equal(null);
    expect(under.told().filter((name) => name.startsWith('gc-interaction-required')).length).to.equal(2);
    under.part('button')!.click();
    expect(under.code.started.popup).to.equal(1);
  });

  it('is not believed from another window, from another origin, or with another message', async () => {
    const under = await withFrame();
    for (const changes of [
      { source: window },
      { source: null },
      { origin: 'https://evil.example' },
      { data: 'granted' },
    ]) {
      await say(under, 'granted', changes);
    }
    await say(under, 'yes');
    expect(under.code.started.silent).to.equal(0);
    expect(under.persistence.useless).to.equal(true);
  });

  it('leaves the button where it does not load, and ends with the prompt', async () => {
    const under = await withFrame();
    under.part('button')!.click();
    expect(under.code.started.popup).to.equal(1);
    await under.element.updateComplete;
    expect(frameOf(under)).to.equal(null);
    under.code.answerPopup(new GcAuthError('popup-closed'));
    await under.element.updateComplete;
    expect(frameOf(under)).not.to.equal(null);
    under.part('dismiss')!.click();
    await under.element.updateComplete;
    expect(frameOf(under)).to.equal(null);
  });

  it('is not there while frames work', async () => {
    const under = elementUnderTest({ 'storage-access-uri': uri });
    await place(under);
    await under.toPrompt();
    expect(under.part('prompt')).not.to.equal(null);
    expect(frameOf(under)).to.equal(null);
  });

  it('must have an https URL', async () => {
    const { told } = await place(elementUnderTest({ 'storage-access-uri': 'http://login.example.com/storage-access' }));
    expect(told()).to.eql(['gc-state-change failed', 'gc-error config-invalid']);
  });
});
