import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Provider } from 'oidc-provider';
import { HttpError, pathOf, send, sendHtml, sendJson } from '../http.js';
import { createConfiguration } from './configuration.js';
import type { ProviderControl } from './control.js';
import { serveControl } from './control-routes.js';
import { alterAnswers, answerInstead } from './faults.js';
import { sendCookiesAcrossSites, withholdFrameCookies } from './cookies.js';
import { cookieNames, serveSignIn } from './session-cookie.js';
import { serveFedCm } from './fedcm.js';
import { generateKeys } from './keys.js';
import { Log, recordEvents } from './log.js';
import { serveInteraction } from './login.js';
import { errorPage } from './pages.js';
import { activateStorageAccess, serveStorageAccessPage, storageAccessPath } from './storage-access.js';
import { Store } from './store.js';
import { checkedProviderPatch, providerDefaults, type ProviderSwitches } from './switches.js';
import { TokenRequestsByBrowsers } from './token-requests.js';

/** The confidential client with which Genesys redeems codes. Used for Messenger only. */
export const clientId = 'messenger-web';

export interface RunningProvider {
  handler: RequestListener;
  issuer: string;
  clientSecret: string;
  /** Whether this provider issued the authorization code. Does not use the code. */
  issuedCode: (code: string) => boolean;
  control: ProviderControl;
}

export interface ProviderOptions {
  /** Also the issuer. */
  origin: string;
  /** Cookies are sent into frames on other sites. */
  crossSite: boolean;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  /** A public client for the site's own login. Default: none. */
  siteClientId?: string | undefined;
  onError?: (error: unknown) => void;
}

export async function createProvider(options: ProviderOptions): Promise<RunningProvider> {
  const { origin, crossSite, redirectUris, postLogoutRedirectUris, siteClientId, onError } = options;
  const clientSecret = randomBytes(24).toString('hex');
  let switches: ProviderSwitches = { ...providerDefaults };
  const store = new Store(() => switches.codeSeconds);
  const log = new Log();
  const tokenRequests = new TokenRequestsByBrowsers();
  const appOrigins = [...new Set(redirectUris.map((uri) => new URL(uri).origin))];
  const cookies = cookieNames(new URL(origin).port);

  const provider = new Provider(
    origin,
    createConfiguration({
      client: { clientId, clientSecret, redirectUris, postLogoutRedirectUris },
      siteClientId,
      keys: await generateKeys(),
      store,
      switches: () => switches,
      cookieNames: cookies,
    }),
  );
  if (onError) provider.on('server_error', (_ctx, error) => onError(error));
  recordEvents(provider, log);
  alterAnswers(provider, () => switches);
  const answerByProvider = provider.callback();

  const control: ProviderControl = {
    log: () => log.entries(),
    clearLog: () => log.clear(),
    tokenRequestsByBrowsers: () => tokenRequests.all(),
    signOut: (account) => store.endSessions(account),
    switches: () => ({ ...switches }),
    set: (patch) => {
      switches = { ...switches, ...checkedProviderPatch(patch) };
      return { ...switches };
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    tokenRequests.record(request, path);
    if (crossSite) sendCookiesAcrossSites(response);
    if (path === '/control/sign-in') return serveSignIn(request, response, provider, cookies.session);
    if (path.startsWith('/control/')) return serveControl(request, response, control);
    const authorizes = path === '/auth' || path.startsWith('/auth/');
    const latencyMs = switches.latencyMs + (authorizes ? switches.authorizationLatencyMs : 0);
    if (latencyMs > 0) await delay(latencyMs, undefined, { ref: false });
    if (switches.down) return sendHtml(response, 503, errorPage('temporarily_unavailable', 'The provider is down.'));
    if (switches.unavailableRequests > 0 && /^\/(auth|\.well-known)\b/.test(path)) {
      switches = { ...switches, unavailableRequests: switches.unavailableRequests - 1 };
      return sendHtml(response, 503, errorPage('temporarily_unavailable', 'The provider is down for a moment.'));
    }
    if (path === storageAccessPath && crossSite) return serveStorageAccessPage(response, appOrigins);
    if (authorizes && !switches.storageAccessHeaderMissing) activateStorageAccess(request, response, appOrigins);
    if (path === '/favicon.ico') return send(response, 204);
    if (switches.frameCookiesBlocked) withholdFrameCookies(request, response);
    if (answerInstead(request, response, switches, log)) return;
    if (path.startsWith('/interaction/')) {
      if (switches.coop) response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      return serveInteraction(request, response, { provider, log, denied: switches.accessDenied });
    }
    if (crossSite && (await serveFedCm(request, response, { provider, clientId, redirectUris }))) return;
    await answerByProvider(request, response);
  }

  return {
    handler: (request, response) => {
      serve(request, response).catch((error: unknown) => {
        if (error instanceof HttpError) return sendJson(response, error.status, { message: error.message });
        onError?.(error);
        sendHtml(response, 500, errorPage('server_error'));
      });
    },
    issuer: origin,
    clientSecret,
    issuedCode: (code) => store.issuedCode(code),
    control,
  };
}
