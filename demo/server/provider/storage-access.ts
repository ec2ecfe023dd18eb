import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendHtml } from '../http.js';

/** Path of the page that asks the browser for storage access: `storage-access-uri` of the tag. */
export const storageAccessPath = '/storage-access';

/**
 * Tells a browser that would give a frame its cookies, because a person has allowed it, to repeat the request with them.
 *
 * @see https://privacycg.github.io/storage-access-headers/
 */
export function activateStorageAccess(request: IncomingMessage, response: ServerResponse, origins: string[]): void {
  const { 'sec-fetch-storage-access': status, origin } = request.headers;
  response.appendHeader('Vary', 'Sec-Fetch-Storage-Access');
  if (status === 'inactive' && origin !== undefined && origins.includes(origin)) {
    response.setHeader('Activate-Storage-Access', `retry; allowed-origin="${origin}"`);
  }
}

/** Serves the page for frames of these origins only: elsewhere, nobody knows what the click is for. */
export function serveStorageAccessPage(response: ServerResponse, origins: string[]): void {
  response.setHeader('Content-Security-Policy', `frame-ancestors ${origins.join(' ')}`);
  sendHtml(response, 200, page);
}

/** Before the click, it asks without one: a browser that has given access before does so again. */
const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Sign in · Northwind ID</title>
<style>
  :root { color-scheme: light dark; }
  body { margin: 0; }
  button {
    width: 100%; min-height: 44px; border: 0; border-radius: 9px; cursor: pointer;
    background: #1f6b52; color: #fff; font: 600 15px/1.45 system-ui, sans-serif;
  }
  button:focus-visible { outline: 3px solid #6fcaa6; outline-offset: -3px; }
</style>
<button hidden>Sign in</button>
<script>
  const button = document.querySelector('button');
  const tell = (status) => parent.postMessage({ type: 'gc-auth-messenger:storage-access', status }, '*');
  const ask = () => document.requestStorageAccess().then(() => tell('granted'), () => tell('denied'));
  addEventListener('message', ({ source, data }) => {
    if (source !== parent || data?.type !== 'gc-auth-messenger:storage-access') return;
    button.textContent = String(data.label);
    document.documentElement.lang = String(data.lang);
    document.documentElement.dir = String(data.dir);
  });
  button.addEventListener('click', ask);
  const show = () => {
    button.hidden = false;
    tell('ready');
  };
  navigator.permissions
    .query({ name: 'storage-access' })
    .then(({ state }) => (state === 'granted' ? ask() : show()), show);
</script>
</html>
`;
