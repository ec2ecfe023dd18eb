import { parse } from 'parse5';
import type { DefaultTreeAdapterTypes } from 'parse5';
import { markupOf } from '../../doctor/markup.js';
import type { MarkupElement, ReadMarkup } from '../../doctor/markup.js';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** Reads markup as a browser in which scripts run. */
export const parseMarkup: ReadMarkup = (html, url) => markupOf(elementsOf(html), url);

/** In document order, also those of declarative shadow roots. */
export const elementsOf = (html: string): readonly MarkupElement[] => [...elementsIn(parse(html))].map(elementOf);

function* elementsIn(node: Node): Generator<Element> {
  if ('tagName' in node) yield node;
  if ('content' in node && isShadowRoot(node)) yield* elementsIn(node.content);
  if ('childNodes' in node) for (const child of node.childNodes) yield* elementsIn(child);
}

const isShadowRoot = ({ attrs }: Element): boolean => attrs.some(({ name }) => name === 'shadowrootmode');

const elementOf = ({ tagName, attrs, childNodes, parentNode }: Element): MarkupElement => ({
  name: tagName,
  attributes: Object.fromEntries(attrs.map(({ name, value }) => [name, value])),
  inHead: parentNode?.nodeName === 'head',
  text: tagName === 'script' ? childNodes.map((node) => ('value' in node ? node.value : '')).join('') : '',
});
