import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { clearAway, placedWith } from '../support/harness-element.js';
import type { ElementUnderTest } from '../support/harness-element.js';
import { until } from '../support/until.js';
import { usableButton } from '../support/usable-prompt.js';
import { emulatesMedia, media, press } from '../support/user.js';

const scenery: Element[] = [];

afterEach(async () => {
  await clearAway();
  for (const one of scenery.splice(0)) one.remove();
  document.documentElement.removeAttribute('style');
});

async function prompted(attributes: Readonly<Record<string, string>> = {}): Promise<ElementUnderTest> {
  const under = await placedWith({ lang: 'en', ...attributes });
  await under.toPrompt();
  return under;
}

function add<K extends keyof HTMLElementTagNameMap>(name: K, text: string): HTMLElementTagNameMap[K] {
  const one = document.createElement(name);
  one.textContent = text;
  document.body.append(one);
  scenery.push(one);
  return one;
}

function expectInWindow(prompt: HTMLElement): void {
  const { left, right, top, bottom } = prompt.getBoundingClientRect();
  expect({
    left: left >= 0,
    top: top >= 0,
    right: right <= document.documentElement.clientWidth,
    bottom: bottom <= window.innerHeight,
    wide: prompt.scrollWidth <= prompt.clientWidth + 1,
  }).to.eql({ left: true, top: true, right: true, bottom: true, wide: true });
}

describe('the layout of the prompt', () => {
  it('has targets of at least 24 by 24 px, with room between them', async () => {
    const { part } = await prompted();
    const [dismiss, button] = [part('dismiss')!, part('button')!].map((one) => one.getBoundingClientRect());
    for (const { width, height } of [dismiss!, button!]) expect(Math.min(width, height)).to.be.at.least(24);
    expect(dismiss!.bottom).to.be.at.most(button!.top);
  });

  it('has the text that is seen at the start of each accessible name', async () => {
    const { element, part } = await prompted();
    const ofButtons = (): Array<[string, string]> =>
      [part('dismiss')!, part('button')!].map((one) => [one.ariaLabel ?? '', one.textContent.trim()]);
    expect(ofButtons()).to.eql([
      ['Dismiss', ''],
      ['', 'Sign in'],
    ]);
    part('button')!.click();
    await element.updateComplete;
    expect(ofButtons()).to.eql([
      ['Cancel', 'Cancel'],
      ['', 'Reopen'],
    ]);
  });

  it('loses no text with the spacing of WCAG 1.4.12', async () => {
    const { part } = await prompted();
    const prompt = part('prompt')!;
    const style = document.createElement('style');
    style.textContent =
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }';
    prompt.getRootNode().appendChild(style);
    for (const one of [prompt, part('message')!, part('button')!]) {
      expect(one.scrollWidth, one.className).to.be.at.most(one.clientWidth + 1);
      expect(one.scrollHeight, one.className).to.be.at.most(one.clientHeight + 1);
    }
    expectInWindow(prompt);
  });

  it('is above an element that the page shows in full screen, before and after', async () => {
    const video = add('div', 'Film');
    const button = add('button', 'Full screen');
    let entered: Promise<void> | undefined;
    button.addEventListener('click', () => void (entered = video.requestFullscreen()));
    const under = await prompted();
    button.focus();
    await press('Enter');
    await until(() => entered !== undefined);
    // Some engines have no full screen where nothing is shown.
    if (
      !(await entered!.then(
        () => true,
        () => false,
      ))
    )
      return;
    await until(() => usableButton(under.element), 'opened before');
    await clearAway();
    const later = await prompted();
    await until(() => usableButton(later.element), 'opened after');
    await document.exitFullscreen();
  });
});

if (emulatesMedia) {
  describe('the layout of the prompt in a small window', () => {
    after(async () => {
      await setViewport({ width: 800, height: 600 });
      await media();
    });

    // 1280 by 1024 px at 200 % and at 400 %, and a phone on its side.
    for (const [width, height] of [
      [640, 512],
      [320, 256],
      [568, 320],
    ] as const) {
      for (const windowOpen of [false, true]) {
        it(`reflows in ${width} by ${height} px${windowOpen ? ', beside Messenger’s window' : ''}`, async () => {
          await setViewport({ width, height });
          const under = await prompted();
          if (windowOpen) under.messenger.emit({ type: 'window', open: true });
          await under.element.updateComplete;
          const prompt = under.part('prompt')!;
          expectInWindow(prompt);
          expect(document.documentElement.scrollWidth).to.be.at.most(width);
          under.part('button')!.focus();
          const { top, bottom } = under.part('button')!.getBoundingClientRect();
          expect(top >= 0 && bottom <= height, 'the button can be scrolled to').to.equal(true);
        });
      }
    }

    // In WebKit, hit tests and rectangles have different units then.
    it('is usable with CSS zoom of 200 % on the page', async () => {
      await setViewport({ width: 1280, height: 1024 });
      document.documentElement.style.setProperty('zoom', '2');
      const under = await prompted();
      await until(() => usableButton(under.element));
    });

    it('moves nothing where the person wants reduced motion', async () => {
      await media({ 'prefers-reduced-motion': 'reduce' });
      const { element, part } = await prompted();
      expect(part('prompt')!.getAnimations()).to.eql([]);
      part('button')!.click();
      await element.updateComplete;
      expect(part('prompt')!.getAnimations({ subtree: true })).to.eql([]);
    });
  });
}
