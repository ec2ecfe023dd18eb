// @ts-nocheck: plain script without types, as on real sites.
/* global Genesys, document, location, site, window */
sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1;

// Genesys' sample, shortened: it redirects for every login, and reads the code from the URL.
// https://github.com/GenesysCloudBlueprints/messenger-authentication-okta-integration-blueprint
const answer = new URLSearchParams(location.search);
const redirectUri = location.origin + location.pathname;

function login() {
  const request = { client_id: site.clientId, redirect_uri: redirectUri, response_type: 'code' };
  location.assign(`${site.authority}/auth?${new URLSearchParams({ ...request, scope: 'openid offline_access' })}`);
}

window._genesysJs = 'Genesys';
window.Genesys = function queue() {
  (window.Genesys.q = window.Genesys.q || []).push(arguments);
};
window.Genesys.t = Date.now();
window.Genesys.c = { environment: 'prod-euw1', deploymentId: site.deploymentId };
document.head.append(Object.assign(document.createElement('script'), { async: true, src: site.scriptUrl }));

Genesys('registerPlugin', 'AuthProvider', (AuthProvider) => {
  AuthProvider.registerCommand('getAuthCode', (e) => {
    const authCode = answer.get('code');
    if (authCode && !e.data?.forceUpdate) {
      e.resolve({ authCode, redirectUri, iss: answer.get('iss') ?? undefined });
    } else {
      login();
      e.resolve();
    }
  });
  AuthProvider.registerCommand('reAuthenticate', (e) => {
    login();
    e.resolve();
  });
  AuthProvider.registerCommand('signIn', (e) => {
    login();
    e.resolve();
  });
  AuthProvider.ready();
});

window.signOut = () => {
  const signOutOfProvider = () => location.assign(`${site.authority}/session/end?client_id=${site.clientId}`);
  Genesys('command', 'Auth.logout', {}, signOutOfProvider, signOutOfProvider);
};
