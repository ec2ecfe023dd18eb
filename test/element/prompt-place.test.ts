import { expect, nextFrame } from '@open-wc/testing';
import { GcAuthError } from '../../src/core/errors.js';
import { clearAway, elementUnderTest, place, placedWith } from '../support/harness-element.js';
import type { ElementUnderTest } from '../support/harness-element.js';
import { turns } from '../support/turns.js';
import { until } from '../support/until.js';
import { hitAt, outerNode, promptOf, usableButton } from '../support/usable-prompt.js';

const scenery: Element[] = [];

/** Adds what the page has. @returns the element with the ID `here`, for the element */
function page(markup: string): HTMLElement {
  const wrapper = document.createElement('div');
  wrapper.innerHTML = markup;
  document.body.append(wrapper);
  scenery.push(wrapper);
  return wrapper.querySelector<HTMLElement>('#here') ?? wrapper;
}

function style(css: string): void {
  const sheet = document.createElement('style');
  sheet.textContent = css;
  document.head.append(sheet);
  scenery.push(sheet);
}

afterEach(async () => {
  await clearAway();
  for (const one of scenery.splice(0)) one.remove();
  document.body.removeAttribute('style');
  document.dir = '';
});

/** The element in its place, with the prompt wanted. */
async function prompted(where: HTMLElement, before?: (under: ElementUnderTest) => void): Promise<ElementUnderTest> {
  const under = elementUnderTest({ lang: 'en' });
  before?.(under);
  await place(under, where);
  await under.toPrompt();
  return under;
}

const hiddenErrors = ({ events }: ElementUnderTest): GcAuthError[] =>
  events
    .map(({ detail }) => detail as unknown)
    .filter((one) => one instanceof GcAuthError && one.code === 'prompt-hidden') as GcAuthError[];

const overlay = 'position: fixed; inset: 0; z-index: 2147483647';

/** Places that would clip, cover, move or disable what is in them. */
const rendered: Readonly<Record<string, string>> = {
  transform: '<main style="transform: translateZ(0); height: 0; overflow: hidden; margin-top: 150vh"><p id="here">',
  filter: '<main style="filter: blur(1px); position: absolute; top: -500px; overflow: hidden"><p id="here">',
  contain: '<main style="contain: strict; height: 0"><p id="here">',
  'will-change': '<main style="will-change: transform; width: 0; overflow: clip"><p id="here">',
  'clip-path': '<main style="clip-path: inset(50%)"><p id="here">',
  opacity: '<main style="opacity: 0"><p id="here">',
  visibility: '<main style="visibility: hidden"><p id="here">',
  'pointer-events': '<main style="pointer-events: none"><p id="here">',
  'an overlay': `<main style="position: relative; z-index: 0"><p id="here"></p></main><div style="${overlay}"></div>`,
  'inherited styles':
    '<main style="font-size: 0; line-height: 0; text-indent: -999px; white-space: nowrap"><p id="here">',
};

/** Places where nothing is rendered, or can be used. */
const unusable: Readonly<Record<string, string>> = {
  'display: none': '<main style="display: none"><p id="here">',
  hidden: '<main hidden><p id="here">',
  'hidden=until-found': '<main hidden="until-found" style="content-visibility: hidden"><p id="here">',
  'content-visibility': '<main style="content-visibility: hidden; height: 50px"><p id="here">',
  'closed details': '<details><summary>More</summary><p id="here"></p></details>',
  inert: '<main inert><p id="here">',
  'a closed dialog': '<dialog><p id="here"></p></dialog>',
  'a closed popover': '<div popover><p id="here"></p></div>',
};

