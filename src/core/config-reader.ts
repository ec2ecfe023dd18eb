import { decodePairs, isReserved, parameterOf, withAttribute } from './authorize-params.js';
import type { QueryPairs } from './authorize-params.js';
import { AttributeReader } from './attribute-reader.js';
import type { PageAddress, ParsedUrl, RawConfig, SignInMode } from './config.js';
import { readEnvironment } from './environments.js';
import type { Environment } from './environments.js';
import { policyHint, wellKnown } from './issuer-address.js';
import { isLeftover, isLeftoverUrl } from './leftovers.js';
import { isLoopback, isOnOrigin, isScriptUrlForMarkup, originOfPage } from './script-url.js';

const rungOrder: readonly SignInMode[] = ['silent', 'silent-redirect', 'popup', 'redirect'];

const secureUrl = 'an https URL (http on loopback)';

const scriptHosts = 'a URL on a Genesys Cloud host, on this origin or on loopback';

const hasCredentials = ({ username, password }: ParsedUrl): boolean => username !== '' || password !== '';

const isAbsolute = (text: string): boolean => /^[a-z][a-z\d+.-]*:/i.test(text);

/** Providers compare URLs character by character, so an absolute one stays as it was written. */
const asWritten = (text: string, { href }: ParsedUrl): string => (isAbsolute(text) ? text : href);

/** Reads what only this element has: URLs, the issuer, the environment, the rungs, parameters of the request. */
export class ConfigReader extends AttributeReader {
  constructor(raw: RawConfig, page: PageAddress) {
    super(raw);
    this.#page = page;
  }

  readonly #page: PageAddress;

  /**
   * A URL without user name and password, resolved against the page; undefined when absent. `secure`: http is accepted on
   * loopback only.
   */
  url(name: string, secure = false): ParsedUrl | undefined {
    const wanted = secure ? secureUrl : 'an http(s) URL';
    return this.parsed(name, wanted, (text) => {
      const url = this.#resolve(text);
      const isAllowed =
        url?.protocol === 'http:'
          ? !secure || isLoopback(url)
          : url && (url.protocol === 'https:' || isOnOrigin(url, this.#page));
      return isAllowed ? url : this.#rejectUrl(name, text, wanted);
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
    return this.#rejectUrl(
      name,
      this.text(name) ?? '',
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
    const text = this.matching(name, /^https?:\/\//i, secureUrl);
    const url = this.required(name, this.url(name, true));
    const issuer = wellKnown.test(text) ? text.replace(wellKnown, '').replace(/\?.*/s, '') : text;
    if (/[?#]/.test(issuer) || text.includes('#')) {
      const more = /[?&]p=|b2c/i.test(text) ? policyHint(text, url) : undefined;
      this.reject(name, text, 'a URL without query and fragment', more);
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
    return this.required(name, this.parsed(name, 'a Genesys Cloud environment such as prod-euw1', readEnvironment));
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
      : this.#rejectUrl(name, text, origin ? `a URL of ${origin} without fragment` : 'a page that has an http(s) URL');
  }

  /** A query string as pairs; empty when absent. */
  pairs(name: string): QueryPairs {
    const read = (text: string): QueryPairs | undefined => (isLeftover(text) ? undefined : decodePairs(text));
    const pairs = this.parsed(name, 'a query string', read) ?? [];
    for (const [key] of pairs) {
      const parameter = parameterOf(key);
      if (isReserved(parameter)) this.reject(name, key, 'parameters that the element does not set itself');
      if (withAttribute.has(parameter)) {
        this.reject(name, key, `parameters without an attribute, such as ${parameter.replace('_', '-')}`);
      }
    }
    return pairs;
  }

  /** The rungs of `sign-in-modes`, in the order in which they are tried. Absent: `silent popup`. */
  modes(): readonly SignInMode[] {
    const name = 'signInModes';
    const words = (this.text(name) ?? 'silent popup').toLowerCase().split(/[\s,]+/);
    const unknown = words.find((word) => !rungOrder.some((mode) => mode === word));
    if (unknown !== undefined) this.reject(name, unknown, rungOrder.join(', '));
    return rungOrder.filter((mode) => words.includes(mode));
  }

  /** Shows what a relative URL was resolved to: pages expect a `<base>` to count. */
  #rejectUrl(name: string, text: string, wanted: string, more?: string): never {
    return this.reject(name, text, wanted, more, isAbsolute(text) ? undefined : this.#page.parse(text)?.href);
  }

  /** Undefined for what is no URL, has a user name, or would count as relative but was not meant so. */
  #resolve(text: string): ParsedUrl | undefined {
    const url = this.#page.parse(text);
    const lacksScheme = originOfPage(this.#page)?.endsWith(`//${text.split('/')[0]}`);
    return url && !hasCredentials(url) && !isLeftoverUrl(text) && !lacksScheme ? url : undefined;
  }
}
