import type { Transaction } from '../../src/oidc/transaction-store.js';

/** What a page remembers that has just left for the provider. */
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
