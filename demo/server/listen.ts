import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listening {
  port: number;
  /** One per loopback address: browsers try `::1` and `127.0.0.1` for `localhost` and `*.localhost` (RFC 6761 §6.3). */
  servers: readonly Server[];
  /** Also closes open connections. */
  close(): Promise<void>;
}

/**
 * Listens on the loopback interfaces only, so that the servers are not reachable from the network.
 *
 * @param port `0`: any free port
 * @param orAny `true`: any free port if `port` is in use; otherwise rejects with `EADDRINUSE`
 */
export async function listen(handler: RequestListener, port = 0, orAny = false): Promise<Listening> {
  // A port that is free on one address can be in use on the other.
  for (let attemptsLeft = 20; ; attemptsLeft--) {
    try {
      return await listenOnBoth(handler, port);
    } catch (error) {
      if (!hasCode(error, 'EADDRINUSE') || attemptsLeft === 0 || (port !== 0 && !orAny)) throw error;
      port = 0;
    }
  }
}

async function listenOnBoth(handler: RequestListener, port: number): Promise<Listening> {
  const v4 = createServer(handler);
  await bind(v4, '127.0.0.1', port);
  const bound = (v4.address() as AddressInfo).port;
  const v6 = createServer(handler);
  try {
    await bind(v6, '::1', bound);
  } catch (error) {
    // The machine has no IPv6.
    if (!hasCode(error, 'EADDRNOTAVAIL') && !hasCode(error, 'EAFNOSUPPORT')) {
      await end(v4);
      throw error;
    }
    return listening(bound, [v4]);
  }
  return listening(bound, [v4, v6]);
}

function listening(port: number, servers: Server[]): Listening {
  return {
    port,
    servers,
    close: async () => {
      await Promise.all(servers.map(end));
    },
  };
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function end(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
