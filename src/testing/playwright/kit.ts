import { isLoopback } from '../../core/script-url.js';
import { MemoryGenesys } from '../memory/memory-genesys.js';
import { MemoryLogins } from '../memory/memory-logins.js';
import type { ContextLike, RouteLike } from './driver.js';
import { GenesysRoutes } from './genesys-routes.js';
import { readOptions } from './options.js';
import type { GenesysKitOptions, KitSettings } from './options.js';
import type { PageAnswer } from './pages.js';
import { Provider } from './provider.js';
import type { KitRequest } from './requests.js';

/** Genesys Cloud and a provider behind the pages of a browser context. */
export interface GenesysKit {
  /** The provider knows this person: silent sign-in succeeds. Default: `alice`. */
  signIn(sub?: string): void;
  /** The provider knows nobody: silent sign-in fails with `login_required`. Messenger stays signed in. */
  signOut(): void;
  /** The provider answers every authorization request with this OAuth error code. `null`: it answers as usual again. */
  refuse(error: string | null): void;
  /** `true`: Genesys refuses codes with 401. `false`: it accepts them again. */
  refuseCodes(refuse: boolean): void;
  /**
   * Genesys refuses every JWT issued so far and, with `refreshTokens`, every refresh token too. It closes the sockets, so
   * that an open conversation notices at once.
   */
  expire(options?: { refreshTokens?: boolean }): Promise<void>;
  /** Delay of every answer of the provider and of Genesys, in milliseconds. */
  slowDown(latencyMs: number): void;
  /** What the kit answered so far, oldest first. */
  readonly requests: readonly KitRequest[];
  /** Where page and kit disagree, as sentences. A test may expect it to be empty. */
  readonly problems: readonly string[];
}

const kits = new WeakMap<object, GenesysKit>();

/** The kit of a browser context; undefined where none was started. */
export const kitOf = (context: object): GenesysKit | undefined => kits.get(context);

/**
 * Answers, in the pages of this context, for Genesys Cloud and for the provider. Call it before a page is opened. The page
 * itself, its scripts and its callback page are not touched.
 *
 * @throws GcAuthError `config-invalid` for an option that is missing or malformed
 */
export async function startGenesysKit(context: ContextLike, options: GenesysKitOptions): Promise<GenesysKit> {
  const settings = readOptions(options);
  const requests: KitRequest[] = [];
  const problems: string[] = [];
  const note = (request: KitRequest): void => {
    requests.push(request);
    if (request.problem !== undefined) problems.push(`${request.to}, ${request.name}: ${request.problem}`);
  };
  const logins = new MemoryLogins(settings.jwtSeconds);
  const genesys = new MemoryGenesys(logins);
  const provider = new Provider(settings, logins, options.sub, (problem) =>
    problems.push(`genesys, exchange: ${problem}`),
  );
  const genesysRoutes = new GenesysRoutes(settings, genesys, note);
  const providerAnswer = providerAnswers(settings, provider, note);

  // Chromium treats answers of the kit as those of a public server, which may not open pages of this machine.
  if (settings.redirectUris.some((uri) => isLoopback(new URL(uri)))) {
    await context.grantPermissions(['local-network-access']).catch(() => undefined);
  }
  await context.routeWebSocket(
    (url) => genesysRoutes.answersSocket(url),
    (socket) => genesysRoutes.connect(socket),
  );
  await context.route(
    (url) => genesysRoutes.answers(url) || providerAnswer(url) !== undefined,
    async (route) => {
      const request = route.request();
      const url = new URL(request.url());
      if (request.method() === 'OPTIONS') return fulfill(route, { status: 204 });
      const atProvider = providerAnswer(url);
      if (atProvider) {
        await delay(genesys.latencyMs);
        return fulfill(route, atProvider());
      }
      const { authorization } = request.headers();
      const answer = { method: request.method(), body: request.postData(), authorization };
      return fulfill(route, await genesysRoutes.answer(url, answer));
    },
  );

  const kit: GenesysKit = {
    signIn: (sub) => provider.signIn(sub),
    signOut: () => void (provider.sub = null),
    refuse: (error) => void (provider.refusal = error),
    refuseCodes: (refuse) => void (genesys.refuseCodes = refuse),
    expire: async ({ refreshTokens = false } = {}) => {
      logins.expireJwts();
      if (refreshTokens) logins.revokeRefreshTokens();
      await genesysRoutes.closeSockets();
    },
    slowDown: (latencyMs) => void (genesys.latencyMs = latencyMs),
    requests,
    problems,
  };
  kits.set(context, kit);
  return kit;
}

type Answer = Parameters<RouteLike['fulfill']>[0];

/** @returns the answer for an address of the provider; `undefined` for every other address */
function providerAnswers(
  { metadataUrl, authorizationEndpoint, endSessionEndpoint }: KitSettings,
  provider: Provider,
  note: (request: KitRequest) => void,
): (url: URL) => (() => Answer) | undefined {
  const show = (
    name: KitRequest['name'],
    { status, body, error, problem }: PageAnswer,
    more: Pick<KitRequest, 'silent'> = {},
  ): Answer => {
    note({ to: 'provider', name, status, ...more, ...(error && { error }), ...(problem && { problem }) });
    return { status, body, headers: { 'content-type': 'text/html; charset=utf-8' } };
  };
  const isAt = (url: URL, address: string): boolean => {
    const { origin, pathname } = new URL(address);
    return url.origin === origin && url.pathname === pathname;
  };
  return (url) => {
    if (isAt(url, metadataUrl)) {
      return () => {
        note({ to: 'provider', name: 'discovery', status: 200 });
        const headers = { 'content-type': 'application/json' };
        return { status: 200, headers, body: JSON.stringify(provider.discovery()) };
      };
    }
    if (isAt(url, authorizationEndpoint)) {
      const silent = url.searchParams.get('prompt') === 'none';
      return () => show('authorize', provider.authorize(url), { silent });
    }
    if (isAt(url, endSessionEndpoint)) return () => show('end-session', provider.endSession(url));
    return undefined;
  };
}

const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, DELETE',
  'access-control-allow-headers': 'authorization, content-type',
  'cache-control': 'no-store',
};

/** A page that closed in the meantime needs no answer. */
const fulfill = (route: RouteLike, answer: Answer): Promise<void> =>
  route.fulfill({ ...answer, headers: { ...cors, ...answer.headers } }).catch(() => undefined);

const delay = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
