import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseFragment, serializeOuter, type DefaultTreeAdapterTypes } from 'parse5';
import { usualAttributes, TestSite } from './test-site.js';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** The HTML samples of the page, by heading. */
const samples = new Map(
  [...readFileSync('docs/script-tag.md', 'utf8').matchAll(/^## (.+)\n(?:(?!^## )[^])*?```html\n([^]*?)```/gm)].map(
    ([, heading = '', code = '']) => [heading, code],
  ),
);

const sample = (heading: string): string => samples.get(heading) ?? assert.fail(`No sample below ${heading}`);

/** A sanitiser that keeps these tags, each with the attributes that it allows. Of other tags, it keeps the text. */
function sanitise(html: string, tags: RegExp, attributes: RegExp): string {
  const kept = (node: Node): string => {
    if (!('tagName' in node)) return serializeOuter(node);
    const inside = node.childNodes.map(kept).join('');
    if (!tags.test(node.tagName)) return inside;
    const own = node.attrs.filter(({ name }) => attributes.test(name)).map(({ name, value }) => ` ${name}="${value}"`);
    return `<${node.tagName}${own.join('')}>${inside}</${node.tagName}>`;
  };
  return parseFragment(html).childNodes.map(kept).join('');
}

/** Tags of `$allowedposttags`, as far as a test needs them, and its attributes for every tag. */
const kses = (html: string): string => sanitise(html, /^(div|p|span|a|em|strong)$/, /^(data-.+|class|id|title|style)$/);

/** The format Basic HTML as Drupal installs it. */
const basicHtml = (html: string): string => sanitise(html, /^(a|em|strong|code|ul|ol|li|p|span|img)$/, /^href$/);

/** Tag Manager inserts a new script with the text and the address of the old one, and no other attribute. */
const tagManager = (html: string): string => `<script>
  const holder = document.createElement('div');
  holder.innerHTML = ${JSON.stringify(html).replaceAll('</', '<\\/')};
  for (const old of holder.querySelectorAll('script')) {
    const script = document.createElement('script');
    script.text = old.text;
    if (old.getAttribute('src')) script.src = old.src;
    document.body.append(script);
  }
</script>`;

/** The tag is held back, and inserted again as it was. Consent tools and Rocket Loader both do that. */
const heldBack = (html: string): string => `${html.replace('<script', '<script type="text/plain"')}<script>
  addEventListener('load', () => {
    const held = document.querySelector('script[type="text/plain"]');
    const copy = document.createElement('script');
    for (const { name, value } of held.attributes) if (name !== 'type') copy.setAttribute(name, value);
    held.replaceWith(copy);
  });
</script>`;

/** The code runs from another file, and the tag stays in the page without running. */
const joined = (html: string): string =>
  `${html.replace('<script', '<script type="text/plain"')}<script src="/joined.js"></script>`;

const tag = sample('The tag');
const mounting = tag.replace('async', 'data-mount');

const pages: Record<string, string> = {
  tag,
  tagManager: tagManager(sample('Google Tag Manager')),
  wordPress: mounting + kses(sample('WordPress')),
  drupal: basicHtml('<p>Text of an editor</p>') + tag,
  heldBack: heldBack(tag),
  joined: joined(tag),
};

test('the recipes for systems that change the page sign in', async (t) => {
  const site = await TestSite.open('recipes');
  t.after(() => site.close());
  await site.signInAtProvider();
  const usual = usualAttributes(site.demo, site.provider);
  const hash = (JSON.parse(readFileSync('dist/integrity.json', 'utf8')) as Record<string, string>)[
    'gc-auth-messenger.iife.js'
  ]!;
  // The servers of the test, in place of those of the page; the script needs its address as well.
  const here = (html: string): string =>
    html
      .replaceAll('https://cdn.example/0.1.0', '/dist')
      .replaceAll('sha384-…', hash)
      .replaceAll('3f0c1c2e-8d4b-4b7a-9f6e-2a1d5c7e9b10', usual['deployment-id']!)
      .replaceAll('https://login.example.com', usual['authority']!)
      .replaceAll('messenger-web', usual['client-id']!)
      .replaceAll('https://www.example.com/callback.html', usual['redirect-uri']!)
      .replace('data-environment=', `data-script-url="${usual['script-url']}" data-environment=`)
      .replace(
        "script.setAttribute('data-environment'",
        `script.setAttribute('data-script-url', '${usual['script-url']}'); $&`,
      );
  const plain = (await (await fetch(`${site.demo.app.origin}/account`)).text())
    .replace(/<script[^>]*type="module"[^>]*><\/script>/, '')
    .replace(/<gc-auth-messenger[^>]*><\/gc-auth-messenger>/, '<!-- recipe -->');
  for (const [name, html] of Object.entries(pages)) {
    const body = name === 'tagManager' ? tagManager(here(sample('Google Tag Manager'))) : here(html);
    site.demo.app.page(
      `/${name}`,
      plain.replace('<!-- recipe -->', () => body),
    );
  }

  site.demo.app.page('/joined.js', readFileSync('dist/gc-auth-messenger.iife.js', 'utf8'), {
    'content-type': 'text/javascript',
  });

  const shop = await site.newTab();
  for (const name of Object.keys(pages)) {
    await t.test(name, async () => {
      await shop.visit(`/${name}`);
      await shop.waitForState('signed-in');
      assert.equal(await shop.element.count(), 1);
    });
  }
  await shop.checkInvariants();
});

test('the rules that the recipes avoid remove what an editor writes', () => {
  assert.doesNotMatch(kses(tag), /data-/);
  assert.doesNotMatch(basicHtml(tag + sample('WordPress')), /data-/);
  assert.match(kses(sample('WordPress')), /<div data-gc-auth-messenger/);
});
