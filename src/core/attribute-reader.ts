import { attributeOf } from './attribute.js';
import type { RawConfig } from './config.js';
import { GcAuthError } from './errors.js';
import { isFalse, isLeftoverText, isNoValue } from './leftovers.js';

/** Properties that have no attribute. */
const propertiesOnly: readonly string[] = ['metadata', 'codeProvider', 'messengerEvents'];

const plainText = 'text without placeholders, escapes and quotes';

/** Longest delay of a timer, in milliseconds (31 bits). Browsers fire a longer one at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Largest `max-age`, in seconds: 68 years, and 32 bits for every server. */
const longestMaxAge = 2 ** 31 - 1;

/**
 * Reads attributes and properties of one kind each: a text, a flag, a number, a word of a list.
 *
 * Every method takes the name of the property, and throws `config-invalid` for a malformed value: the message names the
 * attribute, the value that was found and the value that is wanted.
 */
export class AttributeReader {
  constructor(raw: RawConfig) {
    this.#raw = raw;
  }

  readonly #raw: RawConfig;

  /** Trimmed text without invisible characters. Undefined when it is absent, empty, or an object that became text. */
  text(name: string): string | undefined {
    const value = this.#raw[name] as string | undefined;
    // Invisible characters, such as a zero-width space, come along when a value is copied.
    const text = String(value ?? '')
      .replace(/\p{Cf}/gu, '')
      .trim();
    return text === '' || text === '[object Object]' ? undefined : text;
  }

  /** Text that is sent as it is, in one line; undefined when absent. */
  plain(name: string): string | undefined {
    return this.parsed(name, plainText, (text) => (isLeftoverText(text) ? undefined : text.replace(/\s+/g, ' ')));
  }

  /** The same for what may be left out: what a template writes without a value counts as absent. */
  hint(name: string): string | undefined {
    return isNoValue(this.text(name) ?? '') ? undefined : this.plain(name);
  }

  /** Returns the value; throws when it is undefined. */
  required<T>(name: string, value: T | undefined): T {
    return value ?? this.reject(name, undefined, 'a value');
  }

  /**
   * A boolean attribute: true when present. `"false"` in any letter case and `"None"`, `"null"` and `"undefined"` count as
   * absent, because frameworks and templates write them.
   */
  flag(name: string): boolean {
    const value = this.#raw[name];
    return value === true || (typeof value === 'string' && !isFalse(value));
  }

  /** A UUID, in lower case: browsers and tabs compare it as text. */
  uuid(name: string): string {
    return this.matching(name, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'a UUID').toLowerCase();
  }

  /** One of the allowed words, in any letter case. Absent: the first of them. */
  choice<const T extends string>(name: string, allowed: readonly [T, ...T[]]): T {
    const parse = (text: string): T | undefined => allowed.find((word) => word === text.toLowerCase());
    return this.parsed(name, allowed.join(', '), parse) ?? allowed[0];
  }

  /** A number of seconds from 1, in milliseconds, at most what a timer can wait; undefined when absent. */
  timeoutMs(name: string): number | undefined {
    return this.parsed(name, 'seconds, 1 or more', (text) => {
      const value = /^\d+(\.\d+)?(e\+?\d+)?$/i.test(text) ? Number(text) : NaN;
      return value >= 1 && value < Infinity ? Math.min(value * 1000, longestTimerMs) : undefined;
    });
  }

  /** `max_age` of OpenID Connect Core §3.1.2.1: whole seconds in plain digits; undefined when absent. */
  maxAge(): number | undefined {
    return this.parsed('maxAge', `whole seconds from 0 to ${longestMaxAge}`, (text) =>
      /^\d+$/.test(text) && Number(text) <= longestMaxAge ? Number(text) : undefined,
    );
  }

  /** An object; undefined when absent. */
  object(name: string): Readonly<Record<string, unknown>> | undefined {
    const value = this.#raw[name] ?? undefined;
    if (value === undefined || value === '[object Object]') return undefined;
    if (typeof value !== 'object') this.reject(name, typeof value, 'an object');
    return value as Readonly<Record<string, unknown>>;
  }

  /** Whether the property is a function. Only that is kept: configurations are compared as JSON, which has no functions. */
  callable(name: string): boolean {
    const value = this.#raw[name] ?? undefined;
    if (value !== undefined && typeof value !== 'function') this.reject(name, typeof value, 'a function');
    return value !== undefined;
  }

  /** Names of Messenger events. Absent: none. */
  eventNames(name: string): readonly string[] {
    const value: unknown = this.#raw[name] ?? [];
    const isName = (each: unknown): each is string => typeof each === 'string' && /^[a-z]\w*\.[a-z]\w*$/i.test(each);
    // A copy, because `every` skips the holes of a sparse array.
    const list: readonly unknown[] | undefined = Array.isArray(value) ? Array.from(value as unknown[]) : undefined;
    if (list?.every(isName)) return [...new Set(list)];
    const wrong = list ? list.find((each) => !isName(each)) : value;
    this.reject(
      name,
      typeof wrong === 'string' ? wrong : typeof wrong,
      'an array of event names, such as Toaster.opened',
    );
  }

  /** The parsed text; undefined when absent. `parse` returns undefined for a malformed text. */
  protected parsed<T>(name: string, wanted: string, parse: (text: string) => T | undefined): T | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : (parse(text) ?? this.reject(name, text, wanted));
  }

  protected matching(name: string, pattern: RegExp, wanted: string): string {
    return this.required(
      name,
      this.parsed(name, wanted, (text) => (pattern.test(text) ? text : undefined)),
    );
  }

  /** @param meaning what the value stands for, where its text does not tell */
  protected reject(
    property: string,
    found: string | undefined,
    wanted: string,
    more?: string,
    meaning?: string,
  ): never {
    const isPropertyOnly = propertiesOnly.includes(property);
    const name = isPropertyOnly ? property : attributeOf(property);
    const shown = found === undefined ? 'nothing' : `“${found.slice(0, 80)}”`;
    const here = meaning ? ` (${meaning.slice(0, 80)})` : '';
    throw new GcAuthError('config-invalid', {
      message: `${isPropertyOnly ? 'Property' : 'Attribute'} ${name}: found ${shown}${here}, wanted ${wanted}.`,
      hint: [`Set ${name} on <gc-auth-messenger> to ${wanted}.`, more].filter(Boolean).join(' '),
    });
  }
}
