/*
 * Named elements override members of `document`, such as `<form name="body">`. Its prototype has none of them.
 */
const { prototype } = Document;

export const bodyOf = (page: Document): HTMLElement =>
  Object.getOwnPropertyDescriptor(prototype, 'body')?.get?.call(page) as HTMLElement;

type Attributes = Record<string, string | boolean | undefined>;

/** Creates an element without markup strings, which Trusted Types would block. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = prototype.createElement.call(document, tag) as HTMLElementTagNameMap[K];
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...children);
  return node;
}

export function setAttribute(node: Element, name: string, value: string | boolean | undefined): void {
  if (value === undefined || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? '' : value);
}

const svgNamespace = 'http://www.w3.org/2000/svg';

const paths = {
  chat: 'M12 3C6.5 3 2 6.8 2 11.5c0 2.5 1.3 4.8 3.4 6.3-.1 1.1-.6 2.3-1.5 3.2 1.8 0 3.5-.7 4.7-1.7 1.1.3 2.2.5 3.4.5 5.5 0 10-3.8 10-8.3S17.5 3 12 3z',
  close: 'M6.4 5 5 6.4 10.6 12 5 17.6 6.4 19l5.6-5.6 5.6 5.6 1.4-1.4-5.6-5.6L19 6.4 17.6 5 12 10.6z',
  minimise: 'M7.4 8.6 12 13.2l4.6-4.6L18 10l-6 6-6-6z',
  send: 'M3.4 20.4 21 12.9c.8-.3.8-1.5 0-1.8L3.4 3.6c-.7-.3-1.5.3-1.3 1.1L3.8 11 13 12l-9.2 1-1.7 6.3c-.2.8.6 1.4 1.3 1.1z',
} as const;

const createSvg = <K extends keyof SVGElementTagNameMap>(tag: K): SVGElementTagNameMap[K] =>
  prototype.createElementNS.call(document, svgNamespace, tag) as SVGElementTagNameMap[K];

/** A decorative icon, hidden from assistive technology. */
export function icon(name: keyof typeof paths): SVGSVGElement {
  const svg = createSvg('svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon icon-${name}`);
  const path = createSvg('path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
