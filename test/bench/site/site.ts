import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { redirectPaths } from './app.js';
import type { Certificate } from './certificate.js';
import { createDistance } from './distance.js';
import { createBenchProvider, type SessionCookie } from './provider.js';

/** Names that browsers are told to find on this machine: RFC 6761 §6.2 keeps `.test` out of the DNS. */
const appHost = 'www.example.test';
const providerHosts = { 'same-site': 'login.example.test', 'cross-site': 'login.other.test' };

/** How far the provider is from the page, as far as cookies and sockets are concerned. */
export type Neighbourhood = keyof typeof providerHosts;

/** A page's origin and its provider, over TLS. */
export interface Site {
  readonly appOrigin: string;
  readonly authority: string;
  signIn(): Promise<SessionCookie[]>;
  close(): void;
}

export interface SiteOptions {
  readonly app: RequestListener;
  readonly certificate: Certificate;
  readonly roundTripMs: number;
  readonly neighbourhood?: Neighbourhood;
}

export async function openSite(options: SiteOptions): Promise<Site> {
  const { app, certificate, roundTripMs, neighbourhood = 'same-site' } = options;
  const doors = await Promise.all([createDistance(roundTripMs), createDistance(roundTripMs)]);
  const [appDoor, providerDoor] = doors;
  const appOrigin = `https://${appHost}:${appDoor.port}`;
  const authority = `https://${providerHosts[neighbourhood]}:${providerDoor.port}`;
  const provider = await createBenchProvider(
    authority,
    redirectPaths.map((path) => appOrigin + path),
  );
  const servers = await Promise.all([serve(app, certificate), serve(provider.handler, certificate)]);
  servers.forEach((server, index) => doors[index]!.forwardTo((server.address() as AddressInfo).port));
  return {
    appOrigin,
    authority,
    signIn: () => provider.signIn(),
    close: () => {
      for (const door of doors) door.close();
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

async function serve(handler: RequestListener, { key, cert }: Certificate) {
  // Sockets stay open between asks, as they do at providers.
  const server = createServer({ key, cert, keepAliveTimeout: 60_000 }, handler);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}
