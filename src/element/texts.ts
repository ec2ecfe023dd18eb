import { directionOf, readLocale } from './locale-for.js';
import type { LocaleCode } from './locale-for.js';

/** Every text that the element shows; set `strings` to word them differently. */
export interface Strings {
  /** A first sign-in is wanted. */
  readonly signIn: string;
  /** There was a sign-in, and it ended. */
  readonly signInAgain: string;
  readonly signInButton: string;
  /** The browser blocked the popup. */
  readonly blocked: string;
  /** The popup is open. */
  readonly waiting: string;
  /** Brings the popup back. */
  readonly reopenButton: string;
  /** Ends the waiting. */
  readonly cancel: string;
  /** Something failed that may work later. */
  readonly failed: string;
  readonly retryButton: string;
  readonly dismiss: string;
  /** Name of the launcher that is drawn with `loading="interaction"`. */
  readonly launcher: string;
}

/** English needs no file: it is shown until the language of the page has arrived, and where that fails. */
const english: Strings = {
  signIn: 'Sign in to chat with us.',
  signInAgain: 'Sign in again to go on.',
  signInButton: 'Sign in',
  blocked: 'The browser blocked the sign-in window.',
  waiting: 'Finish signing in in the other window.',
  reopenButton: 'Reopen',
  cancel: 'Cancel',
  failed: 'Chat is not available right now.',
  retryButton: 'Try again',
  dismiss: 'Dismiss',
  launcher: 'Open chat',
};

const keys = Object.keys(english) as ReadonlyArray<keyof Strings>;

export interface Texts {
  /** The language of `strings`. */
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly strings: Strings;
}

/** A language that has been loaded. */
export interface Locale {
  readonly code: LocaleCode;
  readonly strings: Strings;
}

/** The page's own strings. Frameworks write null or undefined in place of nothing. */
type OwnStrings = Partial<Strings> | null | undefined;

/**
 * The page's own strings for a BCP 47 tag, key by key; then those of the language that has been loaded; then English.
 * What a page words itself is in the language of the tag.
 */
export function textsFor(tag: string, own?: OwnStrings, loaded?: Locale): Texts {
  const base = loaded?.strings ?? english;
  const strings = Object.fromEntries(keys.map((key) => [key, own?.[key] ?? base[key]])) as unknown as Strings;
  const hasOwn = keys.some((key) => isSet(own, key));
  const lang = hasOwn ? (readLocale(tag)?.toString() ?? (tag || 'en')) : (loaded?.code ?? 'en');
  return { lang, dir: directionOf(lang), strings };
}

/** No text of a language is needed: the page has worded them all. */
export const hasEveryText = (own: OwnStrings): boolean => keys.every((key) => isSet(own, key));

/** The strings of a language's module. Throws a `TypeError` unless every one is a text. */
export function readStrings(module: unknown): Strings {
  const values = (module as { default?: Partial<Record<string, unknown>> } | null)?.default;
  const found = keys.map((key) => [key, values?.[key]] as const);
  const missing = found.find(([, text]) => typeof text !== 'string' || text.trim() === '');
  if (missing) throw new TypeError(`The text ${missing[0]} is missing.`);
  return Object.fromEntries(found) as unknown as Strings;
}

const isSet = (own: OwnStrings, key: keyof Strings): boolean => (own?.[key] ?? undefined) !== undefined;

/**
 * The language that holds for an element: its own, its ancestors' across shadow roots, the document's. A `<form>` around
 * it may have an `<input name="parentNode">`, which overrides the member, so no member of an ancestor is read.
 */
export function languageOf(element: Element): string {
  for (let at: Element | undefined = element; at;) {
    const holder: Element | null = at.closest('[lang]');
    if (holder) return Element.prototype.getAttribute.call(holder, 'lang') ?? '';
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : undefined;
  }
  return '';
}
