/**
 * Fault switches: everything about Genesys Cloud that is uncertain, configurable or able to fail.
 *
 * Each switch says what it does, its default, and what is known of Genesys Cloud:
 * - *Documented*: by Genesys, in its documentation or open-source code.
 * - *Observed*: in the published script or the live service.
 * - *Reported*: by users or integrators; not confirmed.
 * - *Assumed*: nothing is known, so the product must work with every value.
 *
 * Documentation: https://developer.genesys.cloud/commdigital/digital/webmessaging/
 */

/** HTTP status with which a call fails, or `0`: the call succeeds. */
export type FailureStatus = 0 | 401 | 403 | 429 | 500 | 503;

/** Switches of the stand-in's server, one set per deployment. They apply to all requests that follow. */
export interface ServerSwitches {
  // Tokens

  /**
   * Lifetime of a Genesys JWT, in seconds, capped by the lifetime of the provider's access token. Default: 900.
   *
   * Documented: 15 minutes, with the same cap.
   */
  jwtSeconds: number;
  /**
   * Lifetime of a Genesys refresh token, in seconds. Default: 86,400.
   *
   * Documented: 24 hours, or between 15 minutes and 90 days where the integration sets it.
   */
  refreshTokenSeconds: number;
  /**
   * `false`: the exchange returns no refresh token, even if the provider does. Default: `true`.
   *
   * Documented: `refreshToken` is optional in the response. It is absent where the provider issues none, for example
   * without the scope `offline_access`.
   */
  issueRefreshToken: boolean;
  /**
   * `true`: a refresh returns the current JWT for as long as that is valid. Default: `false`.
   *
   * Documented and reported: no new JWT before the current one expires.
   */
  sameJwtWhileValid: boolean;
  /**
   * Code of the error frame for a session that is configured with an expired or unknown JWT. Default: 401.
   *
   * Documented: 401 in Genesys' mobile client, 403 for the JavaScript SDK.
   */
  configureRefusal: 401 | 403;

  // Failing calls

  /** Every exchange of a code fails with this status. Default: 0. Documented: error statuses of the Platform API. */
  failExchange: FailureStatus;
  /** Every token refresh fails with this status. Default: 0. Documented: as `failExchange`. */
  failRefresh: FailureStatus;
  /** Every token revocation fails with this status. Default: 0. Documented: as `failExchange`. */
  failRevoke: FailureStatus;
  /**
   * `true`: exchange, refresh and revocation requests never get a response. Default: `false`.
   *
   * Stands for a lost connection that no one has noticed yet.
   */
  hang: boolean;
  /** Delay of every HTTP response and WebSocket frame, in milliseconds. Default: 0. */
  latencyMs: number;
  /**
   * Longest lifetime of a WebSocket connection, in seconds; then the server closes it. Default: 7,200.
   *
   * Documented by Genesys staff: 2 hours.
   */
  socketSeconds: number;

  // Configuration of the deployment

  /**
   * Host names that may use the deployment, subdomains included; `null` allows all. Default: `null`.
   *
   * Observed: the script reads the list from `domains.json` before it starts, and the API checks the `Origin` header.
   */
  allowedDomains: string[] | null;
  /** `true`: `config.json` answers 404, as for an unknown deployment. Default: `false`. */
  configMissing: boolean;
  /** `Inactive`: no product loads. Default: `Active`. Documented: `status` of `config.json`. */
  status: 'Active' | 'Inactive';
  /** `false`: the `Auth` plugin does not start. Default: `true`. Documented: `auth.enabled` of `config.json`. */
  authEnabled: boolean;
  /**
   * `true`: a guest may chat, and sign in later (step-up). `false`: with `authEnabled`, guests are refused. Default:
   * `false`.
   *
   * Documented: `auth.allowSessionUpgrade` of `config.json`.
   */
  allowSessionUpgrade: boolean;
  /**
   * `true`: no launcher and no window, and `MessagingService` is ready at load. Default: `false`.
   *
   * Documented: `headlessMode.enabled` of `config.json`.
   */
  headless: boolean;
  /**
   * `true`: Messenger opens a new conversation with a presence event of type `Join`. Default: `false`.
   *
   * Documented: `autoStart.enabled` of `config.json`.
   */
  autoStart: boolean;

  // Look of Messenger, from the same configuration

