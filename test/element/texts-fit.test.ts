import { expect } from '@open-wc/testing';
import { importLocale } from '../../src/element/import-locale.js';
import { localeCodes } from '../../src/element/locale-for.js';
import { readStrings } from '../../src/element/texts.js';
import type { Strings } from '../../src/element/texts.js';
import { pseudoLocale } from '../fixtures/pseudo-locale.js';
import { clearAway, placedWith } from '../support/harness-element.js';

afterEach(clearAway);

/** The prompt, its text and its buttons; each may be at most as wide as the space that it has. */
function expectNothingCutOff(prompt: HTMLElement, what: string): void {
  const frame = prompt.getBoundingClientRect();
  for (const part of [prompt, ...prompt.querySelectorAll<HTMLElement>('.message, button')]) {
    expect(part.scrollWidth, `${what}: ${part.textContent}`).to.be.at.most(part.clientWidth + 1);
    expect(part.scrollHeight, `${what}: ${part.textContent}`).to.be.at.most(part.clientHeight + 1);
    const { left, right, top, bottom } = part.getBoundingClientRect();
    expect(left >= frame.left && right <= frame.right && top >= frame.top && bottom <= frame.bottom, what).to.equal(
      true,
    );
  }
}

describe('the texts fit into the prompt', () => {
  // The prompt is 320 px wide, and 280 px on a window of 320 px.
  for (const width of [320, 280]) {
    it(`of ${width} px, in every language and in a pseudo-locale`, async () => {
      const languages = new Map<string, Strings>([['pseudo', pseudoLocale]]);
      for (const code of localeCodes) languages.set(code, readStrings(await importLocale(code)));
      const { element, toPrompt, part } = await placedWith({ lang: 'en' });
      await toPrompt();
      const show = async (strings: Strings, lang: string): Promise<HTMLElement> => {
        element.strings = strings;
        element.lang = lang;
        await element.updateComplete;
        const prompt = part('prompt')!;
        prompt.style.inlineSize = `${width}px`;
        return prompt;
      };
      for (const [code, strings] of languages) expectNothingCutOff(await show(strings, code), code);
      part('button')!.click();
      await element.updateComplete;
      for (const [code, strings] of languages) {
        const prompt = await show(strings, code);
        expect(part('button')!.textContent.trim()).to.equal(strings.reopenButton);
        expectNothingCutOff(prompt, `${code}, waiting`);
      }
    });
  }
});
