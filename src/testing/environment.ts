/** The part of a `WebSocket` that the stand-in uses. */
export interface SocketLike extends EventTarget {
  readonly readyState: number;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

/** How the stand-in reaches the network; tests hand in their own. */
export interface Transport {
  fetch(url: string, init?: RequestInit): Promise<Response>;
  openSocket(url: string): SocketLike;
}

/** Every wait of the stand-in, in milliseconds. */
export interface Timing {
  /** From `MessagingService.ready` to the restoring of a stored conversation. Default 200, as observed at Genesys. */
  restoreMs: number;
  /** First pause before a lost socket is opened again; doubles with each failure. Default 500. */
  reconnectMs: number;
  /** Longest pause between two attempts to open the socket. Default 8000. */
  longestReconnectMs: number;
  /** How long a missing `AuthProvider.ready` is waited for before `Auth.authProviderError`. Default 5000. */
  authProviderMs: number;
  /** Within this time a second `sendTyping` is dropped and never settles. Default 5000. */
  typingMs: number;
  /** From the "Re-authenticating…" alert to its button. Default 10000. */
  reAuthenticateButtonMs: number;
}

export const timingDefaults: Readonly<Timing> = Object.freeze({
  restoreMs: 200,
  reconnectMs: 500,
  longestReconnectMs: 8_000,
  authProviderMs: 5_000,
  typingMs: 5_000,
  reAuthenticateButtonMs: 10_000,
});

export const browserTransport: Transport = {
  fetch: (url, init) => fetch(url, init),
  openSocket: (url) => new WebSocket(url),
};

/** The storage that Messenger needs; `undefined` where the browser blocks it. */
export function accessibleStorage(kind: 'localStorage' | 'sessionStorage'): Storage | undefined {
  // Reading the property itself throws where storage is blocked, writing throws where its quota is zero.
  try {
    const storage = window[kind];
    storage.setItem('_genesys:probe', '1');
    storage.removeItem('_genesys:probe');
    return storage;
  } catch {
    return undefined;
  }
}
