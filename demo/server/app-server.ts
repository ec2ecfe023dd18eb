import { readFile } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { extname, resolve, sep } from 'node:path';
import { HttpError, pathOf, send, sendJson } from './http.js';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.ts': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/**
 * Every silent attempt loads the callback page. From the cache that takes no round trip, also with another answer in its
 * query: the file is the same for every query.
 *
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/No-Vary-Search
 */
const callbackHeaders: Readonly<Record<string, Record<string, string>>> = {
  '/callback.html': { 'Cache-Control': 'max-age=3600', 'No-Vary-Search': 'params' },
  '/callback.js': { 'Cache-Control': 'max-age=3600' },
};

export interface AppServer {
  handler: RequestListener;
  /** Serves a page from memory; later calls for the same path replace it. */
  page: (path: string, html: string, headers?: Record<string, string>) => void;
}

export interface AppServerOptions {
  pagesDir: string;
  distDir: string;
  /** Content of `/env.json`. */
  environment: () => Readonly<Record<string, string>>;
}

export function createAppServer({ pagesDir, distDir, environment }: AppServerOptions): AppServer {
  const pages = new Map<string, { html: string; headers: Record<string, string> }>();

  /** Replaces placeholders like `{{clientId}}`, for pages without script of their own. */
  const fillIn = (html: string): string => {
    const values = environment();
    return html.replace(/{{(\w+)}}/g, (all, name: string) => values[name] ?? all);
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new HttpError(405, 'Only GET and HEAD.');
    const path = pathOf(request);
    const page = pages.get(path);
    if (page) return send(response, 200, page.html, { 'Content-Type': 'text/html; charset=utf-8', ...page.headers });
    if (path === '/env.json') return sendJson(response, 200, environment());
    if (path === '/favicon.ico') return send(response, 204);
    // Beside its script and the doctor. Browsers keep the fragment.
    if (path === '/setup.html') return send(response, 302, undefined, { Location: '/dist/setup.html' });
    const headers = callbackHeaders[path];
    if (headers) return sendFile(response, distDir, path, headers);
    if (path.startsWith('/dist/')) return sendFile(response, distDir, path.slice('/dist'.length));
    return sendFile(response, pagesDir, path.endsWith('/') ? `${path}index.html` : path, {}, fillIn);
  }

  return {
    handler: (request, response) => {
      serve(request, response).catch((error: unknown) => {
        const status = error instanceof HttpError ? error.status : 500;
        send(response, status, `${error instanceof Error ? error.message : 'Failed'}\n`, {
          'Content-Type': 'text/plain; charset=utf-8',
        });
      });
    },
    page: (path, html, headers = {}) => {
      pages.set(path, { html, headers });
    },
  };
}

async function sendFile(
  response: ServerResponse,
  folder: string,
  path: string,
  headers: Record<string, string> = {},
  rewrite: (html: string) => string = (html) => html,
): Promise<void> {
  const file = fileWithin(folder, path);
  const content = await readFile(file).catch(() => {
    throw new HttpError(404, `Nothing found at ${path}.`);
  });
  send(response, 200, extname(file) === '.html' ? rewrite(String(content)) : content, {
    'Content-Type': contentTypes[extname(file)] ?? 'application/octet-stream',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  });
}

/** Decodes dots and slashes before it resolves the path, so that no path leads out of the folder. */
function fileWithin(folder: string, path: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    throw new HttpError(400, 'The path is not valid.');
  }
  const root = resolve(folder);
  const file = resolve(root, `.${decoded}`);
  if (decoded.includes('\0') || !file.startsWith(root + sep)) throw new HttpError(404, `Nothing found at ${path}.`);
  return file;
}
