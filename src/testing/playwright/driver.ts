/**
 * The parts of Playwright that the kit uses. Its own classes have them, so the kit needs neither its types nor a certain
 * package of it: `@playwright/test`, `playwright` and `playwright-core` fit.
 */

export interface RouteLike {
  request(): { url(): string; method(): string; postData(): string | null; headers(): Record<string, string> };
  fulfill(response: { status?: number; headers?: Record<string, string>; body?: string; path?: string }): Promise<void>;
}

export interface SocketRouteLike {
  url(): string;
  onMessage(handler: (message: string | object) => void): void;
  onClose(handler: () => void): void;
  send(message: string): void;
  close(options?: { code?: number; reason?: string }): Promise<void>;
}

/** Playwright's `BrowserContext`. */
export interface ContextLike {
  route(url: (url: URL) => boolean, handler: (route: RouteLike) => Promise<void>): Promise<unknown>;
  routeWebSocket(url: (url: URL) => boolean, handler: (socket: SocketRouteLike) => void): Promise<unknown>;
  grantPermissions(permissions: string[]): Promise<unknown>;
}

/** Playwright's `Page`. */
export interface PageLike {
  context(): object;
  locator(selector: string): {
    evaluateAll<Result>(read: (elements: (HTMLElement | SVGElement)[]) => Result): Promise<Result>;
  };
}