  /**
   * The side of launcher and window; `Auto` follows the direction of the page. Default: `Auto`.
   *
   * Documented: `position.alignment` of `config.json`.
   */
  alignment: 'Auto' | 'Left' | 'Right';
  /** Distance of the launcher's frame from the side, in CSS px. Default: 20. Documented: `position.sideSpace`. */
  sideSpace: number;
  /** Distance of the launcher's frame from the bottom, in CSS px. Default: 12. Documented: `position.bottomSpace`. */
  bottomSpace: number;
  /** Colour of Messenger, `#rrggbb`. Default: `#0165A7`. Documented: `messenger.styles.primaryColor`. */
  primaryColor: string;
  /**
   * `Off`: no launcher. `OnDemand`: none before `Launcher.show` or `Messenger.open`. Default: `On`.
   *
   * Documented: `messenger.launcherButton.visibility`.
   */
  launcherVisibility: 'On' | 'Off' | 'OnDemand';
  /** What the launcher shows. Default: `Icon`. Documented: `messenger.launcherButton.displayType`. */
  launcherDisplay: 'Icon' | 'Text' | 'IconAndText';
  /** Text of the launcher. Default: none, so it is “Message Us”. Documented: `customI18nLabels`. */
  launcherText: string;
}

/**
 * Switches of the stand-in in the page. The server passes them in `config.json` under `standIn`; a test changes them
 * with `genesysStandIn.set(…)`.
 */
export interface BrowserSwitches {
  /**
   * `true`: Messenger refreshes an expired JWT by itself before it configures a session, and a refused JWT once.
   * Default: `false`: it calls `AuthProvider.reAuthenticate` instead.
   *
   * Documented: it refreshes by itself. Reported: it does not.
   */
  autoRefresh: boolean;
  /**
   * What follows when `AuthProvider.reAuthenticate` resolves. Default: `honoured`.
   * - `honoured`: Messenger exchanges the code, or calls `getAuthCode` if it resolved without one.
   * - `ignored-once`: nothing; the next resolve is honoured.
   * - `ignored-until-nudged`: nothing, until the page calls `Auth.getTokens` or publishes `AuthProvider.ready` again.
   * - `ignored`: nothing, and `Auth.getTokens` does not settle either.
   *
   * Documented: honoured. Reported: the "Re-authenticating…" alert stays for ever.
   */
  reAuthenticateResolve: 'honoured' | 'ignored-once' | 'ignored-until-nudged' | 'ignored';
  /**
   * When Messenger first calls `AuthProvider.getAuthCode` on a page without stored tokens. Default: `at-load`.
   * - `at-load`: as soon as `AuthProvider` is ready.
   * - `at-open`: when the window opens.
   * - `never`: only after the page calls a command of `Auth`.
   *
   * Documented: at load. Reported: at open.
   */
  firstAuthCode: 'at-load' | 'at-open' | 'never';
  /**
   * `true`: after a failed exchange Messenger calls `AuthProvider.getAuthCode` once more, with `forceUpdate`. Default:
   * `true`.
   *
   * Documented: the option, in a sample of Genesys. Assumed: when it is sent.
   */
  forceUpdate: boolean;
  /**
   * `true`: late subscribers to `Auth.authenticated` and `Auth.loggedOut` get the latest event. Default: `false`.
   *
   * Assumed.
   */
  republishAuth: boolean;
  /**
   * `true`: text that was typed and not sent is restored after a reload of this tab. Default: `true`.
   *
   * Assumed.
   */
  keepsDraft: boolean;
  /**
   * `registerPlugin` with a name that is taken: `silent` never calls its callback, `callback` calls it with
   * `undefined`. Default: `silent`.
   *
   * Observed: the registration fails. Assumed: both values.
   */
  takenName: 'silent' | 'callback';
  /**
   * Commands that never settle, by full name, for example `Auth.refreshToken`. Default: none.
   *
   * Observed: some commands do not settle, for example `MessagingService.startConversation` during a connection.
   */
  hangingCommands: string[];
  /**
   * `true`: calls in the snippet's queue never run. Default: `false`.
   *
   * Observed: this happens when `domains.json` or `config.json` cannot be loaded.
   */
  queueStuck: boolean;
}

export const serverDefaults: Readonly<ServerSwitches> = Object.freeze({
  jwtSeconds: 900,
  refreshTokenSeconds: 86_400,
  issueRefreshToken: true,
  sameJwtWhileValid: false,
  configureRefusal: 401,
  failExchange: 0,
  failRefresh: 0,
  failRevoke: 0,
  hang: false,
  latencyMs: 0,
  socketSeconds: 7_200,
  allowedDomains: null,
  configMissing: false,
  status: 'Active',
  authEnabled: true,
  allowSessionUpgrade: false,
  headless: false,
  autoStart: false,
  alignment: 'Auto',
  sideSpace: 20,
  bottomSpace: 12,
  primaryColor: '#0165A7',
  launcherVisibility: 'On',
  launcherDisplay: 'Icon',
  launcherText: '',
});

export const browserDefaults: Readonly<BrowserSwitches> = Object.freeze({
  autoRefresh: false,
  reAuthenticateResolve: 'honoured',
  firstAuthCode: 'at-load',
  forceUpdate: true,
  republishAuth: false,
  keepsDraft: true,
  takenName: 'silent',
  hangingCommands: [],
  queueStuck: false,
});
