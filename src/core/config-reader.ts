import { attributeOf } from './attribute.js';
import { decodePairs, isReserved, parameterOf, withAttribute } from './authorize-params.js';
import type { QueryPairs } from './authorize-params.js';
import type { PageAddress, ParsedUrl, RawConfig, SignInMode } from './config.js';
import { readEnvironment } from './environments.js';
import type { Environment } from './environments.js';
import { GcAuthError } from './errors.js';
import { policyHint, wellKnown } from './issuer-address.js';
import { isFalse, isLeftover, isLeftoverText, isLeftoverUrl, isNoValue } from './leftovers.js';
import { isLoopback, isOnOrigin, isScriptUrlForMarkup, originOfPage } from './script-url.js';

const rungOrder: readonly SignInMode[] = ['silent', 'silent-redirect', 'popup', 'redirect'];

/** Properties that have no attribute. */
const propertiesOnly: readonly string[] = ['metadata', 'codeProvider', 'messengerEvents'];

const plainText = 'text without placeholders, escapes and quotes';

const secureUrl = 'an https URL (http on loopback)';

const scriptHosts = 'a URL on a Genesys Cloud host, on this origin or on loopback';

/** Longest delay of a timer, in milliseconds (31 bits). Browsers fire a longer one at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Largest `max-age`, in seconds: 68 years, and 32 bits for every server. */
const longestMaxAge = 2 ** 31 - 1;

const hasCredentials = ({ username, password }: ParsedUrl): boolean => username !== '' || password !== '';

/** Providers compare URLs character by character, so an absolute one stays as it was written. */
const asWritten = (text: string, { href }: ParsedUrl): string => (/^[a-z][a-z\d+.-]*:/i.test(text) ? text : href);

/**
 * Reads the attributes and properties of the element one by one.
 *
 * Every method takes the name of the property, and throws `config-invalid` for a malformed value: the message names the
 * attribute, the value that was found and the value that is wanted.
 */
export class ConfigReader {
  constructor(raw: RawConfig, page: PageAddress) {
    this.#raw = raw;
    this.#page = page;
  }

