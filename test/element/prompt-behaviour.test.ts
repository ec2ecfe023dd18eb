import { expect } from '@open-wc/testing';
import type { LauncherPosition } from '../../src/core/messenger.js';
import { GcAuthError } from '../../src/core/errors.js';
import { grantOf, jwt } from '../support/fixtures.js';
import { showFinalColors } from '../support/final-colors.js';
import { clearAway, elementUnderTest, place, placedWith } from '../support/harness-element.js';
import type { ElementUnderTest } from '../support/harness-element.js';
import { turns } from '../support/turns.js';
import { until } from '../support/until.js';

afterEach(async () => {
  await clearAway();
  document.dir = '';
  for (const one of document.querySelectorAll('.scenery')) one.remove();
});

function textField(): HTMLInputElement {
  const input = document.createElement('input');
  input.className = 'scenery';
  input.ariaLabel = 'Note';
  document.body.prepend(input);
  return input;
}

const press = (target: Element, key: string): boolean =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));

describe('a prompt that is gone', () => {
  it('ignores events of its past, such as the end of an animation', async () => {
    const { element, toPrompt, part } = await placedWith({ lang: 'en' });
    await toPrompt();
    const prompt = part('prompt')!;
    part('dismiss')!.click();
    await element.updateComplete;
    const errors: unknown[] = [];
    const { onerror } = window;
    window.onerror = (message) => {
      errors.push(message);
      return true;
    };
    prompt.dispatchEvent(new AnimationEvent('animationend'));
    await turns();
    window.onerror = onerror;
    expect([part('prompt'), errors]).to.eql([null, []]);
  });
});

describe('the focus and the prompt', () => {
  it('stays where it is when the prompt comes, and when it goes', async () => {
    const input = textField();
    input.focus();
    const { element, toPrompt, part } = await placedWith({ lang: 'en' });
    await toPrompt();
    expect(document.activeElement).to.equal(input);
    part('dismiss')!.click();
    await element.updateComplete;
    expect([document.activeElement, part('prompt')]).to.eql([input, null]);
  });

  for (const [how, leave] of [
    ['Escape', (dismiss: HTMLElement) => press(dismiss, 'Escape')],
    ['dismiss', (dismiss: HTMLElement) => dismiss.click()],
  ] as const) {
    it(`returns to where it was after ${how}`, async () => {
      const input = textField();
      input.focus();
      const { element, toPrompt, part } = await placedWith({ lang: 'en' });
      await toPrompt();
      part('button')!.focus();
      part('dismiss')!.focus();
      leave(part('dismiss')!);
      await element.updateComplete;
      expect([part('prompt'), element.state]).to.eql([null, 'signed-out']);
      expect(document.activeElement).to.equal(input);
    });
  }

  it('returns to where it was after the sign-in', async () => {
    const input = textField();
    input.focus();
    const { element, toPrompt, part, code, messenger } = await placedWith({ lang: 'en' });
    await toPrompt();
    part('button')!.focus();
    part('button')!.click();
    code.answerPopup(grantOf('c1'));
    messenger.emit({ type: 'authenticated', token: jwt('j1', 900_000) });
    await until(() => !part('prompt'));
    await element.updateComplete;
    expect(document.activeElement).to.equal(input);
  });

  it('Escape elsewhere dismisses nothing, and other keys in the prompt neither', async () => {
    const input = textField();
    const { element, toPrompt, part } = await placedWith({ lang: 'en' });
    await toPrompt();
    press(input, 'Escape');
    press(part('button')!, 'Tab');
    await element.updateComplete;
    expect(part('prompt')).to.exist;
  });

  it('Escape while the popup is open cancels the popup', async () => {
    const { element, toPrompt, part, code } = await placedWith({ lang: 'en' });
    await toPrompt();
    part('button')!.click();
    await element.updateComplete;
    expect(press(part('button')!, 'Escape'), 'default prevented').to.equal(false);
    await element.updateComplete;
    expect([code.live.popup, element.state]).to.eql([0, 'interaction-required']);
  });
});

describe('the announcement of the prompt', () => {
  const live = ({ part }: ElementUnderTest): string | null | undefined => part('prompt')?.ariaLive;

  it('is polite', async () => {
    const under = await placedWith({ lang: 'en' });
    await under.toPrompt();
    expect(live(under)).to.equal('polite');
  });

  it('waits for a language that is being fetched, and happens once', async () => {
    const under = await placedWith({ lang: 'de' });
    await under.toPrompt();
    expect([live(under), under.text('button')]).to.eql(['off', 'Sign in']);
    await until(() => under.text('button') === 'Anmelden');
    expect(live(under)).to.equal('polite');
  });

  it('does not happen again in another language, and does for another message', async () => {
    const under = await placedWith({ lang: 'en' });
    await under.toPrompt();
    under.element.lang = 'de';
    await until(() => under.text('button') === 'Anmelden');
    expect(live(under)).to.equal('off');
    under.part('button')!.click();
    await under.element.updateComplete;
    expect(live(under)).to.equal('polite');
  });

  it('does not happen again in another place', async () => {
    const under = await placedWith({ lang: 'en' });
    await under.toPrompt();
    const other = document.createElement('main');
    other.className = 'scenery';
    document.body.append(other);
    other.append(under.element);
    await under.element.updateComplete;
    expect(live(under)).to.equal('off');
  });
});

describe('the side of the prompt', () => {
  async function at(position?: LauncherPosition, attributes: Readonly<Record<string, string>> = {}) {
    const under = await place(elementUnderTest({ lang: 'en', ...attributes }));
    under.messenger.emit(
      { type: 'loaded', allowSessionUpgrade: false, ...(position && { position }) },
      { type: 'auth-ready', authenticated: false },
    );
    under.messenger.call();
    under.code.answerSilent(new GcAuthError('login-required'));
    await under.element.updateComplete;
    showFinalColors(under.element);
    const { left, right, bottom } = under.part('prompt')!.getBoundingClientRect();
    return { left, right: document.documentElement.clientWidth - right, bottom: innerHeight - bottom };
  }
  const sideSpace = 30;
  const bottomSpace = 40;

  it('is the right at first, above the launcher', async () => {
    expect(await at()).to.include({ right: 20, bottom: 92 });
  });

  it('is that of the deployment, with its distances', async () => {
    expect(await at({ alignment: 'left', sideSpace, bottomSpace })).to.include({ left: 30, bottom: 120 });
    await clearAway();
    expect(await at({ alignment: 'right', sideSpace, bottomSpace })).to.include({ right: 30, bottom: 120 });
    await clearAway();
    expect(await at({ alignment: 'auto', sideSpace: 20, bottomSpace: 12 })).to.include({ right: 20, bottom: 92 });
  });

  it('follows the direction of the page, not that of its own texts', async () => {
    expect(await at(undefined, { lang: 'ar' })).to.include({ right: 20 });
    await clearAway();
    document.dir = 'rtl';
    expect(await at()).to.include({ left: 20 });
    await clearAway();
    expect(await at({ alignment: 'right', sideSpace, bottomSpace })).to.include({ right: 30 });
  });

  it('keeps the distances that the page sets', async () => {
    document.documentElement.style.setProperty('--gc-inset', '50px');
    const found = await at({ alignment: 'left', sideSpace, bottomSpace });
    document.documentElement.style.removeProperty('--gc-inset');
    expect(found).to.include({ left: 50, bottom: 122 });
  });
});
