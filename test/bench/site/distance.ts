import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

export interface Distant {
  readonly port: number;
  /** What is behind it must be there by the first connection. */
  forwardTo(port: number): void;
  close(): void;
}

/** A TCP port from which everything behind it looks `roundTripMs` away, the handshake of a new connection included. */
export async function createDistance(roundTripMs: number): Promise<Distant> {
  let target = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    const openAt = performance.now() + roundTripMs;
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      if (roundTripMs === 0) from.pipe(to);
      else carry(from, to, openAt, roundTripMs / 2);
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    forwardTo: (port) => (target = port),
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function carry(from: Socket, to: Socket, openAt: number, oneWayMs: number): void {
  let order = Promise.resolve();
  from.on('data', (chunk) => {
    const due = Math.max(openAt, performance.now()) + oneWayMs;
    order = order.then(() => delay(Math.max(0, due - performance.now()))).then(() => void to.write(chunk));
  });
  from.on('end', () => {
    order = order.then(() => void to.end());
  });
}
