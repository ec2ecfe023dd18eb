import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { transform } from 'esbuild';
import { cspFor, policyText, type Policy } from '../../src/doctor/csp.js';
import type { GcAuthMessenger } from '../../src/index.js';
import {
  adobeTags,
  basicHtml,
  copiedFrom,
  heldBack,
  htlHtml,
  joined,
  kses,
  sharePoint,
  tagManager,
  wptexturize,
} from './recipe-players.js';
import { recorder, TestSite, usualAttributes } from './test-site.js';

/** The first sample below each heading of the page. */
const samples = new Map(
  [
    ...readFileSync('docs/script-tag.md', 'utf8').matchAll(/^## (.+)\n(?:(?!^## )[^])*?```(?:html|ts)\n([^]*?)```/gm),
  ].map(([, heading = '', code = '']) => [heading, code]),
);

const sample = (heading: string): string => samples.get(heading) ?? assert.fail(`No sample below ${heading}`);

const curly = copiedFrom(wptexturize(`<p>${tagOfElement().replaceAll('<', '&lt;')}</p>`));

/** The smallest page of the README shows the tag. */
function tagOfElement(): string {
  return /^<gc-auth-messenger\n[^]*?<\/gc-auth-messenger>/m.exec(readFileSync('README.md', 'utf8'))?.[0] ?? '';
}

/** The page of the SharePoint recipe where the provider answers. */
const signedIn = '/sites/shop/SitePages/signed-in.aspx';

interface Recipe {
  readonly head?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

/** Pages with the code of the samples, on the servers of a test. */
class RecipePages {
  readonly #site: TestSite;
  readonly #usual: Record<string, string>;

  constructor(site: TestSite) {
    this.#site = site;
    this.#usual = usualAttributes(site.demo, site.provider);
    this.file('/recorder.js', recorder);
    this.file('/joined.js', readFileSync('dist/gc-auth-messenger.iife.js', 'utf8'));
  }

  file(path: string, script: string): void {
    this.#site.demo.app.page(path, script, { 'content-type': 'text/javascript' });
  }

  serve(path: string, title: string, { head = '', body = '', headers = {} }: Recipe): void {
    const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
      <script src="/recorder.js"></script>${head}</head><body><h1>${title}</h1>${body}</body></html>`;
    this.#site.demo.app.page(path, html, headers);
  }

  /** The servers of the test, in place of those of the page; the script needs its address as well. */
  here(html: string): string {
    const usual = this.#usual;
    const hashes = JSON.parse(readFileSync('dist/integrity.json', 'utf8')) as Record<string, string>;
    const scriptUrl = usual['script-url']!;
    return (
      html
        .replaceAll('https://cdn.example/0.1.0', '/dist')
        .replaceAll('sha384-…', hashes['gc-auth-messenger.iife.js']!)
        .replaceAll('3f0c1c2e-8d4b-4b7a-9f6e-2a1d5c7e9b10', usual['deployment-id']!)
        .replaceAll('https://login.example.com', usual['authority']!)
        .replaceAll('messenger-web', usual['client-id']!)
        .replaceAll('https://www.example.com', this.#site.demo.app.origin)
        .replace('data-environment=', `data-script-url="${scriptUrl}" data-environment=`)
        .replace("script.setAttribute('data-environment'", `script.setAttribute('data-script-url', '${scriptUrl}'); $&`)
        // As by default. Where it is set, an answer that takes longer than a second causes no second request: this page
        // answers itself, and loads the whole bundle for it.
        .replace('chat.environment =', `chat.scriptUrl = '${scriptUrl}'; chat.responseMode = 'fragment'; $&`)
    );
  }

  sample(heading: string): string {
    return this.here(sample(heading));
  }

  /** Policies that the command line prints for this site. */
  policies(): Policy {
    return cspFor({
      environment: 'prod-euw1',
      page: this.#site.demo.app.origin,
      authority: this.#usual['authority']!,
      scriptUrl: this.#usual['script-url']!,
    }).page;
  }
}

async function recipesOf(pages: RecipePages): Promise<Record<string, Recipe>> {
  const tag = pages.sample('The tag');
  const mounting = tag.replace('async', 'data-mount');
  const placeholder = pages.sample('WordPress');
  const forTagManager = pages.sample('Google Tag Manager');
  const { code } = await transform(pages.sample('SharePoint'), { loader: 'ts' });
  pages.file('/customizer.js', sharePoint(code));
  pages.file('/resource/chat.js', forTagManager.replace(/<\/?script>/g, ''));
  const policies = pages.policies();
  return {
    'plain page': { body: tag },
    'Google Tag Manager': { body: tagManager(forTagManager) },
    WordPress: { body: mounting + kses(placeholder) },
    Drupal: { body: basicHtml('<p>Text of an editor</p>') + tag },
    'consent tools': { body: heldBack(tag) },
    'script optimisers': { body: joined(tag) },
    // Its policy is for scripts only.
    SharePoint: {
      body: '<script type="module" src="/customizer.js"></script>',
      headers: { 'Content-Security-Policy': policyText({ 'script-src': policies['script-src'] ?? [] }) },
    },
    'Salesforce Experience Cloud': {
      head: pages.sample('Salesforce Experience Cloud'),
      headers: { 'Content-Security-Policy': policyText({ 'default-src': ["'none'"], ...policies }) },
    },
    'Adobe Experience Manager': { body: mounting + htlHtml(placeholder) },
    'Adobe Tags': { body: adobeTags(tag) },
  };
}

test('the recipes for systems that change the page sign in', async (t) => {
  const site = await TestSite.open('J33', { redirectPaths: [signedIn] });
  t.after(() => site.close());
  await site.signInAtProvider();
  const pages = new RecipePages(site);
  const recipes = await recipesOf(pages);
  pages.serve(signedIn, 'Signed in', recipes['SharePoint'] ?? {});
  const shop = await site.newTab();
  for (const [name, recipe] of Object.entries(recipes)) {
    await t.test(name, async () => {
      const path = `/recipe/${name.replaceAll(' ', '-')}`;
      pages.serve(path, name, recipe);
      await shop.visit(path);
      await shop.waitForState('signed-in');
      assert.equal(await shop.element.count(), 1);
      // A policy and an address for answers of its own: not only with the JWT of the page before.
      if (recipe.headers) {
        const before = site.authorizationRequests('code');
        await shop.reloadWithoutTokens();
        await shop.waitForState('signed-in');
        assert.equal(site.authorizationRequests('code'), before + 1);
      }
      if (name === 'WordPress') {
        await shop.openChat();
        await shop.screenshot(name);
      }
    });
  }

  await shop.checkInvariants();

  await t.test('a tag that was copied from a text of WordPress says what is wrong', async () => {
    const silenced = '<script>console.error = (...words) => (window.printed ??= []).push(words.join(" "))</script>';
    pages.serve('/curly', 'Curly quotes', {
      head: `${silenced}<script type="module" src="/dist/gc-auth-messenger.js"></script>`,
      body: pages.here(curly),
    });
    await shop.visit('/curly');
    await shop.waitForState('failed');
    const printed = await shop.page.evaluate(() => (window as unknown as { printed: string[] }).printed.join('\n'));
    assert.match(printed, /config-invalid: Attribute environment: found “”prod-euw1″”/);
    const { checks } = await shop.element.evaluate((element: GcAuthMessenger) => element.diagnose());
    const found = checks.filter(({ id }) => id === 'attribute-quotes').map(({ found }) => found);
    assert.match(found.join('\n'), /deployment-id/);
  });
});

test('the rules that the recipes avoid remove what an editor writes', () => {
  const tag = sample('The tag');
  for (const filter of [kses, basicHtml, htlHtml]) assert.doesNotMatch(filter(tag + tagOfElement()), /gc-auth|data-/);
  assert.doesNotMatch(basicHtml(sample('WordPress')), /data-/);
  assert.match(kses(sample('WordPress')), /<div data-gc-auth-messenger/);
  assert.match(htlHtml(sample('WordPress')), /<div data-gc-auth-messenger/);
  // A real tag keeps its quotes, one that is shown does not.
  assert.equal(wptexturize(`<p>${tagOfElement()}</p>`), `<p>${tagOfElement()}</p>`);
  assert.match(curly, /deployment-id=”3f0c1c2e-8d4b-4b7a-9f6e-2a1d5c7e9b10″/);
});
