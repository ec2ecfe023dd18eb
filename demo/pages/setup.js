/** @typedef {'same' | 'cross' | 'real'} Site Site of the provider. */

const storageKey = 'gc-auth-messenger-demo:real';
const returnKey = 'gc-auth-messenger-demo:return';

/** @returns {Site} */
export function chosenSite() {
  const search = sessionStorage.getItem(returnKey);
  sessionStorage.removeItem(returnKey);
  if (search && search !== location.search) history.replaceState(null, '', search);
  const query = new URLSearchParams(location.search);
  if (query.has('real')) return 'real';
  return query.get('site') === 'cross' ? 'cross' : 'same';
}

/** Stores the query: the provider returns to a registered URI, which has none. */
export function rememberForReturn() {
  if (location.search) sessionStorage.setItem(returnKey, location.search);
}

/** @returns {Promise<Environment>} addresses and IDs of the running servers */
export async function readEnvironment() {
  const response = await fetch('/env.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`/env.json answered ${response.status}`);
  return response.json();
}

/**
 * @typedef {object} Environment
 * @property {string} providerOrigin on the same site as this page
 * @property {string} crossSiteProviderOrigin
 * @property {string} genesysOrigin
 * @property {string} scriptUrl of the Genesys Cloud stand-in
 * @property {string} clientId
 * @property {string} deploymentId
 */

/**
 * @param {Environment} env
 * @param {Site} site
 * @returns {Record<string, string>} attributes of the tag
 */
export function standInAttributes(env, site) {
  return {
    'deployment-id': env.deploymentId,
    environment: 'prod-euw1',
    'script-url': env.scriptUrl,
    authority: providerOf(env, site),
    'client-id': env.clientId,
    'redirect-uri': `${location.origin}/callback.html`,
    scope: 'openid profile offline_access',
    'post-logout-redirect-uri': `${location.origin}/`,
    // Only a provider on another site needs to ask for its cookies.
    ...(site === 'cross' && { 'storage-access-uri': `${env.crossSiteProviderOrigin}/storage-access` }),
  };
}

/** @param {Environment} env @param {Site} site */
export const providerOf = (env, site) => (site === 'cross' ? env.crossSiteProviderOrigin : env.providerOrigin);

/** @returns {Record<string, string> | undefined} the stored attributes for a real deployment */
export function realAttributes() {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** @param {Record<string, string> | undefined} attributes `undefined`: removes them */
export function storeRealAttributes(attributes) {
  if (attributes) localStorage.setItem(storageKey, JSON.stringify(attributes));
  else localStorage.removeItem(storageKey);
}