describe('the prompt can be seen and clicked', () => {
  for (const [what, markup] of Object.entries(rendered)) {
    it(`inside ${what}`, async () => {
      const under = await prompted(page(markup));
      expect(usableButton(under.element)).to.exist;
      expect(outerNode(), 'in the shadow root').to.equal(null);
      usableButton(under.element)!.click();
      expect(under.code.started.popup).to.equal(1);
    });
  }

  for (const [what, markup] of Object.entries(unusable)) {
    it(`in a node of its own inside ${what}`, async () => {
      const under = await prompted(page(markup));
      await under.element.updateComplete;
      expect(usableButton(under.element)).to.exist;
      expect(outerNode()!.parentNode).to.equal(document.body);
      expect(under.part('prompt'), 'one prompt').to.equal(null);
      usableButton(under.element)!.click();
      expect(under.code.started.popup).to.equal(1);
      await under.element.updateComplete;
      expect(promptOf(under.element)!.textContent).to.contain('Finish signing in');
      promptOf(under.element)!.querySelector<HTMLElement>('[part=dismiss]')!.click();
      await under.element.updateComplete;
      promptOf(under.element)!.querySelector<HTMLElement>('[part=dismiss]')!.click();
      await under.element.updateComplete;
      expect([outerNode(), under.element.state]).to.eql([null, 'signed-out']);
      expect(hiddenErrors(under)).to.eql([]);
    });
  }

  it('when the element itself is hidden or inert', async () => {
    const under = await prompted(page(''), ({ element }) => (element.hidden = true));
    expect(usableButton(under.element)).to.exist;
    under.element.hidden = false;
    under.element.inert = true;
    expect(usableButton(under.element)).to.exist;
  });

  it('when what is around it is hidden, or becomes inert, while it is shown', async () => {
    for (const hide of [(one: HTMLElement) => (one.style.display = 'none'), (one: HTMLElement) => (one.inert = true)]) {
      const where = page('<main><p id="here">');
      const under = await prompted(where);
      expect(outerNode()).to.equal(null);
      hide(where.parentElement!);
      await until(() => outerNode() && usableButton(under.element));
      await clearAway();
      expect(outerNode()).to.equal(null);
    }
  });

  it('with the custom properties and the colour scheme of the element', async () => {
    const { element } = await prompted(page('<main hidden><p id="here">'), ({ element: { style } }) => {
      style.setProperty('--gc-surface-color', 'light-dark(rgb(1, 2, 3), rgb(4, 5, 6))');
      style.setProperty('--gc-radius', '3px');
      style.colorScheme = 'dark';
    });
    const { backgroundColor, borderTopLeftRadius } = getComputedStyle(promptOf(element)!);
    expect([backgroundColor, borderTopLeftRadius]).to.eql(['rgb(4, 5, 6)', '3px']);
    await expect(outerNode()!).to.be.accessible();
  });

  it('again after a script removed its node', async () => {
    const { element } = await prompted(page('<main hidden><p id="here">'));
    const first = outerNode()!;
    await nextFrame();
    await nextFrame();
    first.remove();
    await until(() => outerNode() && outerNode() !== first && usableButton(element));
  });
});

