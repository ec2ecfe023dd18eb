import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { chromium, type Browser } from 'playwright-core';
import { chromiumArgs, requireChromium } from '../../scripts/engines/chromium.mjs';

const origin = 'https://shop.example';

const tag = (more = '', prefix = ''): string =>
  `<${prefix}gc-auth-messenger deployment-id="3f0c1c2e-8d4b-4b7a-9f6e-2a1d5c7e9b10" environment="prod-euw1"
    authority="https://login.example.com" client-id="messenger-web" ${more}></${prefix}gc-auth-messenger>`;

const script = (src = '/dist/gc-auth-messenger.iife.js', prefix = ''): string =>
  `<${prefix}script src="${origin}${src}"></${prefix}script>`;

const xhtml = (head: string, body: string): string =>
  `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Shop</title>${head}</head><body>${body}</body></html>`;

/** In every page and frame, before its scripts: what the element tells. */
function record(): void {
  const told: string[] = [];
  Object.assign(window, { told });
  addEventListener('gc-state-change', ({ detail }) => told.push(`${detail.state} ${detail.reason}`));
  addEventListener('gc-error', ({ detail }) => told.push(`${detail.code}: ${detail.message}`));
}

interface Told {
  readonly told: readonly string[];
  readonly thrown: readonly string[];
}

describe('odd pages', () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumArgs });
  });
  after(() => browser.close());

  /**
   * What the element of a page, or of its first frame, tells first.
   *
   * @param files scripts of the page by path, in addition to those of the package
   * @param count how much to wait for
   */
  async function visit(body: string, type = 'text/html', files: Record<string, string> = {}, count = 1): Promise<Told> {
    const page = await browser.newPage();
    const thrown: string[] = [];
    page.on('pageerror', ({ message }) => thrown.push(message));
    await page.addInitScript(record);
    await page.route('**/*', (route) => {
      const { host, pathname, search } = new URL(route.request().url());
      if (host !== new URL(origin).host) return route.abort();
      if (pathname === '/') return route.fulfill({ contentType: type, body });
      const framed = script() + tag(search && 'loading="interaction"');
      if (pathname === '/framed') return route.fulfill({ contentType: 'text/html', body: framed });
      const code = files[pathname] ?? readFileSync(pathname.slice(1), 'utf8');
      return route.fulfill({ contentType: 'text/javascript', body: code });
    });
    await page.goto(`${origin}/`);
    const frame = page.frames()[1] ?? page.mainFrame();
    await frame.waitForFunction((enough) => (window as unknown as Told).told.length >= enough, count);
    const told = await frame.evaluate(() => (window as unknown as Told).told);
    await page.close();
    return { told, thrown };
  }

  const srcdoc = (html: string, more = ''): string =>
    `<!doctype html><iframe ${more} srcdoc="${html.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;

  for (const [what, page, type] of [
    ['an XHTML page, tag after the bundle', xhtml(script(), tag()), 'application/xhtml+xml'],
    ['an XHTML page, tag before the bundle', xhtml('', tag() + script()), 'application/xhtml+xml'],
    [
      'an SVG page',
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:h="http://www.w3.org/1999/xhtml">${script(undefined, 'h:')}
        <foreignObject>${tag('', 'h:')}</foreignObject></svg>`,
      'image/svg+xml',
    ],
    ['a srcdoc frame with a redirect URI', srcdoc(script() + tag('redirect-uri="/callback.html"'))],
    [
      'a page with <base> on another origin',
      `<!doctype html><base href="https://cdn.example/">${script()}${tag('redirect-uri="callback.html"')}`,
    ],
  ] as const) {
    it(`start in ${what}`, async () => {
      const { told, thrown } = await visit(page, type);
      assert.deepEqual([told[0], thrown], ['loading start', []]);
    });
  }

  it('tell once where the Lit of a host cannot render, as in XHTML, and refuse methods with it', async () => {
    const { outputFiles } = await build({
      entryPoints: ['dist/define.js'],
      bundle: true,
      write: false,
      format: 'iife',
      logLevel: 'error',
    });
    const call = `const element = document.querySelector('gc-auth-messenger');
      element.updateComplete.then(() => element.signIn()).catch(({ code }) => told.push('signIn ' + code));`;
    const page = xhtml('', `${tag()}${script('/host.js')}${script('/call.js')}`);
    const files = { '/host.js': outputFiles[0]!.text, '/call.js': call };
    const { told, thrown } = await visit(page, 'application/xhtml+xml', files, 3);
    assert.deepEqual(told, [
      'failed config-invalid',
      'config-invalid: The element cannot be rendered in this page.',
      'signIn config-invalid',
    ]);
    assert.deepEqual(thrown, []);
  });

  it('tell what a srcdoc frame needs', async () => {
    const { told } = await visit(srcdoc(script() + tag()));
    assert.match(told[1] ?? '', /redirect-uri: found “about:srcdoc”, wanted a URL of https:\/\/shop\.example /);
  });

  it('tell what a URL on another origin was resolved to', async () => {
    const { told } = await visit(`<!doctype html>${script()}${tag('redirect-uri="//cdn.example/callback.html"')}`);
    assert.match(told[1] ?? '', /found “\/\/cdn\.example\/callback\.html” \(https:\/\/cdn\.example\/callback\.html\)/);
  });

  it('tell at once of a sandbox without an origin, also before a click', async () => {
    for (const path of ['/framed', '/framed?loading']) {
      const { told } = await visit(`<!doctype html><iframe sandbox="allow-scripts" src="${path}"></iframe>`);
      assert.deepEqual(told, [
        'failed storage-blocked',
        'storage-blocked: The page is in a sandbox without allow-same-origin.',
      ]);
    }
  });

  it('keep the first of two builds, whose version can be read', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const first = script('/first.js') + script();
    const read = `<script>told.push(customElements.get('gc-auth-messenger').version)</script>`;
    const bundle = readFileSync('dist/gc-auth-messenger.iife.js', 'utf8');
    assert.ok(bundle.includes(`"${version}"`), 'the version of package.json');
    const older = bundle.replace(`"${version}"`, '"0.0.1"');
    const { told, thrown } = await visit(`<!doctype html>${first}${read}`, 'text/html', { '/first.js': older });
    assert.deepEqual([told, thrown], [['0.0.1'], []]);
  });
});

describe('modules from a static server', () => {
  it('are what the documentation says: RxJS has imports that no browser resolves', () => {
    const { exports } = JSON.parse(readFileSync('node_modules/rxjs/package.json', 'utf8')) as {
      exports: { '.': { es2015: string } };
    };
    const entry = readFileSync(`node_modules/rxjs/${exports['.'].es2015}`, 'utf8');
    assert.match(entry, /from '\.\/internal\/Observable'/);
    assert.match(readFileSync('docs/setup.md', 'utf8'), /RxJS has imports without extensions/);
  });
});
