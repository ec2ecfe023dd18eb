// @ts-nocheck: as sites write it, without types.
/* global Genesys */

// What the community adds to the blueprint: https://community.genesys.com, "Authenticated Web Messaging - JavaScript
// SDK & Genesys JWT": a refresh shortly before `exp`, and a new login where it fails.
let timer;

Genesys('subscribe', 'Auth.authenticated', ({ data }) => {
  const { exp } = JSON.parse(atob(data.jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
  clearTimeout(timer);
  timer = setTimeout(
    () => Genesys('command', 'Auth.refreshToken', {}, undefined, () => Genesys('command', 'Auth.reAuthenticate', {})),
    exp * 1000 - Date.now() - 100,
  );
});
