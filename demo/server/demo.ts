import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserSwitches, ServerSwitches } from '../../src/testing/switches.js';
import { createAppServer } from './app-server.js';
import type { GenesysControl } from './genesys/control.js';
import type { ProviderLink } from './genesys/provider-link.js';
import { createGenesysServer } from './genesys/server.js';
import { sendJson } from './http.js';
import { listen, type Listening } from './listen.js';
import type { ProviderControl } from './provider/control.js';
import { clientId, createProvider, type RunningProvider } from './provider/provider.js';

const repository = fileURLToPath(new URL('../../', import.meta.url));

export interface DemoOptions {
  /** `0` or absent: any free port. Rejects with `EADDRINUSE` for a port in use, unless `anyPortIfTaken`. */
  ports?: { app?: number; provider?: number; crossSiteProvider?: number; genesys?: number };
  anyPortIfTaken?: boolean;
  /** Output of `npm run build`. Default: `dist` of this repository. */
  distDir?: string;
  /** Default: `demo/pages` of this repository. */
  pagesDir?: string;
  /** Paths of redirect and post-logout redirect URIs on the app's origin, in addition to `/callback.html`. */
  redirectPaths?: string[];
  /** ID of a public client with which the site itself signs in at the provider. Default: none. */
  siteClientId?: string;
  /** ID of the deployment, a UUID. Default: a random one. */
  deploymentId?: string;
  /** Other origins with the same redirect URIs. */
  extraOrigins?: string[];
  /** Initial server switches of every deployment. */
  defaults?: Partial<ServerSwitches>;
  /** Initial browser switches of every deployment. */
  browserDefaults?: Partial<BrowserSwitches>;
  /** `true`: unexpected errors are not printed. Default: `false`. */
  quiet?: boolean;
}

export interface DemoProvider {
  /** Also the issuer. */
  origin: string;
  clientId: string;
  /** For tests that redeem codes themselves. Never leaves this process. */
  clientSecret: string;
  control: ProviderControl;
}

export interface Demo {
  app: {
    origin: string;
    /** Serves a page from memory; a later call for the same path replaces it. */
    page: (path: string, html: string, headers?: Record<string, string>) => void;
  };
  /** On the same site as the app: `http://localhost:…`. */
  provider: DemoProvider;
  /** On another site: `http://idp.localhost:…`. */
  crossSiteProvider: DemoProvider;
  genesys: { origin: string; scriptUrl: string; deploymentId: string; control: GenesysControl };
  /** Stops all servers and closes all connections. */
  close(): Promise<void>;
}

/** Starts all servers that the element needs: the app's, an OpenID provider on each of two sites, and Genesys Cloud's. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { ports = {}, anyPortIfTaken, distDir = join(repository, 'dist'), quiet = false } = options;
  const onError = quiet ? undefined : (error: unknown) => console.error(error);
  const onErrorOption = onError && { onError };
  const opened: Listening[] = [];

  /** Opens the port before its handler exists: issuer and redirect URIs contain the port. */
  const open = async (port: number | undefined, host = 'localhost') => {
    let handler: RequestListener = (_request, response) => sendJson(response, 503, { message: 'Starting.' });
    const listening = await listen((request, response) => handler(request, response), port, anyPortIfTaken);
    opened.push(listening);
    return {
      origin: `http://${host}:${String(listening.port)}`,
      listening,
      handleWith: (listener: RequestListener) => void (handler = listener),
    };
  };

  const closeAll = async (): Promise<void> => {
    await Promise.all(opened.map((listening) => listening.close()));
  };

  try {
    const app = await open(ports.app);
    const sameSite = await open(ports.provider);
    const crossSite = await open(ports.crossSiteProvider, 'idp.localhost');
    const genesys = await open(ports.genesys);
    const deploymentId = options.deploymentId ?? randomUUID();

    const registered = {
      ...registeredUris([app.origin, ...(options.extraOrigins ?? [])], options.redirectPaths ?? []),
      siteClientId: options.siteClientId,
    };
    const [provider, crossSiteProvider] = await Promise.all([
      createProvider({ origin: sameSite.origin, crossSite: false, ...registered, ...onErrorOption }),
      createProvider({ origin: crossSite.origin, crossSite: true, ...registered, ...onErrorOption }),
    ]);
    sameSite.handleWith(provider.handler);
    crossSite.handleWith(crossSiteProvider.handler);

    const genesysServer = createGenesysServer({
      origin: genesys.origin,
      distDir,
      links: [linkTo('same-site', provider), linkTo('cross-site', crossSiteProvider)],
      ...(options.defaults && { server: options.defaults }),
      ...(options.browserDefaults && { browser: options.browserDefaults }),
      ...onErrorOption,
    });
    genesysServer.control.set(deploymentId, {});
    genesys.handleWith(genesysServer.handler);
    for (const server of genesys.listening.servers) genesysServer.sockets.attach(server);

    const scriptUrl = `${genesys.origin}/genesys-bootstrap/genesys.min.js`;
    const appServer = createAppServer({
      distDir,
      pagesDir: options.pagesDir ?? join(repository, 'demo', 'pages'),
      environment: () => ({
        appOrigin: app.origin,
        providerOrigin: provider.issuer,
        crossSiteProviderOrigin: crossSiteProvider.issuer,
        genesysOrigin: genesys.origin,
        scriptUrl,
        clientId,
        deploymentId,
      }),
    });
    app.handleWith(appServer.handler);

    return {
      app: { origin: app.origin, page: appServer.page },
      provider: demoProvider(provider),
      crossSiteProvider: demoProvider(crossSiteProvider),
      genesys: { origin: genesys.origin, scriptUrl, deploymentId, control: genesysServer.control },
      close: async () => {
        genesysServer.sockets.close();
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function registeredUris(origins: readonly string[], paths: readonly string[]) {
  const on = (origin: string, list: readonly string[]): string[] => list.map((path) => new URL(path, origin).href);
  const redirectPaths = ['/callback.html', ...paths];
  return {
    redirectUris: origins.flatMap((origin) => on(origin, redirectPaths)),
    postLogoutRedirectUris: origins.flatMap((origin) => on(origin, ['/', ...redirectPaths])),
  };
}

function linkTo(site: ProviderLink['site'], provider: RunningProvider): ProviderLink {
  const { issuer, clientSecret, issuedCode } = provider;
  return { site, issuer, clientId, clientSecret, issuedCode };
}

function demoProvider({ issuer, clientSecret, control }: RunningProvider): DemoProvider {
  return { origin: issuer, clientId, clientSecret, control };
}
