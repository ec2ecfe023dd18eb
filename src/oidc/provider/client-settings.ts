import { InMemoryWebStorage, WebStorageStateStore } from 'oidc-client-ts';
import type { OidcClientSettings, StateStore } from 'oidc-client-ts';
import type { OidcConfig } from '../../core/config.js';
import { defined } from '../../core/defined.js';
import { GcAuthError } from '../../core/errors.js';
import { redirectKeyPrefix } from '../callback/redirect-record.js';

/** Longest request for the discovery document, in seconds. */
export const discoveryTimeoutSeconds = 8;

/** What oidc-client-ts needs to know of the provider, the client and this page. */
export const clientSettings = (
  config: OidcConfig,
  stateStore: StateStore = memoryStateStore(),
): OidcClientSettings & { readonly stateStore: StateStore } =>
  defined({
    stateStore,
    authority: config.authority,
    client_id: config.clientId,
    redirect_uri: config.redirectUri,
    scope: config.scope,
    acr_values: config.acrValues,
    max_age: config.maxAge,
    ui_locales: config.uiLocales,
    disablePKCE: config.disablePkce,
    metadataUrl: config.metadataUrl,
    requestTimeoutInSeconds: discoveryTimeoutSeconds,
    // The discovery document is public, and a wildcard in CORS headers excludes credentials.
    fetchRequestCredentials: 'omit' as const,
  });

/**
 * States of requests in frames and popups: in memory, so that no verifier is stored. Each is removed when its attempt
 * ends, which is why they need no age limit.
 */
export const memoryStateStore = (): StateStore => new WebStorageStateStore({ store: new InMemoryWebStorage() });

/**
 * States of redirects: in the session storage of this tab, because they outlive the page. Every method rejects with
 * `storage-blocked` where the browser blocks that storage or where it is full.
 */
export function redirectStateStore(win: Window): StateStore {
  const use = async <T>(work: (store: StateStore) => Promise<T>): Promise<T> => {
    try {
      return await work(new WebStorageStateStore({ prefix: redirectKeyPrefix, store: storageOf(win) }));
    } catch (cause) {
      throw new GcAuthError('storage-blocked', { cause });
    }
  };
  return {
    set: (key, value) => use((store) => store.set(key, value)),
    get: (key) => use((store) => store.get(key)),
    remove: (key) => use((store) => store.remove(key)),
    getAllKeys: () => use((store) => store.getAllKeys()),
  };
}

/** Some embedded browsers have no storage at all; the library would take `localStorage` in its place. */
function storageOf(win: Window): Storage {
  const storage = win.sessionStorage as Storage | null | undefined;
  if (!storage) throw new TypeError('This browser has no session storage.');
  return storage;
}
