import { Auth0Client } from '@auth0/auth0-spa-js';
import { ProtocolMode, PublicClientApplication } from '@azure/msal-browser';
import Keycloak from 'keycloak-js';
import { UserManager, type UserManagerSettings } from 'oidc-client-ts';
import { endpoints, page, type Contestant, type Setup } from './contestant.js';

const userManager = ({ authority, clientId }: Setup, settings: Partial<UserManagerSettings>): Contestant => {
  const manager = new UserManager({
    authority,
    client_id: clientId,
    redirect_uri: page('oidc-client-ts.html'),
    automaticSilentRenew: false,
    ...settings,
  });
  // Without a session at the provider only the metadata comes of it, which is all that is wanted.
  return { prepare: () => manager.signinSilent(), ask: () => manager.signinSilent() };
};

/** As its documentation sets it up: the callback page loads the library. */
export const oidcClientTs = (setup: Setup): Contestant => userManager(setup, {});

/** As fast as its settings make it: metadata given, answer in the fragment, a callback page of one line. */
export const oidcClientTsTuned = (setup: Setup): Contestant =>
  userManager(setup, {
    redirect_uri: page('oidc-client-ts-tuned.html'),
    response_mode: 'fragment',
    metadata: endpoints(setup.authority),
  });

export function auth0({ authority, clientId }: Setup): Contestant {
  const client = new Auth0Client({
    domain: new URL(authority).host,
    clientId,
    authorizationParams: { redirect_uri: page('auth0.html') },
  });
  // It expects the slash at the end of Auth0's own issuers.
  Object.assign(client, { tokenIssuer: authority });
  return { ask: () => client.getTokenSilently({ cacheMode: 'off' }) };
}

export function msal({ authority, clientId }: Setup): Contestant {
  const application = new PublicClientApplication({
    auth: {
      clientId,
      authority,
      knownAuthorities: [new URL(authority).host],
      authorityMetadata: JSON.stringify(endpoints(authority)),
      redirectUri: page('msal.html'),
    },
    system: { protocolMode: ProtocolMode.OIDC },
  });
  const ready = application.initialize();
  return {
    prepare: () => ready,
    ask: () => ready.then(() => application.ssoSilent({ scopes: ['openid'], loginHint: 'alice' })),
  };
}

/** `init` works once for each instance; making the next one is not counted. */
export function keycloak({ authority, clientId }: Setup): Contestant {
  const create = () => new Keycloak({ clientId, oidcProvider: endpoints(authority) });
  let next = create();
  return {
    ask: async () => {
      const current = next;
      next = create();
      return current.init({
        onLoad: 'check-sso',
        silentCheckSsoRedirectUri: page('keycloak.html'),
        checkLoginIframe: false,
        pkceMethod: 'S256',
      });
    },
  };
}
