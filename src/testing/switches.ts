/**
 * Everything about Genesys Cloud that is uncertain or goes wrong in life, as a switch.
 *
 * The server switches live in the stand-in's server, one set per deployment; the browser switches
 * travel to the page in `config.json` under `standIn` and can be changed there at any moment with
 * `genesysStandIn.set(…)`.
 */
export interface ServerSwitches {
  /** Life of a Genesys JWT in seconds; the provider's access-token life caps it. */
  jwtSeconds: number;
  /** Life of a Genesys refresh token in seconds. */
  refreshTokenSeconds: number;
  /** `false`: the exchange answers without a refresh token, as with a provider that gives none. */
  issueRefreshToken: boolean;
  /** Refreshing a JWT that is still valid brings the same JWT again. */
  sameJwtWhileValid: boolean;
  /** Status with which an expired or unknown JWT is refused on the socket. */
  configureRefusal: 401 | 403;
  /** HTTP status of every exchange, or `0`: exchanges work. */
  failExchange: 0 | 401 | 403 | 429 | 500 | 503;
  /** HTTP status of every refresh, or `0`: refreshes work. */
  failRefresh: 0 | 401 | 403 | 429 | 500 | 503;
  /** HTTP status of every revoke, or `0`: revokes work. */
  failRevoke: 0 | 401 | 403 | 429 | 500 | 503;
  /** Exchanges, refreshes and revokes are accepted and never answered. */
  hang: boolean;
  /** Added to every HTTP answer and socket frame, in milliseconds. */
  latencyMs: number;
  /** Longest life of a socket in seconds (2 h at Genesys). */
  socketSeconds: number;
  /** `domains.json`; `null` allows all. */
  allowedDomains: string[] | null;
  /** `config.json` answers 404. */
  configMissing: boolean;
  status: 'Active' | 'Inactive';
  authEnabled: boolean;
  allowSessionUpgrade: boolean;
  headless: boolean;
  autoStart: boolean;
}

export interface BrowserSwitches {
  /** Messenger refreshes an expired JWT by itself before it configures a socket (documented; users report it does not). */
  autoRefresh: boolean;
  /** What a resolved `AuthProvider.reAuthenticate` leads to. */
  reAuthenticateResolve: 'honoured' | 'ignored-once' | 'ignored-until-nudged' | 'ignored';
  /** When the first `getAuthCode` comes on a page without tokens. */
  firstAuthCode: 'at-load' | 'at-open' | 'never';
  /** After a failed exchange `getAuthCode` is asked once more with `forceUpdate`. */
  forceUpdate: boolean;
  /** `Auth.authenticated` and `Auth.loggedOut` are replayed to late subscribers. */
  republishAuth: boolean;
  /** What was typed and not sent is still there after a reload or a redirect, in this tab (assumed; nobody documents it). */
  keepsDraft: boolean;
  /** A plugin name that is taken: its callback is called with `undefined`, or not at all. */
  takenName: 'silent' | 'callback';
  /** Commands that never settle, by full name (`Auth.refreshToken`). */
  hangingCommands: string[];
  /** The queue is never drained, as when the configuration cannot be had. */
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
