import { attributeOf } from './attribute.js';
import type { OidcConfig, PageAddress, ParsedUrl, RawConfig, SignInMode } from './config.js';
import { readEnvironment } from './environments.js';
import type { Environment } from './environments.js';
import { GcAuthError } from './errors.js';

const rungOrder: readonly SignInMode[] = ['silent', 'popup', 'redirect'];

/** Without an attribute of their own. */
const propertiesOnly: readonly string[] = ['metadata', 'codeProvider'];

const protectedUrl = 'an https URL (http on loopback)';

/** What the element puts into the authorization request; a page that overrode one would break the checks. */
const reserved = new Set([
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'nonce',
  'prompt',
  'code_challenge',
  'code_challenge_method',
  'request',
  'request_uri',
]);

export const isLoopback = ({ hostname }: ParsedUrl): boolean =>
  /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

/** What some frameworks and templates write for a boolean that is off. */
export const isFalse = (text: string): boolean => text.trim().toLowerCase() === 'false';

type QueryPairs = OidcConfig['authorizeParams'];

/** `+` is a space; undefined for what cannot be decoded. */
function decodePairs(text: string): QueryPairs | undefined {
  const decode = (part = ''): string => decodeURIComponent(part.replace(/\+/g, ' '));
  try {
    const pairs = text.replace(/^\?/, '').split('&').filter(Boolean);
    return pairs.map((pair) => pair.split(/=(.*)/s)).map(([key, value]) => [decode(key), decode(value)]);
  } catch {
    return undefined;
  }
}

/** Providers compare URLs character by character, so an absolute one stays as it was written. */
const asWritten = (text: string, { href }: ParsedUrl): string => (/^https?:\/\//i.test(text) ? text : href);

/** Reads one value after the other; throws `config-invalid` naming the attribute, what was found and what is wanted. */
export class ConfigReader {
  constructor(raw: RawConfig, page: PageAddress) {
    this.#raw = raw;
    this.#page = page;
  }

  readonly #raw: RawConfig;
  readonly #page: PageAddress;

  /** Trimmed text; undefined when absent, empty, or what a framework made of an object. */
  text(name: string): string | undefined {
    const value = this.#raw[name] as string | undefined;
    const text = String(value ?? '').trim();
    return text === '' || text === '[object Object]' ? undefined : text;
  }

  required<T>(name: string, value: T | undefined): T {
    return value ?? this.#refuse(name, undefined, 'a value');
  }

  /** Present or absent. `"false"` in any letter case, as frameworks and templates write it, counts as absent. */
  flag(name: string): boolean {
    const value = this.#raw[name];
    return value === true || (typeof value === 'string' && !isFalse(value));
  }

  uuid(name: string): string {
    return this.#matching(name, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'a UUID');
  }

  choice<const T extends string>(name: string, allowed: readonly [T, ...T[]]): T {
    const parse = (text: string): T | undefined => allowed.find((one) => one === text.toLowerCase());
    return this.#parsed(name, allowed.join(', '), parse) ?? allowed[0];
  }

  seconds(name: string, least = 0): number | undefined {
    return this.#parsed(name, `seconds, ${least} or more`, (text) => {
      const value = Number(text);
      return value >= least && value < Infinity ? value : undefined;
    });
  }

  /** `secret`: what travels there is worth protecting, so https is wanted, or http on loopback. */
  url(name: string, secret = false): ParsedUrl | undefined {
    return this.#parsed(name, secret ? protectedUrl : 'an http(s) URL', (text) => {
      const url = this.#page.parse(text);
      if (url?.protocol === 'https:') return url;
      return url?.protocol === 'http:' && (!secret || isLoopback(url)) ? url : undefined;
    });
  }

  /** A URL that is sent as it was written; a relative one is resolved. */
  writtenUrl(name: string): string | undefined {
    const url = this.url(name);
    return url && asWritten(this.text(name) ?? '', url);
  }

  /** An issuer is absolute (OpenID Connect Discovery §3); the page's address must not complete it. */
  authority(optional: boolean): string {
    const name = 'authority';
    if (optional && this.text(name) === undefined) return '';
    const text = this.#matching(name, /^https?:\/\//i, protectedUrl);
    this.required(name, this.url(name, true));
    return text;
  }

  environment(): Environment {
    const name = 'environment';
    return this.required(name, this.#parsed(name, 'a Genesys Cloud environment such as prod-euw1', readEnvironment));
  }

  /** RFC 6749 §3.1.2: absolute, without fragment. Answers are posted within the origin, so it must be ours. */
  redirectUri(): string {
    const own = this.#page.href.replace(/[?#].*$/s, '');
    const text = this.text('redirectUri') ?? own;
    const url = this.#page.parse(text);
    const origin = this.#page.parse(own)?.origin;
    return url && !text.includes('#') && url.origin === origin
      ? asWritten(text, url)
      : this.#refuse('redirectUri', text, `a URL of ${origin ?? 'this origin'} without fragment`);
  }

  pairs(name: string): QueryPairs {
    const pairs = this.#parsed(name, 'a query string', decodePairs) ?? [];
    const taken = pairs.find(([key]) => reserved.has(key));
    if (taken) this.#refuse(name, taken[0], 'parameters that the element does not set itself');
    return pairs;
  }

  object(name: string): Readonly<Record<string, unknown>> | undefined {
    const value = this.#raw[name] ?? undefined;
    if (value === undefined || value === '[object Object]') return undefined;
    if (typeof value !== 'object') this.#refuse(name, typeof value, 'an object');
    return value as Readonly<Record<string, unknown>>;
  }

  /** Whether there is one: a configuration is compared as JSON, which holds no functions. */
  callable(name: string): boolean {
    const value = this.#raw[name] ?? undefined;
    if (value !== undefined && typeof value !== 'function') this.#refuse(name, typeof value, 'a function');
    return value !== undefined;
  }

  modes(): readonly SignInMode[] {
    const name = 'signInModes';
    const words = (this.text(name) ?? 'silent popup').toLowerCase().split(/[\s,]+/);
    const unknown = words.find((word) => !rungOrder.some((mode) => mode === word));
    if (unknown !== undefined) this.#refuse(name, unknown, rungOrder.join(', '));
    return rungOrder.filter((mode) => words.includes(mode));
  }

  /** What the text means; undefined when there is none. */
  #parsed<T>(name: string, wanted: string, parse: (text: string) => T | undefined): T | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : (parse(text) ?? this.#refuse(name, text, wanted));
  }

  #matching(name: string, pattern: RegExp, wanted: string): string {
    return this.required(
      name,
      this.#parsed(name, wanted, (text) => (pattern.test(text) ? text : undefined)),
    );
  }

  #refuse(property: string, found: string | undefined, wanted: string): never {
    const scripted = propertiesOnly.includes(property);
    const name = scripted ? property : attributeOf(property);
    const shown = found === undefined ? 'nothing' : `“${found.slice(0, 80)}”`;
    throw new GcAuthError('config-invalid', {
      message: `${scripted ? 'Property' : 'Attribute'} ${name}: found ${shown}, wanted ${wanted}.`,
      hint: `Set ${name} on <gc-auth-messenger> to ${wanted}.`,
    });
  }
}
