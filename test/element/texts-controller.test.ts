import { expect } from '@open-wc/testing';
import { html, LitElement } from 'lit';
import { localeCodes } from '../../src/element/locale-for.js';
import type { LocaleCode } from '../../src/element/locale-for.js';
import { TextsController } from '../../src/element/texts-controller.js';
import { textsFor } from '../../src/element/texts.js';
import type { Strings } from '../../src/element/texts.js';
import { turns } from '../support/turns.js';

const english = textsFor('en').strings;

/** A module of a language, each text of which starts with its code. */
const moduleOf = (code: LocaleCode): { default: Strings } => ({
  default: Object.fromEntries(
    Object.entries(english).map(([key, text]) => [key, `${code} ${text}`]),
  ) as unknown as Strings,
});

/** Shows the text of its button, while `shown`. */
class Host extends LitElement {
  shown = true;
  own: Partial<Strings> | undefined;
  renders = 0;
  readonly requests: LocaleCode[] = [];
  readonly #pending = new Map<LocaleCode, PromiseWithResolversOfModule>();
  readonly texts = new TextsController(this, (code) => {
    this.requests.push(code);
    return new Promise((resolve, reject) => this.#pending.set(code, { resolve, reject }));
  });

  answer(code: LocaleCode): Promise<void> {
    return this.answerWith(code, moduleOf(code));
  }

  answerWith(code: LocaleCode, module: unknown): Promise<void> {
    this.#pending.get(code)!.resolve(module);
    return turns(2);
  }

  fail(code: LocaleCode): Promise<void> {
    this.#pending.get(code)!.reject(new TypeError('Failed to fetch dynamically imported module'));
    return turns(2);
  }

  async inLanguage(lang: string): Promise<void> {
    this.lang = lang;
    this.requestUpdate();
    await this.updateComplete;
  }

  async show(shown: boolean): Promise<void> {
    this.shown = shown;
    this.requestUpdate();
    await this.updateComplete;
  }

  get text(): string {
    return this.renderRoot.textContent?.trim() ?? '';
  }

  protected override render(): unknown {
    this.renders += 1;
    if (this.shown) return html`${this.texts.current(this.own).strings.signInButton}`;
    this.texts.hidden();
    return html``;
  }
}
customElements.define('texts-host', Host);

interface PromiseWithResolversOfModule {
  readonly resolve: (module: unknown) => void;
  readonly reject: (reason: Error) => void;
}

let host: Host;

async function placed(lang: string, change?: (host: Host) => void): Promise<Host> {
  host = new Host();
  host.lang = lang;
  change?.(host);
  document.body.append(host);
  await host.updateComplete;
  return host;
}

afterEach(() => host.remove());

describe('the texts of an element', () => {
  it('are English at once, and the language when its file arrives', async () => {
    await placed('de');
    expect(host.text).to.equal('Sign in');
    await host.answer('de');
    expect(host.text).to.equal('de Sign in');
    await host.inLanguage('de-AT');
    expect([host.text, host.requests]).to.eql(['de Sign in', ['de']]);
  });

  it('fetch nothing for English, nor for a language without a file', async () => {
    for (const lang of ['en', 'en-us', '', 'eu', 'x-klingon', 'nonsense']) {
      await placed(lang);
      expect([host.text, host.requests], lang).to.eql(['Sign in', []]);
      host.remove();
    }
  });

  it('fetch nothing before something is shown', async () => {
    await placed('de', (one) => (one.shown = false));
    expect(host.requests).to.eql([]);
    await host.show(true);
    expect(host.requests).to.eql(['de']);
  });

  it('fetch nothing where the page has worded them all', async () => {
    await placed('de', (one) => (one.own = english));
    expect(host.requests).to.eql([]);
    host.own = { ...english, cancel: undefined } as unknown as Strings;
    host.requestUpdate();
    await host.updateComplete;
    expect(host.requests).to.eql(['de']);
  });

  it('are the latest language, in whatever order the files arrive', async () => {
    await placed('de');
    await host.inLanguage('fr');
    await host.answer('fr');
    expect(host.text).to.equal('fr Sign in');
    await host.answer('de');
    expect(host.text).to.equal('fr Sign in');
    await host.inLanguage('de');
    expect(host.text).to.equal('de Sign in');
    await host.inLanguage('it');
    expect(host.text, 'not the earlier language').to.equal('Sign in');
    await host.inLanguage('en');
    await host.answer('it');
    expect(host.text).to.equal('Sign in');
    expect(host.requests).to.eql(['de', 'fr', 'it']);
  });

  it('stay English when the file cannot be loaded, until something is shown again', async () => {
    await placed('de');
    await host.fail('de');
    await host.inLanguage('de-CH');
    expect([host.text, host.requests]).to.eql(['Sign in', ['de']]);
    await host.show(false);
    await host.show(true);
    expect(host.requests).to.eql(['de', 'de']);
    await host.answer('de');
    expect(host.text).to.equal('de Sign in');
    await host.show(false);
    await host.show(true);
    expect([host.text, host.requests]).to.eql(['de Sign in', ['de', 'de']]);
  });

  it('are not asked for twice while a file is loading and the prompt comes and goes', async () => {
    await placed('de');
    await host.show(false);
    await host.show(true);
    expect(host.requests).to.eql(['de']);
  });

  it('stay English when the module is something else', async () => {
    const { default: strings } = moduleOf('de');
    const throwing = Object.defineProperty({}, 'default', {
      get() {
        throw new Error('of the page');
      },
    });
    for (const module of [
      undefined,
      {},
      { default: { ...strings, dismiss: 1 } },
      { default: { signIn: 'x' } },
      throwing,
    ]) {
      await placed('de');
      await host.answerWith('de', module);
      expect(host.text).to.equal('Sign in');
      host.remove();
    }
  });

  it('render nothing while the element is out of the page, and the language when it is back', async () => {
    await placed('de');
    host.remove();
    const { renders } = host;
    await host.answer('de');
    expect(host.renders).to.equal(renders);
    document.body.append(host);
    await host.updateComplete;
    expect(host.text).to.equal('de Sign in');
  });

  it('follow the element to a part of the page in another language', async () => {
    const [german, french] = ['de', 'fr'].map((lang) => Object.assign(document.createElement('div'), { lang }));
    document.body.append(german!, french!);
    await placed('de');
    host.removeAttribute('lang');
    german!.append(host);
    await host.answer('de');
    expect(host.text).to.equal('de Sign in');
    french!.append(host);
    await host.updateComplete;
    await host.answer('fr');
    expect(host.text).to.equal('fr Sign in');
    german!.remove();
    french!.remove();
  });

  it('follow the page when it changes its language, while they are shown', async () => {
    const { documentElement } = document;
    const before = documentElement.getAttribute('lang');
    await placed('en');
    host.removeAttribute('lang');
    documentElement.lang = 'fr';
    await turns(2);
    await host.answer('fr');
    expect(host.text).to.equal('fr Sign in');
    for (const hide of [() => host.show(false), () => Promise.resolve(host.remove())]) {
      await hide();
      const { renders } = host;
      documentElement.lang = 'es';
      await turns(2);
      expect(host.renders).to.equal(renders);
      documentElement.lang = 'fr';
      document.body.append(host);
      await host.show(true);
      expect(host.text).to.equal('fr Sign in');
    }
    if (before === null) documentElement.removeAttribute('lang');
    else documentElement.setAttribute('lang', before);
  });

  it('come from the file that belongs to the language', async () => {
    for (const code of localeCodes) {
      await placed(code === 'pt' ? 'pt-PT' : code);
      expect(host.requests).to.eql([code]);
      host.remove();
    }
  });
});
