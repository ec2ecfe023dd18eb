import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startDemo, type Demo } from '../../demo/server/demo.js';
import { authorizeUrl } from './sign-in.js';
import { UserAgent } from './user-agent.js';

let demo: Demo;
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gc-auth-messenger-'));
  await mkdir(join(folder, 'dist', 'testing'), { recursive: true });
  await mkdir(join(folder, 'pages'));
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'dist', 'callback.html'), '<!doctype html>callback');
  await writeFile(join(folder, 'dist', 'gc-auth-messenger.js'), '// bundle');
  await writeFile(join(folder, 'dist', 'testing', 'genesys-stand-in.js'), '// stand-in');
  await writeFile(join(folder, 'pages', 'index.html'), '<!doctype html>shop');
  demo = await startDemo({
    distDir: join(folder, 'dist'),
    pagesDir: join(folder, 'pages'),
    redirectPaths: ['/account'],
    extraOrigins: ['http://localhost:1'],
    quiet: true,
  });
});

after(async () => {
  await demo.close();
  await rm(folder, { recursive: true });
});

/** Sends the path unchanged. `fetch` would resolve the dots. */
function rawStatus(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const clientRequest = request({ host: '127.0.0.1', port: new URL(demo.app.origin).port, path, agent: false });
    clientRequest.once('error', reject);
    clientRequest.once('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    clientRequest.end();
  });
}

describe('the app server', () => {
  it('serves pages without caching, and the callback page with', async () => {
    const index = await fetch(`${demo.app.origin}/`);
    assert.equal(await index.text(), '<!doctype html>shop');
    assert.equal(index.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(index.headers.get('cache-control'), 'no-store');
    const callback = await fetch(`${demo.app.origin}/callback.html?code=x`);
    assert.equal(await callback.text(), '<!doctype html>callback');
    assert.equal(callback.headers.get('cache-control'), 'max-age=3600');
    assert.equal(
      callback.headers.get('no-vary-search'),
      'params',
      'one entry in the cache for the answers in the query',
    );
    assert.equal(index.headers.get('no-vary-search'), null, 'pages may differ by query');
    const bundle = await fetch(`${demo.app.origin}/dist/gc-auth-messenger.js`);
    assert.equal(bundle.headers.get('content-type'), 'text/javascript; charset=utf-8');
    assert.equal((await fetch(`${demo.app.origin}/missing.html`)).status, 404);
    assert.equal((await fetch(`${demo.app.origin}/`, { method: 'POST' })).status, 405);
  });

  it('leads to the set-up page, beside whose script the doctor is', async () => {
    const answer = await fetch(`${demo.app.origin}/setup.html`, { redirect: 'manual' });
    assert.deepEqual([answer.status, answer.headers.get('location')], [302, '/dist/setup.html']);
  });

  it('serves pages from memory, with their own headers', async () => {
    demo.app.page('/csp', '<!doctype html>one');
    demo.app.page('/csp', '<!doctype html>two', { 'Content-Security-Policy': "default-src 'self'" });
    const answer = await fetch(`${demo.app.origin}/csp?query`);
    assert.equal(await answer.text(), '<!doctype html>two');
    assert.equal(answer.headers.get('content-security-policy'), "default-src 'self'");
  });

  it('serves the addresses of this run', async () => {
    assert.deepEqual(await (await fetch(`${demo.app.origin}/env.json`)).json(), {
      appOrigin: demo.app.origin,
      providerOrigin: demo.provider.origin,
      crossSiteProviderOrigin: demo.crossSiteProvider.origin,
      genesysOrigin: demo.genesys.origin,
      scriptUrl: demo.genesys.scriptUrl,
      clientId: 'messenger-web',
      deploymentId: demo.genesys.deploymentId,
    });
    assert.equal(await (await fetch(demo.genesys.scriptUrl)).text(), '// stand-in');
  });

  it('serves no files outside its folders', async () => {
    for (const path of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/dist/../../secret.txt',
      '/dist/..%2f..%2fsecret.txt',
      '/..%5csecret.txt',
      '/dist/',
      '/%00',
      '/%ff',
      '//secret.txt',
    ]) {
      assert.ok([400, 404].includes(await rawStatus(path)), path);
    }
  });
});

describe('the demo', () => {
  it('registers additional redirect URIs', async () => {
    for (const redirectUri of [`${demo.app.origin}/account`, 'http://localhost:1/callback.html']) {
      const url = authorizeUrl(demo, demo.provider, { prompt: 'none', redirect_uri: redirectUri });
      const { location } = await new UserAgent().go(url);
      assert.equal(location?.searchParams.get('error'), 'login_required');
    }
  });

  it('rejects for a port in use, or uses another one', async () => {
    const usedPort = Number(new URL(demo.app.origin).port);
    await assert.rejects(startDemo({ ports: { app: usedPort } }), { code: 'EADDRINUSE' });
    const other = await startDemo({ ports: { app: usedPort }, anyPortIfTaken: true });
    assert.notEqual(other.app.origin, demo.app.origin);
    await other.close();
    await assert.rejects(fetch(other.app.origin));
  });

  it('prints nothing without an error', async (context) => {
    const printed = (['log', 'info', 'warn', 'error'] as const).map((level) => context.mock.method(console, level));
    const other = await startDemo();
    await new UserAgent().follow(authorizeUrl(other, other.provider));
    await other.close();
    assert.equal(
      printed.reduce((sum, { mock }) => sum + mock.callCount(), 0),
      0,
    );
  });
});
