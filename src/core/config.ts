import { GcAuthError } from './errors.js';
import type { Rung } from './errors.js';

/** A URL as the platform's `URL` gives it; the core has no DOM and is handed the parser. */
export interface ParsedUrl {
  readonly href: string;
  readonly origin: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly search: string;
  readonly hash: string;
}

/** What the configuration has to know of the page it stands in. */
export interface PageAddress {
  /** The address of the page, with query and fragment. */
  readonly href: string;
  /** `undefined` when the text is no URL. Relative texts are resolved against the page. */
  parse(text: string): ParsedUrl | undefined;
}

/** Attribute and property values as the page gave them, by property name. */
export type RawConfig = Readonly<Partial<Record<string, unknown>>>;

export type SignInMode = Exclude<Rung, 'page'>;

export interface GenesysConfig {
  readonly deploymentId: string;
  readonly environment: string;
  readonly scriptUrl: string;
  /** Where `domains.json` and `config.json` of the deployment are public. */
  readonly configOrigin: string;
  readonly debug: boolean;
  readonly nonce: string | undefined;
}

export interface OidcConfig {
  readonly authority: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly authorizeParams: ReadonlyArray<readonly [string, string]>;
  readonly loginHint: string | undefined;
  readonly acrValues: string | undefined;
  /** Seconds. */
  readonly maxAge: number | undefined;
  readonly uiLocales: string | undefined;
  readonly responseMode: 'auto' | 'query' | 'fragment';
  readonly disablePkce: boolean;
  readonly metadataUrl: string | undefined;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
  readonly postLogoutRedirectUri: string | undefined;
}

export interface Config {
  readonly genesys: GenesysConfig;
  readonly oidc: OidcConfig;
  readonly loading: 'eager' | 'idle' | 'interaction';
  /** In the order in which they are tried. */
  readonly signInModes: readonly SignInMode[];
  readonly renew: 'auto' | 'on-demand' | 'off';
  readonly silentTimeoutMs: number;
  readonly popupTimeoutMs: number;
}

/**
 * The domain of each Genesys Cloud environment. Short aliases (`euw1`, `use1`) and domains are understood too.
 * @see https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/
 */
const domains: Readonly<Record<string, string>> = {
  prod: 'mypurecloud.com',
  'prod-usw2': 'usw2.pure.cloud',
  'prod-cac1': 'cac1.pure.cloud',
  'prod-euw1': 'mypurecloud.ie',
  'prod-euw2': 'euw2.pure.cloud',
  'prod-euc1': 'mypurecloud.de',
  'prod-euc2': 'euc2.pure.cloud',
  'prod-aps1': 'aps1.pure.cloud',
  'prod-apne1': 'mypurecloud.jp',
  'prod-apne2': 'apne2.pure.cloud',
  'prod-apne3': 'apne3.pure.cloud',
  'prod-apse1': 'apse1.pure.cloud',
  'prod-apse2': 'mypurecloud.com.au',
  'prod-sae1': 'sae1.pure.cloud',
  'prod-mec1': 'mec1.pure.cloud',
  'prod-mxc1': 'mxc1.pure.cloud',
  'fedramp-use2-core': 'use2.us-gov-pure.cloud',
  'eusc-edee1-core': 'edee1.eusc-pure.cloud',
};

const aliases: Readonly<Record<string, string>> = { use1: 'prod', 'prod-use1': 'prod', 'fedramp-use2': 'fedramp-use2-core' };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const kebab = (property: string): string => property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Name and domain of an environment, or undefined when there is no such one. */
export function readEnvironment(text: string): { readonly name: string; readonly domain: string } | undefined {
  const lower = text.trim().toLowerCase();
  const name = aliases[lower] ?? (lower in domains ? lower : `prod-${lower}`);
  const domain = domains[name];
  if (domain) return { name, domain };
  const byDomain = Object.entries(domains).find(([, value]) => value === lower);
  return byDomain && { name: byDomain[0], domain: lower };
}

/** Reads what a page wrote; throws `config-invalid` naming the attribute, what was found and what is wanted. */
export function readConfig(raw: RawConfig, page: PageAddress): Config {
  const reader = new Reader(raw, page);
  const environment = reader.environment();
  const scriptUrl = reader.url('scriptUrl', true);
  return {
    genesys: {
      deploymentId: reader.matching('deploymentId', uuid, 'a UUID'),
      environment: environment.name,
      scriptUrl: scriptUrl?.href ?? `https://apps.${environment.domain}/genesys-bootstrap/genesys.min.js`,
      configOrigin: isLoopback(scriptUrl) ? scriptUrl.origin : `https://api-cdn.${environment.domain}`,
      debug: reader.flag('debug'),
      nonce: reader.text('nonce'),
    },
    oidc: {
      authority: reader.authority(),
      clientId: reader.required('clientId', reader.text('clientId')),
      redirectUri: reader.redirectUri(),
      scope: reader.text('scope') ?? 'openid',
      authorizeParams: reader.pairs('authorizeParams'),
      loginHint: reader.text('loginHint'),
      acrValues: reader.text('acrValues'),
      maxAge: reader.seconds('maxAge'),
      uiLocales: reader.text('uiLocales'),
      responseMode: reader.choice('responseMode', ['auto', 'query', 'fragment']),
      disablePkce: reader.flag('disablePkce'),
      metadataUrl: reader.url('metadataUrl', true)?.href,
      metadata: reader.object('metadata'),
      postLogoutRedirectUri: reader.url('postLogoutRedirectUri')?.href,
    },
    loading: reader.choice('loading', ['eager', 'idle', 'interaction']),
    signInModes: reader.modes(),
    renew: reader.choice('renew', ['auto', 'on-demand', 'off']),
    silentTimeoutMs: (reader.seconds('silentTimeout', 1) ?? 10) * 1000,
    popupTimeoutMs: (reader.seconds('popupTimeout', 1) ?? 300) * 1000,
  };
}

