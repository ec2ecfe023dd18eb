import { LitElement } from 'lit';
import type { OidcMetadata } from 'oidc-client-ts';
import type { CodeProvider } from '../compose.js';
import type { RawConfig } from '../core/config.js';
import { isFalse } from '../core/leftovers.js';
import type { Strings } from './texts.js';

/** `"false"` in any letter case counts as absent, and so does what a template writes for no value, such as `"None"`. */
const flag = {
  fromAttribute: (value: string | null): boolean => value !== null && !isFalse(value),
  toAttribute: (value: boolean): string | null => (value ? '' : null),
};

/** Attributes and properties of the tag, as the page wrote them. They are checked when they are read together. */
export class ConfiguredElement extends LitElement {
  /** A property and its attribute have the same name, the attribute in kebab case. */
  static override properties = {
    deploymentId: { attribute: 'deployment-id' },
    environment: {},
    scriptUrl: { attribute: 'script-url' },
    debug: { converter: flag },
    loading: {},
    authority: {},
    clientId: { attribute: 'client-id' },
    redirectUri: { attribute: 'redirect-uri' },
    scope: {},
    signInModes: { attribute: 'sign-in-modes' },
    authorizeParams: { attribute: 'authorize-params' },
    loginHint: { attribute: 'login-hint' },
    acrValues: { attribute: 'acr-values' },
    maxAge: { attribute: 'max-age' },
    uiLocales: { attribute: 'ui-locales' },
    responseMode: { attribute: 'response-mode' },
    disablePkce: { attribute: 'disable-pkce', converter: flag },
    metadataUrl: { attribute: 'metadata-url' },
    renew: {},
    silentTimeout: { attribute: 'silent-timeout' },
    popupTimeout: { attribute: 'popup-timeout' },
    postLogoutRedirectUri: { attribute: 'post-logout-redirect-uri' },
    storageAccessUri: { attribute: 'storage-access-uri' },
    metadata: { attribute: false },
    codeProvider: { attribute: false },
    messengerEvents: { attribute: false },
    strings: { attribute: false },
  };

