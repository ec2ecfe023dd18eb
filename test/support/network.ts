/** One request that the page made; it stays open until it is answered or fails. */
export interface OpenRequest {
  readonly url: string;
  readonly init: RequestInit;
  answer(body: BodyInit | null, init?: ResponseInit): void;
  fail(): void;
}

/**
 * In place of the page's `fetch`, which oidc-client-ts calls by itself: requests wait for the test to answer them. Ends
 * with `restore()`.
 */
export function openNetwork(): { readonly requests: OpenRequest[]; restore(): void } {
  const requests: OpenRequest[] = [];
  const { fetch } = window;
  window.fetch = (input, init = {}) =>
    new Promise((resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(init.signal!.reason as Error));
      requests.push({
        url: input instanceof Request ? input.url : String(input),
        init,
        answer: (body, responseInit) => resolve(new Response(body, responseInit)),
        fail: () => reject(new TypeError('Failed to fetch')),
      });
    });
  return { requests, restore: () => void (window.fetch = fetch) };
}
