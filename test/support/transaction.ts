import type { Transaction } from '../../src/oidc/transaction-store.js';

/** The stored transaction of a redirect that has just left the page. */
export const transaction = (state: string, changes: Partial<Transaction> = {}): Transaction => ({
  state,
  redirectUri: `${location.origin}/callback.html`,
  codeVerifier: `verifier of ${state}`,
  nonce: `nonce of ${state}`,
  expected: { issuer: location.origin, announced: false },
  kept: { windowOpen: true },
  returnTo: `${location.origin}/account?tab=1#here`,
  at: Date.now(),
  second: false,
  ...changes,
});
