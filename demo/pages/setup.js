/** @typedef {'same' | 'cross' | 'real'} Site Where the person signs in. */

const storageKey = 'gc-auth-messenger-demo:real';
const returnKey = 'gc-auth-messenger-demo:return';

/** @returns {Site} */
export function chosenSite() {
  const back = sessionStorage.getItem(returnKey);
  sessionStorage.removeItem(returnKey);
  if (back && back !== location.search) history.replaceState(null, '', back);
  const query = new URLSearchParams(location.search);
  if (query.has('real')) return 'real';
  return query.get('site') === 'cross' ? 'cross' : 'same';
}

/** The provider leads back to the registered address, which has no query; the page then takes up where it was. */
export function rememberForReturn() {
  if (location.search) sessionStorage.setItem(returnKey, location.search);
}

/** @returns {Promise<Environment>} addresses and ids of this run, from the demo's server */
export async function readEnvironment() {
  const response = await fetch('/env.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`/env.json answered ${response.status}`);
  return response.json();
}

/**
 * @typedef {object} Environment
 * @property {string} providerOrigin on the site of this page
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
  };
}

/** @param {Environment} env @param {Site} site */
export const providerOf = (env, site) => (site === 'cross' ? env.crossSiteProviderOrigin : env.providerOrigin);

/** @returns {Record<string, string> | undefined} what the visitor gave for a real deployment */
export function realAttributes() {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** @param {Record<string, string> | undefined} attributes `undefined` forgets them */
export function keepRealAttributes(attributes) {
  if (attributes) localStorage.setItem(storageKey, JSON.stringify(attributes));
  else localStorage.removeItem(storageKey);
}
