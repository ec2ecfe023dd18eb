import { Auth0Client } from '@auth0/auth0-spa-js';
import { clientId, domain, redirectUri } from './settings.js';

Object.assign(window, {
  library: new Auth0Client({ domain, clientId, authorizationParams: { redirect_uri: redirectUri } }),
});
