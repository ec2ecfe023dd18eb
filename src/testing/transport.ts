/** The part of `WebSocket` that the stand-in uses. */
export interface SocketLike extends EventTarget {
  readonly readyState: number;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

/**
 * Who answers the stand-in's HTTP requests and WebSocket frames. By default the browser sends them to a server that
 * implements Genesys Cloud's public API; a test can pass an in-memory implementation instead.
 */
export interface Transport {
  /** Same contract as the global `fetch`: rejects when there is no response. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  openSocket(url: string): SocketLike;
}

/** The browser's own `fetch` and `WebSocket`. */
export const browserTransport: Transport = {
  fetch: (url, init) => fetch(url, init),
  openSocket: (url) => new WebSocket(url),
};