const isLoopback = (url: ParsedUrl | undefined): url is ParsedUrl =>
  url !== undefined && /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);

const rungOrder: readonly SignInMode[] = ['silent', 'popup', 'redirect'];

class Reader {
  constructor(
    raw: RawConfig,
    page: PageAddress,
  ) {
    this.#raw = raw;
    this.#page = page;
  }

  readonly #raw: RawConfig;
  readonly #page: PageAddress;

  /** Trimmed text; undefined when absent, empty, or what a framework made of an object. */
  text(name: string): string | undefined {
    const value = this.#raw[name];
    if (value === undefined || value === null) return undefined;
    const text = (value as { toString(): string }).toString().trim();
    return text === '' || text === '[object Object]' ? undefined : text;
  }

  required<T>(name: string, value: T | undefined): T {
    if (value === undefined) throw this.invalid(name, 'nothing', 'a value');
    return value;
  }

  matching(name: string, pattern: RegExp, wanted: string): string {
    const text = this.required(name, this.text(name));
    if (!pattern.test(text)) throw this.invalid(name, text, wanted);
    return text;
  }

  /** Frameworks write `"false"` for a boolean that is off. */
  flag(name: string): boolean {
    const value = this.#raw[name];
    return value === true || (typeof value === 'string' && value !== 'false');
  }

  choice<const T extends string>(name: string, allowed: readonly [T, ...T[]]): T {
    const text = this.text(name)?.toLowerCase();
    const found = text === undefined ? allowed[0] : allowed.find((one) => one === text);
    if (found === undefined) throw this.invalid(name, text, allowed.join(', '));
    return found;
  }

  seconds(name: string, least = 0): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!Number.isFinite(value) || value < least) throw this.invalid(name, text, `seconds, ${least} or more`);
    return value;
  }

  /** `secret`: what travels there is worth protecting, so https is wanted, or http on loopback. */
  url(name: string, secret = false): ParsedUrl | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const url = this.#page.parse(text);
    const safe = url && (url.protocol === 'https:' || (url.protocol === 'http:' && (!secret || isLoopback(url))));
    if (!safe) throw this.invalid(name, text, secret ? 'an https URL (http on loopback)' : 'an http(s) URL');
    return url;
  }

  /** An issuer is absolute (OpenID Connect Discovery §3); the page's address must not complete it. */
  authority(): string {
    const text = this.matching('authority', /^https?:\/\//i, 'an https URL (http on loopback)');
    return (this.url('authority', true)?.href ?? text).replace(/\/$/, '');
  }

  environment(): { readonly name: string; readonly domain: string } {
    const text = this.required('environment', this.text('environment'));
    return this.required('environment', readEnvironment(text) ?? this.#unknown('environment', text));
  }

  #unknown(name: string, text: string): never {
    throw this.invalid(name, text, 'a Genesys Cloud environment such as prod-euw1');
  }

  /** RFC 6749 §3.1.2: absolute, without fragment. Answers are posted within the origin, so it must be ours. */
  redirectUri(): string {
    const own = this.#page.href.replace(/[?#].*$/s, '');
    const text = this.text('redirectUri') ?? own;
    const url = this.#page.parse(text);
    const page = this.#page.parse(own);
    if (!url || text.includes('#') || url.origin !== page?.origin) {
      throw this.invalid('redirectUri', text, `a URL of ${page?.origin ?? 'this origin'} without fragment`);
    }
    return url.href;
  }

  pairs(name: string): ReadonlyArray<readonly [string, string]> {
    const text = this.text(name)?.replace(/^\?/, '');
    if (text === undefined) return [];
    try {
      return text
        .split('&')
        .filter(Boolean)
        .map((pair) => {
          const [key = '', value = ''] = pair.split(/=(.*)/s).map((part) => decodeURIComponent(part.replace(/\+/g, ' ')));
          if (reserved.has(key)) throw this.invalid(name, key, 'parameters that the element does not set itself');
          return [key, value] as const;
        });
    } catch (thrown) {
      throw thrown instanceof GcAuthError ? thrown : this.invalid(name, text, 'a query string');
    }
  }

  object(name: string): Readonly<Record<string, unknown>> | undefined {
    const value = this.#raw[name];
    if (value === undefined || value === null || value === '[object Object]') return undefined;
    if (typeof value !== 'object') throw this.invalid(name, typeof value, 'an object');
    return value as Readonly<Record<string, unknown>>;
  }

  modes(): readonly SignInMode[] {
    const words = (this.text('signInModes') ?? 'silent popup').toLowerCase().split(/[\s,]+/);
    const unknown = words.find((word) => !rungOrder.some((mode) => mode === word));
    if (unknown !== undefined) throw this.invalid('signInModes', unknown, rungOrder.join(', '));
    return rungOrder.filter((mode) => words.includes(mode));
  }

  invalid(property: string, found: string | undefined, wanted: string): GcAuthError {
    const attribute = kebab(property);
    const shown = found === 'nothing' ? 'nothing' : `“${(found ?? '').slice(0, 80)}”`;
    return new GcAuthError('config-invalid', {
      message: `Attribute ${attribute}: found ${shown}, wanted ${wanted}.`,
      hint: `Set ${attribute} on <gc-auth-messenger> to ${wanted}.`,
    });
  }
}

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
