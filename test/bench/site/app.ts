import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { build } from 'esbuild';
import { pathOf, send } from '../../../demo/server/http.js';

const html = (script: string): string =>
  `<!doctype html><meta charset="utf-8"><title>Bench</title><link rel="icon" href="data:,">${script}`;

/** The callback pages, each as its library wants it. */
const pages: Record<string, string> = {
  '/': html('<script type="module" src="page.js"></script>'),
  '/floor.html': html('<script>parent.postMessage(location.hash, origin)</script>'),
  '/floor-with-file.html': html('<script src="floor.js"></script>'),
  '/oidc-client-ts.html': html('<script src="oidc-client-ts.js"></script>'),
  '/oidc-client-ts-tuned.html': html(
    `<script>parent.postMessage({ source: 'oidc-client', url: location.href, keepOpen: false }, origin)</script>`,
  ),
  '/msal.html': html('<script src="msal.js"></script>'),
  // https://www.keycloak.org/securing-apps/javascript-adapter#_using_the_adapter
  '/keycloak.html': html('<script>parent.postMessage(location.href, origin)</script>'),
};

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    target: 'es2022',
    format: 'iife',
    conditions: ['es2015', 'production', 'module', 'browser'],
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}

export async function createApp(): Promise<RequestListener> {
  const files = new Map(Object.entries(pages));
  for (const name of ['callback.html', 'callback.js']) files.set(`/${name}`, readFileSync(`dist/${name}`, 'utf8'));
  files.set('/floor.js', 'parent.postMessage(location.hash, origin)');
  files.set('/page.js', await bundle('test/bench/page/main.ts'));
  files.set('/oidc-client-ts.js', await bundle('test/bench/callbacks/oidc-client-ts.ts'));
  files.set('/msal.js', await bundle('test/bench/callbacks/msal.ts'));

  return (request, response) => {
    const path = pathOf(request);
    const text = files.get(path);
    if (text === undefined) return send(response, 404);
    const type = path.endsWith('.js') ? 'text/javascript' : 'text/html';
    send(response, 200, text, {
      'Content-Type': `${type}; charset=utf-8`,
      'Cache-Control': 'max-age=3600',
      // As docs/setup.md recommends. It changes nothing for answers in the fragment.
      ...(path === '/callback.html' && { 'No-Vary-Search': 'params' }),
    });
  };
}

/** Where the provider may send answers. auth0-spa-js takes them from the provider's own page. */
export const redirectPaths = ['callback.html', 'auth0.html', ...Object.keys(pages).slice(1)].map((path) =>
  path.replace(/^\/?/, '/'),
);
