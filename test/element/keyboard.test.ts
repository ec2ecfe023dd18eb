import { expect } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import { clearAway, elementUnderTest, place, placedWith } from '../support/harness-element.js';
import { until } from '../support/until.js';
import { outerNode } from '../support/usable-prompt.js';
import { press } from '../support/user.js';

const scenery: Element[] = [];

afterEach(async () => {
  await clearAway();
  for (const one of scenery.splice(0)) one.remove();
});

/** A button of the page, which has the focus or is where Tab goes afterwards. */
function pageButton(text: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.textContent = text;
  document.body.append(button);
  scenery.push(button);
  return button;
}

function focused(): HTMLElement | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active as HTMLElement | null;
}

/** Role and accessible name of what has the focus, and whether that is seen. */
function inWords(): string {
  const one = focused()!;
  const name = one.ariaLabel ?? one.textContent.trim();
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const ring = one.matches(':focus-visible') && outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  return `${one.localName} ${name}${ring ? '' : ', without a ring'}`;
}

/** What Tab reaches until it is at the last button of the page. */
async function tabOrder(last: HTMLElement): Promise<string[]> {
  const order: string[] = [];
  while (focused() !== last && order.length < 9) {
    await press('Tab');
    order.push(inWords());
  }
  return order;
}

describe('with the keyboard alone', () => {
  it('Tab reaches the buttons of the prompt where the element is, each with a name and a ring', async () => {
    pageButton('Before').focus();
    const { toPrompt } = await placedWith({ lang: 'en' });
    const after = pageButton('After');
    await toPrompt();
    expect(await tabOrder(after)).to.eql(['button Dismiss', 'button Sign in', 'button After']);
  });

  it('Enter opens the popup; Tab then reaches Cancel and Reopen; Escape leads back and out', async () => {
    const before = pageButton('Before');
    before.focus();
    const { toPrompt, code, element, part } = await placedWith({ lang: 'en' });
    const after = pageButton('After');
    await toPrompt();
    await press('Tab');
    await press('Tab');
    await press('Enter');
    expect(code.live.popup).to.equal(1);
    await element.updateComplete;
    before.focus();
    expect(await tabOrder(after)).to.eql(['button Cancel', 'button Reopen', 'button After']);
    part('button')!.focus();
    await press('Escape');
    await element.updateComplete;
    expect([code.live.popup, inWords().replace(/,.*/, '')]).to.eql([0, 'button Sign in']);
    await press('Escape');
    await element.updateComplete;
    expect([part('prompt'), focused()]).to.eql([null, after]);
  });

  it('Escape leads back once, also after the element was moved while the prompt is shown', async () => {
    const { toPrompt, code, element, part } = await placedWith({ lang: 'en' });
    await toPrompt();
    const other = document.createElement('div');
    document.body.append(other);
    for (const parent of [other, document.body]) {
      parent.append(element);
      await element.updateComplete;
    }
    part('button')!.focus();
    await press('Enter');
    expect(code.live.popup).to.equal(1);
    await element.updateComplete;
    await press('Escape');
    await element.updateComplete;
    expect([code.live.popup, element.state]).to.eql([0, 'interaction-required']);
    expect(part('prompt')).not.to.equal(null);
    other.remove();
  });

  it('Tab reaches the launcher, and Enter loads Messenger', async () => {
    pageButton('Before').focus();
    const { messenger } = await placedWith({ loading: 'interaction', lang: 'en' });
    const after = pageButton('After');
    expect(await tabOrder(after)).to.eql(['button Open chat', 'button After']);
    document.querySelector('gc-auth-messenger')!.shadowRoot!.querySelector('button')!.focus();
    await press('Enter');
    await until(() => messenger.connections === 1);
  });

  it('Tab reaches the prompt on a page whose content is inert', async () => {
    const main = document.createElement('main');
    main.inert = true;
    document.body.append(main);
    scenery.push(main);
    const under = await place(elementUnderTest({ lang: 'en' }), main);
    await under.toPrompt();
    const first = pageButton('First');
    document.body.prepend(first);
    await until(() => outerNode());
    first.focus();
    await press('Tab');
    expect(inWords()).to.equal('button Dismiss');
  });

  it('a control acts when it is released over it, not when it is pressed', async () => {
    const { toPrompt, part, code } = await placedWith({ lang: 'en' });
    await toPrompt();
    for (const type of ['pointerdown', 'mousedown']) {
      part('button')!.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true }));
      part('dismiss')!.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true }));
    }
    expect([code.started.popup, part('prompt') === null]).to.eql([0, false]);
  });

  it('the retry of a failure has a name', async () => {
    pageButton('Before').focus();
    const { element, messenger } = await placedWith({ lang: 'en' });
    messenger.fail(new GcAuthError('script-blocked'));
    await element.updateComplete;
    const after = pageButton('After');
    expect(await tabOrder(after)).to.eql(['button Dismiss', 'button Try again', 'button After']);
  });
});
