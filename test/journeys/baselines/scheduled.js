// @ts-nocheck: plain script without types, as on real sites.
/* global Genesys */

// What users add to the blueprint: a refresh shortly before `exp`, and a new login when it fails. See
// https://community.genesys.com, "Authenticated Web Messaging - JavaScript SDK & Genesys JWT".
let timer;

Genesys('subscribe', 'Auth.authenticated', ({ data }) => {
  const { exp } = JSON.parse(atob(data.jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
  clearTimeout(timer);
  timer = setTimeout(
    () => Genesys('command', 'Auth.refreshToken', {}, undefined, () => Genesys('command', 'Auth.reAuthenticate', {})),
    exp * 1000 - Date.now() - 100,
  );
});
