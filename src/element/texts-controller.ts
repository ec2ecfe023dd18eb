import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { importLocale } from './import-locale.js';
import { localeFor } from './locale-for.js';
import type { LocaleCode } from './locale-for.js';
import { hasEveryText, languageOf, readStrings, textsFor } from './texts.js';
import type { Locale, Strings, Texts } from './texts.js';

/** How long the announcement of the prompt waits for its language, in milliseconds. */
const longestWaitMs = 1_000;

/**
 * The texts of an element in the language of its page: English at once, the other language when its file has arrived.
 * A file that cannot be loaded leaves English, and is tried again the next time something is shown.
 */
export class TextsController implements ReactiveController {
  constructor(host: ReactiveControllerHost & Element, load: (code: LocaleCode) => Promise<unknown> = importLocale) {
    this.#host = host;
    this.#load = load;
    host.addController(this);
  }

  readonly #host: ReactiveControllerHost & Element;
  readonly #load: (code: LocaleCode) => Promise<unknown>;
  /** Each language that was wanted: its texts, or undefined while its file is loading and after a failure. */
  readonly #locales = new Map<LocaleCode, Locale | undefined>();
  /** The language whose file is loading, until it has arrived or has taken too long. */
  #awaited: LocaleCode | undefined;
  #observer: MutationObserver | undefined;
  readonly #failed = new Set<LocaleCode>();

  /** The texts for now. Call it only when they are shown: it fetches the language. */
  current(own: Partial<Strings> | null | undefined): Texts {
    this.#observe();
    const tag = languageOf(this.#host);
    const code = localeFor(tag);
    if (code !== this.#awaited) this.#awaited = undefined;
    if (code === 'en' || hasEveryText(own)) return textsFor(tag, own);
    if (!this.#locales.has(code)) void this.#fetch(code);
    return textsFor(tag, own, this.#locales.get(code));
  }

  /** The language of the page may arrive in a moment. */
  get pending(): boolean {
    return this.#awaited !== undefined;
  }

  /** Nothing is shown any more, so that a language which failed may be tried again. */
  hidden(): void {
    this.#stopObserving();
    for (const code of this.#failed) this.#locales.delete(code);
    this.#failed.clear();
  }

  /** Another place in the page may have another language. */
  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#stopObserving();
  }

  /** A page that changes its language without a reload sets `lang` on its root element, or wherever it has it. */
  #observe(): void {
    if (this.#observer || !this.#host.isConnected) return;
    this.#observer = new MutationObserver(() => this.#host.requestUpdate());
    this.#observer.observe(this.#host.ownerDocument, { subtree: true, attributeFilter: ['lang'] });
  }

  #stopObserving(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  async #fetch(code: LocaleCode): Promise<void> {
    this.#locales.set(code, undefined);
    this.#awaited = code;
    const timer = setTimeout(() => this.#ended(code), longestWaitMs);
    try {
      const strings = readStrings(await this.#load(code));
      this.#locales.set(code, { code, strings });
    } catch {
      // The network, the policy of the page, or a file of another version: English stays.
      this.#failed.add(code);
      if (this.#awaited !== code) return;
    } finally {
      clearTimeout(timer);
    }
    this.#ended(code);
  }

  /** The language may be another one by now: what is shown is decided when it is rendered. */
  #ended(code: LocaleCode): void {
    if (this.#awaited === code) this.#awaited = undefined;
    if (this.#host.isConnected) this.#host.requestUpdate();
  }
}
