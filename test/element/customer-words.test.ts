import { expect } from '@open-wc/testing';
import { errorTexts } from '../../src/core/error-texts.js';
import { GcAuthError } from '../../src/core/errors.js';
import type { ErrorCode } from '../../src/core/errors.js';
import { importLocale } from '../../src/element/import-locale.js';
import { localeCodes } from '../../src/element/locale-for.js';
import { textsFor } from '../../src/element/texts.js';
import { grantOf } from '../support/fixtures.js';
import { clearAway, placedWith } from '../support/harness-element.js';
import type { ElementUnderTest } from '../support/harness-element.js';

/** What a provider may write into its answer, and a server into an error. */
const foreign = 'AADSTS65004 server_error: Konto 4711 gesperrt';

const codes = Object.keys(errorTexts) as ErrorCode[];
const strings: readonly string[] = Object.values(textsFor('en').strings);

const failure = (code: ErrorCode): GcAuthError =>
  new GcAuthError(code, { message: `${foreign}.`, hint: `${foreign}.`, cause: new Error(foreign), retryable: true });

/** All that a person sees or hears of the element: texts, and attributes that are read out. */
function seen({ element }: ElementUnderTest): string[] {
  const found: string[] = [];
  const walk = (node: Node): void => {
    if (node instanceof Text) found.push(node.data);
    if (node instanceof HTMLStyleElement) return;
    if (node instanceof Element) {
      for (const name of ['aria-label', 'aria-description', 'title', 'alt', 'placeholder']) {
        found.push(node.getAttribute(name) ?? '');
      }
    }
    for (const child of node.childNodes) walk(child);
  };
  walk(element.shadowRoot!);
  for (const outside of document.querySelectorAll('.gc-auth-messenger-prompt')) walk(outside.shadowRoot ?? outside);
  return found.map((text) => text.trim()).filter(Boolean);
}

const expectOwnWords = (under: ElementUnderTest, when: string): string[] => {
  const shown = seen(under);
  for (const text of shown) expect(strings, when).to.include(text);
  return shown;
};

describe('what a customer sees', () => {
  afterEach(clearAway);
  const prompts = new Set<string>();

  for (const code of codes) {
    it(`is never ${code}, nor what a server says, whatever fails with it`, async () => {
      const under = await placedWith({ lang: 'en' });
      const { element, code: port, messenger, part } = under;
      const look = async (when: string): Promise<void> => {
        await element.updateComplete;
        for (const text of expectOwnWords(under, `${code}: ${when}`)) prompts.add(text);
      };
      messenger.emit({ type: 'loaded', allowSessionUpgrade: false }, { type: 'auth-ready', authenticated: false });
      messenger.call();
      port.answerSilent(failure(code));
      await look('silent attempt');
      if (!part('button')) return;
      part('button')!.click();
      await look('popup open');
      if (port.live.popup > 0) port.answerPopup(failure(code));
      await look('popup failed');
    });
  }

  it('is none of it either when Genesys refuses again and again', async () => {
    const under = await placedWith({ lang: 'en' });
    const { element, code, messenger, time } = under;
    messenger.emit({ type: 'loaded', allowSessionUpgrade: false }, { type: 'auth-ready', authenticated: false });
    messenger.call();
    for (let round = 0; round < 4; round++) {
      if (code.live.silent > 0) code.answerSilent(grantOf(`c${round}`));
      messenger.emit({ type: 'authenticating' });
      messenger.emit({ type: 'auth-error', event: 'Auth.error', failure: { status: 401, message: foreign } });
      await element.updateComplete;
      for (const text of expectOwnWords(under, `round ${round}`)) prompts.add(text);
      time.advance(60_000);
      messenger.call();
    }
  });

  it('was a prompt for a sign-in, for an open popup, and for a failure in these tests', () => {
    const { signIn, failed, waiting } = textsFor('en').strings;
    expect([...prompts]).to.include.members([signIn, failed, waiting]);
  });

  it('names no code in any language', async () => {
    const named = [...codes.filter((code) => code.includes('-')), '_', 'OAuth', 'OpenID', 'JWT', 'Genesys'];
    for (const code of localeCodes) {
      const { default: texts } = (await importLocale(code)) as { default: Record<string, string> };
      for (const text of Object.values(texts)) {
        for (const name of named) expect(text, code).not.to.contain(name);
      }
    }
  });
});
