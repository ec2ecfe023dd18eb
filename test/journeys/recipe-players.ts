import { parseFragment, serializeOuter, type DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** What systems do to the code of a page, by their published rules. */

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
export const kses = (html: string): string =>
  sanitise(html, /^(div|p|span|a|em|strong)$/, /^(data-.+|class|id|title|style)$/);

/** The format Basic HTML as Drupal installs it. */
export const basicHtml = (html: string): string => sanitise(html, /^(a|em|strong|code|ul|ol|li|p|span|img)$/, /^href$/);

/**
 * `context='html'` of HTL, as far as a test needs it.
 *
 * @see https://github.com/apache/sling-org-apache-sling-xss/blob/master/src/main/resources/SLING-INF/content/config.xml
 */
export const htlHtml = (html: string): string =>
  sanitise(html, /^(div|p|span|a|em|strong)$/, /^(data-.+|class|id|title|style)$/);

/** Tag Manager inserts a new script with the text and the address of the old one, and no other attribute. */
export const tagManager = (html: string): string => `<script>
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
export const heldBack = (html: string): string => `${html.replace('<script', '<script type="text/plain"')}<script>
  addEventListener('load', () => {
    const held = document.querySelector('script[type="text/plain"]');
    const copy = document.createElement('script');
    for (const { name, value } of held.attributes) if (name !== 'type') copy.setAttribute(name, value);
    held.replaceWith(copy);
  });
</script>`;

/** The code runs from another file, and the tag stays in the page without running. */
export const joined = (html: string): string =>
  `${html.replace('<script', '<script type="text/plain"')}<script src="/joined.js"></script>`;

/**
 * Custom code of type HTML is inserted after the page was parsed, script by script, with all attributes.
 *
 * @see https://github.com/krux/postscribe/blob/master/src/write-stream.js
 */
export const adobeTags = (html: string): string => `<script>
  addEventListener('DOMContentLoaded', () => {
    const holder = new DOMParser().parseFromString(${JSON.stringify(html).replaceAll('</', '<\\/')}, 'text/html');
    for (const old of holder.querySelectorAll('script')) {
      const script = document.createElement('script');
      for (const { name, value } of old.attributes) script.setAttribute(name, value);
      script.text = old.text;
      document.body.append(script);
    }
  });
</script>`;

/** SharePoint starts a customizer after the page, and again where another site begins without a load. */
export const sharePoint = (module: string): string => `
  class BaseApplicationCustomizer {}
  ${module
    .replace(/import .* from ["']@microsoft\/sp-application-base["'];/, '')
    .replace(/["']gc-auth-messenger\/define\.js["']/, '"/dist/gc-auth-messenger.js"')
    .replace('export default class', 'class')
    .replace(/export\s*\{\s*\w+ as default\s*\};/, '')}
  await new ChatCustomizer().onInit();
  await new ChatCustomizer().onInit();`;

/**
 * WordPress makes quotes of text curly; tags, and the text of some of them, stay as they are.
 *
 * @see https://github.com/WordPress/wordpress-develop/blob/trunk/src/wp-includes/formatting.php
 */
export function wptexturize(html: string): string {
  let untouched = 0;
  return html
    .split(/(<[^>]*>)/)
    .map((part) => {
      const [, end, name] = /^<(\/?)(pre|code|kbd|style|script|tt)\b/.exec(part) ?? [];
      if (name) untouched += end ? -1 : 1;
      if (part.startsWith('<') || untouched > 0) return part;
      return part
        .replace(/(^|[\s([{-])"(?=\S)/g, '$1“')
        .replace(/(?<=\d)"/g, '″')
        .replaceAll('"', '”');
    })
    .join('');
}

/** What is on the clipboard after somebody copied all text of this. */
export const copiedFrom = (html: string): string =>
  parseFragment(html)
    .childNodes.map(function textOf(node: Node): string {
      if ('childNodes' in node) return node.childNodes.map(textOf).join('');
      return 'value' in node ? node.value : '';
    })
    .join('');
