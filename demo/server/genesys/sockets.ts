import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { urlOf } from '../http.js';
import { Connection } from './connection.js';
import type { Deployment, Deployments } from './deployments.js';
import { isOriginAllowed } from './domain-check.js';

const largestFrameBytes = 64 * 1024;

export interface Sockets {
  /** Accepts WebSocket connections at `/v1?deploymentId=…`. */
  attach(server: Server): void;
  /** Closes all connections. */
  close(): void;
}

export function createSockets(deployments: Deployments): Sockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestFrameBytes });
  return {
    attach: (server) => {
      server.on('upgrade', (request, stream, head) => {
        const deployment = deploymentOf(request, deployments);
        if (!deployment) return refuse(stream);
        sockets.handleUpgrade(request, stream, head, (socket) => new Connection(socket, deployment));
      });
    },
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

/** @returns `undefined` for an unknown or inactive deployment, and for a page on a domain that is not allowed */
function deploymentOf(request: IncomingMessage, deployments: Deployments): Deployment | undefined {
  const { pathname, searchParams } = urlOf(request);
  const deployment = pathname === '/v1' ? deployments.find(searchParams.get('deploymentId')) : undefined;
  if (!deployment) return undefined;
  const { allowedDomains, status } = deployment.settings.server;
  return status === 'Active' && isOriginAllowed(request.headers.origin, allowedDomains) ? deployment : undefined;
}

function refuse(stream: Duplex): void {
  stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}
