import { attempt } from '../../core/stored-value.js';
import { markupOf } from '../markup.js';
import type { MarkupElement, ReadMarkup } from '../markup.js';

/** Reads markup with the parser of the browser. Undefined where Trusted Types forbid it. */
export const readHtml: ReadMarkup = (html, url) => {
  const parsed = attempt(() => new DOMParser().parseFromString(html, 'text/html'));
  if (!parsed) return undefined;
  const elements = [...parsed.querySelectorAll('base, link, meta, script, gc-auth-messenger')];
  // This parser reads as where scripts do not run, so that the content of <noscript> is markup.
  return markupOf(elements.filter((element) => !element.closest('noscript')).map(elementOf), url);
};

const elementOf = (element: Element): MarkupElement => ({
  name: element.localName,
  attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
  inHead: element.parentElement?.localName === 'head',
  text: element.textContent,
});
