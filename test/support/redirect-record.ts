import { redirectKeyPrefix, redirectVersion } from '../../src/oidc/callback/redirect-record.js';
import type { RedirectData } from '../../src/oidc/callback/redirect-record.js';

export interface StoredRedirect {
  readonly state: string;
  readonly id: string;
  readonly returnTo: string;
}

let made = 0;

/** Stores what oidc-client-ts stores when a page leaves for the provider. */
export function storeRedirect(changes: Partial<RedirectData> & { created?: number; id?: string } = {}): StoredRedirect {
  const { created = Math.floor(Date.now() / 1000), id = (++made).toString(16).padStart(32, '0'), ...own } = changes;
  const data = {
    version: redirectVersion,
    client: {
      authority: location.origin,
      clientId: 'messenger-web',
      redirectUri: `${location.origin}/callback.html`,
      redirectsHere: false,
      deploymentId: '',
    },
    returnTo: `${location.origin}/account?tab=1#here`,
    windowOpen: true,
    second: false,
    issuer: location.origin,
    issRequired: false,
    ...own,
  };
  const stored = {
    id,
    created,
    url_state: 'r',
    data,
    code_verifier: `verifier-of-${id}`,
    nonce: `nonce-of-${id}`,
    authority: location.origin,
    client_id: 'messenger-web',
    redirect_uri: `${location.origin}/callback.html`,
    scope: 'openid',
  };
  sessionStorage.setItem(redirectKeyPrefix + id, JSON.stringify(stored));
  return { state: `${id};r`, id, returnTo: data.returnTo };
}

export const redirectKeys = (): string[] =>
  Object.keys(sessionStorage).filter((key) => key.startsWith(redirectKeyPrefix));

export const clearRedirects = (): void => redirectKeys().forEach((key) => sessionStorage.removeItem(key));