describe('the prompt and the top layer', () => {
  const popover = `<div popover="manual" id="cover" style="${overlay}; width: auto; height: auto">Cover</div>`;

  it('is above a popover that is opened later', async () => {
    page(popover);
    const { element } = await prompted(page(''));
    const button = usableButton(element)!;
    button.focus();
    document.querySelector<HTMLElement>('#cover')!.showPopover();
    expect(usableButton(element), 'covered for a moment').to.equal(undefined);
    await until(() => usableButton(element));
    expect(element.shadowRoot!.activeElement, 'keeps the focus').to.equal(button);
  });

  const dialog = '<dialog id="dialog"><p>Cookies</p><button id="yes">Yes</button></dialog>';
  const theDialog = (): HTMLDialogElement => document.querySelector<HTMLDialogElement>('#dialog')!;

  it('is usable while a modal dialog is open that was opened before', async () => {
    page(dialog);
    theDialog().showModal();
    const { element } = await prompted(page(''));
    expect(usableButton(element)).to.exist;
    expect(outerNode()!.parentNode).to.equal(theDialog());
    expect(document.activeElement, 'takes no focus').to.equal(document.querySelector('#yes'));
  });

  it('is usable while a modal dialog is open that was opened later, and returns when that closes', async () => {
    page(dialog);
    const under = await prompted(page(''));
    for (let turn = 0; turn < 2; turn++) {
      theDialog().showModal();
      await until(() => outerNode()?.parentNode === theDialog() && usableButton(under.element));
      theDialog().close();
      await until(() => under.part('prompt') && usableButton(under.element));
      expect(outerNode()).to.equal(null);
    }
    expect(hiddenErrors(under)).to.eql([]);
  });

  it('is usable in the upper of two modal dialogs, in either order', async () => {
    page('<dialog id="a">A</dialog><dialog id="b">B</dialog>');
    const [a, b] = ['#a', '#b'].map((id) => document.querySelector<HTMLDialogElement>(id)!);
    const { element } = await prompted(page(''));
    for (const [lower, upper] of [
      [a!, b!],
      [b!, a!],
    ] as const) {
      lower.showModal();
      upper.showModal();
      await until(() => outerNode()?.parentNode === upper && usableButton(element));
      upper.close();
      await until(() => outerNode()?.parentNode === lower && usableButton(element));
      lower.close();
      await until(() => !outerNode() && usableButton(element));
    }
  });

  it('is usable while a modal dialog in a shadow root is open', async () => {
    const holder = page('');
    holder.attachShadow({ mode: 'open' }).innerHTML = dialog;
    const { element } = await prompted(page(''));
    holder.shadowRoot!.querySelector('dialog')!.showModal();
    const inside = (): Element | null | undefined => holder.shadowRoot!.querySelector('.gc-auth-messenger-prompt');
    await until(() => inside());
    const { left, top, height } = inside()!.shadowRoot!.querySelector('[part=button]')!.getBoundingClientRect();
    expect((hitAt(left + 5, top + height / 2) as HTMLElement).part.value).to.equal('button');
    holder.shadowRoot!.querySelector('dialog')!.close();
    await until(() => usableButton(element));
  });

  it('stays where it is inside a modal dialog that has the element', async () => {
    const where = page('<dialog id="here">Chat</dialog>');
    (where as HTMLDialogElement).showModal();
    const { element } = await prompted(where);
    expect(usableButton(element)).to.exist;
    expect(outerNode()).to.equal(null);
  });

  it('closes no dialog: not for a click, nor for Escape', async () => {
    page(dialog);
    theDialog().addEventListener('click', () => theDialog().close());
    theDialog().showModal();
    const under = await prompted(page(''));
    const button = usableButton(under.element)!;
    button.focus();
    const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true });
    button.dispatchEvent(escape);
    expect(escape.defaultPrevented).to.equal(true);
    await under.element.updateComplete;
    expect([theDialog().open, promptOf(under.element)]).to.eql([true, null]);
  });
});

describe('prompt-hidden', () => {
  const byStyle: Readonly<Record<string, string>> = {
    'display: none': 'display: none !important',
    'visibility: hidden': 'visibility: hidden',
    'opacity: 0': 'opacity: 0',
    'a place outside the window': 'inset: auto auto 0 -900px',
    'transform: scale(0)': 'transform: scale(0)',
  };
  for (const [what, css] of Object.entries(byStyle)) {
    it(`is told once where the page gives the prompt ${what}`, async () => {
      style(`gc-auth-messenger::part(prompt), .gc-auth-messenger-prompt::part(prompt) { ${css} }`);
      const under = await prompted(page(''));
      await until(() => hiddenErrors(under).length > 0);
      const [{ message, hint }] = hiddenErrors(under) as [GcAuthError];
      expect(message).to.match(/prompt/);
      expect(hint).to.contain('gc-interaction-required');
      under.element.requestUpdate();
      await until(() => under.element.updateComplete);
      await turns();
      expect(hiddenErrors(under).length).to.equal(1);
      expect(outerNode(), 'what the page hides on purpose stays hidden').to.equal(null);
    });
  }

  it('is told where the whole page is hidden', async () => {
    document.body.style.display = 'none';
    const under = await prompted(page(''));
    await until(() => hiddenErrors(under).length > 0);
    document.body.style.display = '';
    await until(() => usableButton(under.element));
  });

  it('is not told where the page shows its own interface, nor where nobody is needed', async () => {
    style('gc-auth-messenger::part(prompt) { display: none }');
    const own = await prompted(page(''), ({ element }) =>
      element.addEventListener('gc-interaction-required', (event) => event.preventDefault()),
    );
    expect(promptOf(own.element)).to.equal(null);
    await clearAway();
    const { element, messenger, told } = await placedWith();
    messenger.fail(new GcAuthError('script-blocked'));
    await element.updateComplete;
    expect(told()).not.to.include('gc-error prompt-hidden');
  });
});