  /** `lang` belongs to every HTML element; a change of it changes the texts. */
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang'];
  }

  /** Messenger deployment, a UUID. Required. */
  deploymentId?: string;

  /** Genesys Cloud environment (`prod-euw1`), its alias (`euw1`) or domain (`mypurecloud.ie`). Required. */
  environment?: string;

  /**
   * Other address of `genesys.min.js`. As an attribute: on a Genesys Cloud host, on this origin, or on loopback (http too),
   * so that injected markup loads nothing foreign. Any other https host: only as a property, set by script. Default: from
   * `environment`.
   */
  get scriptUrl(): string | undefined {
    return this.#scriptUrl;
  }

  set scriptUrl(value: string | undefined) {
    const setByScript = !this.#readsAttribute;
    // The same text from another source is a change: it may be allowed now.
    const otherSource = setByScript !== this.#scriptUrlSetByScript;
    this.#scriptUrl = value;
    this.#scriptUrlSetByScript = setByScript;
    if (otherSource) this.requestUpdate('scriptUrl', undefined);
  }

  #scriptUrl: string | undefined;
  /** Also for a property that script set before the tag was defined. */
  #scriptUrlSetByScript = false;
  /** The browser reports an attribute, whose property Lit sets meanwhile. */
  #readsAttribute = false;

  /** Verbose, redacted console log; also passed to Messenger. */
  debug = false;

  /** When Messenger is fetched: at once, when the page is idle, or at the first click on a launcher that the element draws. */
  loading: 'eager' | 'idle' | 'interaction' = 'eager';

  /**
   * OpenID provider (issuer), https or http on loopback, without query and fragment; or the address of its discovery document,
   * which then names the issuer. Required.
   */
  authority?: string;

  /** Client registered for Genesys at the provider. Required. */
  clientId?: string;

  /** Where the provider answers, on this origin; sent as written. Default: this page without query and fragment. */
  redirectUri?: string;

  /**
   * Scopes of the request. Recommended: `openid profile email offline_access`, so that agents see name and e-mail, and
   * Genesys can refresh.
   */
  scope = 'openid';

  /**
   * Rungs allowed, tried in the order silent, silent-redirect, popup, redirect. `silent-redirect`: the page itself asks the
   * provider while it loads and nobody has used it, where frames do not work.
   */
  signInModes = 'silent popup';

  /** More parameters for the authorization request, as a query string; none that has an attribute. Default: none. */
  authorizeParams?: string;

  /** `login_hint` of OpenID Connect Core §3.1.2.1. Default: none. */
  loginHint?: string;

  /** `acr_values` of OpenID Connect Core §3.1.2.1. Default: none. */
  acrValues?: string;

  /** `max_age` of OpenID Connect Core §3.1.2.1 in seconds, plain digits; also handed to Genesys. Default: none. */
  maxAge?: number | string;

  /** `ui_locales` of OpenID Connect Core §3.1.2.1. Default: none. */
  uiLocales?: string;

  /** How the provider answers; `auto` takes the fragment in frame and popup where the provider announces it. */
  responseMode: 'auto' | 'query' | 'fragment' = 'auto';

  /** For providers that refuse PKCE (RFC 7636). */
  disablePkce = false;

  /** Other address of the discovery document. Default: from `authority`. */
  metadataUrl?: string;

  /** Keep the Genesys JWT fresh; refresh only when something needs it; or leave it to Messenger. */
  renew: 'auto' | 'on-demand' | 'off' = 'auto';

  /**
   * Longest silent attempt in seconds, 1 or more; at most 24.8 days count. The default may be shortened; what the page sets
   * counts as written.
   */
  silentTimeout: number | string = 10;

  /** Longest interactive attempt in seconds, 1 or more; at most 24.8 days count. */
  popupTimeout: number | string = 300;

  /** Where the provider returns to after sign-out; sent as written. Default: the provider's own page. */
  postLogoutRedirectUri?: string;

  /**
   * A page of the provider that calls `document.requestStorageAccess()` in a button of its own, an https URL. The prompt
   * shows it in place of its button where frames lack only the provider's cookies. Default: none.
   */
  storageAccessUri?: string;

  /**
   * The provider's discovery document. With an `authorization_endpoint` none is fetched; without one, it adds to the
   * fetched document. Default: fetched.
   */
  metadata?: Partial<OidcMetadata>;

  /**
   * The page's own way to a code, in place of `authority`, `client-id` and the rungs: called silently first, then in the
   * person's click. Default: none.
   */
  codeProvider?: CodeProvider;

  /**
   * Names of more Messenger events for `messenger$`, such as those of the page's own plugin: `['Checkout.paid']`. Default:
   * none; those that are known are always there.
   */
  messengerEvents?: readonly string[];

  /** Own wording, per key. Default: by `lang`. */
  strings?: Partial<Strings>;

  readonly #reported = new Set<string>();

  /** In XHTML and SVG pages, Chromium does not report the attributes that the parser sets. */
  override connectedCallback(): void {
    for (const { name, value } of this.attributes) {
      if (!this.#reported.has(name)) this.attributeChangedCallback(name, null, value);
    }
    super.connectedCallback();
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    this.#reported.add(name);
    this.#readsAttribute = true;
    super.attributeChangedCallback(name, old, value);
    this.#readsAttribute = false;
    if (name === 'lang') this.requestUpdate();
  }

  /** @internal */
  rawConfig(): RawConfig {
    const names = Object.keys(ConfiguredElement.properties) as Array<keyof this>;
    const properties = Object.fromEntries(names.map((name) => [name, this[name]]));
    return { ...properties, nonce: this.nonce, scriptUrlSetByScript: this.#scriptUrlSetByScript };
  }
}
