/**
 * The control APIs of the Genesys stand-in and the provider.
 *
 * @param {import('./setup.js').Environment} env
 * @param {string} providerOrigin
 */
export function openControl(env, providerOrigin) {
  const deployment = `${env.genesysOrigin}/control/deployments/${env.deploymentId}`;
  return {
    /** Switches, counters and log of the deployment. */
    inspect: () => call('GET', deployment),
    /** @param {{server?: object, browser?: object}} patch */
    set: (patch) => call('PATCH', deployment, patch),
    /** @param {'expire-jwts' | 'revoke-refresh-tokens' | 'cut-sockets' | 'logout-event' | 'reset'} name */
    act: (name) => call('POST', `${deployment}/actions/${name}`),
    provider: {
      log: () => call('GET', `${providerOrigin}/control/log`),
      signOut: () => call('POST', `${providerOrigin}/control/sign-out`, {}),
      switches: () => call('GET', `${providerOrigin}/control/switches`),
      /** @param {object} patch */
      set: (patch) => call('PATCH', `${providerOrigin}/control/switches`, patch),
    },
  };
}

/** @typedef {ReturnType<typeof openControl>} Control */

/** @param {string} method @param {string} url @param {object} [body] @returns {Promise<any>} */
async function call(method, url, body) {
  const response = await fetch(url, {
    method,
    cache: 'no-store',
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : undefined;
  if (!response.ok) throw new Error(answer?.message ?? `${method} ${url} answered ${response.status}`);
  return answer;
}