  readonly #raw: RawConfig;
  readonly #page: PageAddress;

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
    return this.#parsed(name, plainText, (text) => (isLeftoverText(text) ? undefined : text.replace(/\s+/g, ' ')));
  }

  /** The same for what may be left out: what a template writes without a value counts as absent. */
  hint(name: string): string | undefined {
    return isNoValue(this.text(name) ?? '') ? undefined : this.plain(name);
  }

  /** Returns the value; throws when it is undefined. */
  required<T>(name: string, value: T | undefined): T {
    return value ?? this.#reject(name, undefined, 'a value');
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
    return this.#matching(name, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'a UUID').toLowerCase();
  }

  /** One of the allowed words, in any letter case. Absent: the first of them. */
  choice<const T extends string>(name: string, allowed: readonly [T, ...T[]]): T {
    const parse = (text: string): T | undefined => allowed.find((word) => word === text.toLowerCase());
    return this.#parsed(name, allowed.join(', '), parse) ?? allowed[0];
  }

  /** A number of seconds from 1, in milliseconds, at most what a timer can wait; undefined when absent. */
  timeoutMs(name: string): number | undefined {
    return this.#parsed(name, 'seconds, 1 or more', (text) => {
      const value = /^\d+(\.\d+)?(e\+?\d+)?$/i.test(text) ? Number(text) : NaN;
      return value >= 1 && value < Infinity ? Math.min(value * 1000, longestTimerMs) : undefined;
    });
  }

  /** `max_age` of OpenID Connect Core §3.1.2.1: whole seconds in plain digits; undefined when absent. */
  maxAge(): number | undefined {
    return this.#parsed('maxAge', `whole seconds from 0 to ${longestMaxAge}`, (text) =>
      /^\d+$/.test(text) && Number(text) <= longestMaxAge ? Number(text) : undefined,
    );
  }

  /**
   * A URL without user name and password, resolved against the page; undefined when absent. `secure`: http is accepted on
   * loopback only.
   */
  url(name: string, secure = false): ParsedUrl | undefined {
    return this.#parsed(name, secure ? secureUrl : 'an http(s) URL', (text) => {
      const url = this.#resolve(text);
      if (url?.protocol === 'http:') return !secure || isLoopback(url) ? url : undefined;
      return url && (url.protocol === 'https:' || isOnOrigin(url, this.#page)) ? url : undefined;
    });
  }

  /**
   * The URL of `genesys.min.js`; undefined when absent.
   *
   * @param setByScript Script has set the property. Otherwise the value comes from markup, which may be injected.
   */
  scriptUrl(setByScript: boolean): ParsedUrl | undefined {
    const name = 'scriptUrl';
    const url = this.url(name, true);
    if (!url || setByScript || isScriptUrlForMarkup(url, this.#page)) return url;
    return this.#reject(
      name,
      this.text(name),
      scriptHosts,
      'For another https host, set the property scriptUrl from script.',
    );
  }

  /** A URL that is sent as it was written; a relative one is resolved. Undefined when absent. */
  writtenUrl(name: string): string | undefined {
    const url = this.url(name);
    return url && asWritten(this.text(name) ?? '', url);
  }

  /**
   * The issuer as it was written, which must be an absolute URL without query and fragment (OpenID Connect Discovery §3).
   * Given the address of the discovery document: what it is the document of. Optional and absent: `''`.
   */
  authority(optional: boolean): string {
    const name = 'authority';
    if (optional && this.text(name) === undefined) return '';
    const text = this.#matching(name, /^https?:\/\//i, secureUrl);
    const url = this.required(name, this.url(name, true));
    const issuer = wellKnown.test(text) ? text.replace(wellKnown, '').replace(/\?.*/s, '') : text;
    if (/[?#]/.test(issuer) || text.includes('#')) {
      const more = /[?&]p=|b2c/i.test(text) ? policyHint(text, url) : undefined;
      this.#reject(name, text, 'a URL without query and fragment', more);
    }
    return issuer;
  }

  /** `authority`, where it is the address of the discovery document and no other address is set; otherwise undefined. */
  documentUrl(): string | undefined {
    const text = this.text('authority') ?? '';
    return wellKnown.test(text) && this.text('metadataUrl') === undefined ? text : undefined;
  }

  environment(): Environment {
    const name = 'environment';
    return this.required(name, this.#parsed(name, 'a Genesys Cloud environment such as prod-euw1', readEnvironment));
  }

  /**
   * The redirect URI: absolute and without fragment (RFC 6749 §3.1.2). Absent: this page without query and fragment.
   * It must be on this origin, because the callback page posts the response to this origin only.
   */
  redirectUri(): string {
    const name = 'redirectUri';
    const text = this.text(name) ?? this.#page.href.replace(/[?#].*$/s, '');
    const url = this.#resolve(text);
    const origin = originOfPage(this.#page);
    return url && isOnOrigin(url, this.#page) && !text.includes('#')
      ? asWritten(text, url)
      : this.#reject(name, text, origin ? `a URL of ${origin} without fragment` : 'a page that has an http(s) URL');
  }

  /** A query string as pairs; empty when absent. */
  pairs(name: string): QueryPairs {
    const read = (text: string): QueryPairs | undefined => (isLeftover(text) ? undefined : decodePairs(text));
    const pairs = this.#parsed(name, 'a query string', read) ?? [];
    for (const [key] of pairs) {
      const parameter = parameterOf(key);
      if (isReserved(parameter)) this.#reject(name, key, 'parameters that the element does not set itself');
      if (withAttribute.has(parameter)) {
        this.#reject(name, key, `parameters without an attribute, such as ${parameter.replace('_', '-')}`);
      }
    }
    return pairs;
  }

  /** An object; undefined when absent. */
  object(name: string): Readonly<Record<string, unknown>> | undefined {
    const value = this.#raw[name] ?? undefined;
    if (value === undefined || value === '[object Object]') return undefined;
    if (typeof value !== 'object') this.#reject(name, typeof value, 'an object');
    return value as Readonly<Record<string, unknown>>;
  }

  /** Whether the property is a function. Only that is kept: configurations are compared as JSON, which has no functions. */
  callable(name: string): boolean {
    const value = this.#raw[name] ?? undefined;
    if (value !== undefined && typeof value !== 'function') this.#reject(name, typeof value, 'a function');
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
    this.#reject(
      name,
      typeof wrong === 'string' ? wrong : typeof wrong,
      'an array of event names, such as Toaster.opened',
    );
  }

  /** The rungs of `sign-in-modes`, in the order in which they are tried. Absent: `silent popup`. */
  modes(): readonly SignInMode[] {
    const name = 'signInModes';
    const words = (this.text(name) ?? 'silent popup').toLowerCase().split(/[\s,]+/);
    const unknown = words.find((word) => !rungOrder.some((mode) => mode === word));
    if (unknown !== undefined) this.#reject(name, unknown, rungOrder.join(', '));
    return rungOrder.filter((mode) => words.includes(mode));
  }

  /** Undefined for what is no URL, has a user name, or would count as relative but was not meant so. */
  #resolve(text: string): ParsedUrl | undefined {
    const url = this.#page.parse(text);
    const lacksScheme = originOfPage(this.#page)?.endsWith(`//${text.split('/')[0]}`);
    return url && !hasCredentials(url) && !isLeftoverUrl(text) && !lacksScheme ? url : undefined;
  }

  /** The parsed text; undefined when absent. `parse` returns undefined for a malformed text. */
  #parsed<T>(name: string, wanted: string, parse: (text: string) => T | undefined): T | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : (parse(text) ?? this.#reject(name, text, wanted));
  }

  #matching(name: string, pattern: RegExp, wanted: string): string {
    return this.required(
      name,
      this.#parsed(name, wanted, (text) => (pattern.test(text) ? text : undefined)),
    );
  }

  #reject(property: string, found: string | undefined, wanted: string, more?: string): never {
    const isPropertyOnly = propertiesOnly.includes(property);
    const name = isPropertyOnly ? property : attributeOf(property);
    const shown = found === undefined ? 'nothing' : `“${found.slice(0, 80)}”`;
    throw new GcAuthError('config-invalid', {
      message: `${isPropertyOnly ? 'Property' : 'Attribute'} ${name}: found ${shown}, wanted ${wanted}.`,
      hint: [`Set ${name} on <gc-auth-messenger> to ${wanted}.`, more].filter(Boolean).join(' '),
    });
  }
}
