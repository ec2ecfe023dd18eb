import { parse } from 'parse5';
import type { DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** What the markup of a page says. */
export interface ReadPage {
  /** Attributes of the tag, or `data-*` that stand for them. Undefined where there is none. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly tags: number;
  readonly metaPolicies: readonly string[];
  readonly bundles: ReadonlyArray<{ readonly url: string; readonly module: boolean }>;
  readonly snippet?: { readonly deploymentId: string };
}

/** Reads the markup as a browser does. `url`: where it came from. */
export function readPage(html: string, url: URL): ReadPage {
  const elements = [...elementsIn(parse(html))];
  const named = (name: string): readonly Element[] => elements.filter(({ tagName }) => tagName === name);
  const baseText = named('base')
    .map((base) => attribute(base, 'href'))
    .find((href) => href !== undefined);
  const base = baseText !== undefined && URL.canParse(baseText, url) ? new URL(baseText, url) : url;
  const scripts = named('script').flatMap((script) => {
    const src = attribute(script, 'src');
    return src !== undefined && /gc-auth-messenger/.test(src) && URL.canParse(src, base)
      ? [{ script, url: new URL(src, base).href }]
      : [];
  });
  const own = scripts.find(({ url }) => /gc-auth-messenger\.iife/.test(url))?.script;
  const tags = named('gc-auth-messenger');
  const attributes = tags[0] ? allAttributes(tags[0]) : fromScriptTag(own, named('div'));
  const deploymentId = snippetIn(named('script'));
  return {
    ...(attributes && { attributes }),
    tags: tags.length || (attributes ? 1 : 0),
    metaPolicies: named('meta')
      .filter((meta) => attribute(meta, 'http-equiv')?.toLowerCase() === 'content-security-policy')
      .map((meta) => attribute(meta, 'content') ?? ''),
    bundles: scripts.map(({ script, url }) => ({ url, module: attribute(script, 'type')?.toLowerCase() === 'module' })),
    ...(deploymentId !== undefined && { snippet: { deploymentId } }),
  };
}

/** In document order, also those of declarative shadow roots. */
function* elementsIn(node: Node): Generator<Element> {
  if ('tagName' in node) yield node;
  if ('content' in node && isShadowRoot(node)) yield* elementsIn(node.content);
  if ('childNodes' in node) for (const child of node.childNodes) yield* elementsIn(child);
}

const isShadowRoot = (template: Element): boolean => attribute(template, 'shadowrootmode') !== undefined;

const attribute = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find((each) => each.name === name)?.value;

const allAttributes = ({ attrs }: Element): Record<string, string> =>
  Object.fromEntries(attrs.map(({ name, value }) => [name, value]));

/** Attributes of the script tag that are not for the element. */
const ownNames = ['data-mount', 'data-gc-auth-messenger'];

const dataAttributes = ({ attrs }: Element): Record<string, string> =>
  Object.fromEntries(
    attrs
      .filter(({ name }) => name.startsWith('data-') && !ownNames.includes(name))
      .map(({ name, value }) => [name.slice(5), value]),
  );

/** For pages that strip unknown tags: what the script tag says wins over a placeholder. */
function fromScriptTag(script: Element | undefined, divs: readonly Element[]): Record<string, string> | undefined {
  if (!script) return undefined;
  const place =
    attribute(script, 'data-mount') === undefined
      ? undefined
      : divs.find((div) => attribute(div, 'data-gc-auth-messenger') !== undefined);
  const attributes = { ...(place && dataAttributes(place)), ...dataAttributes(script) };
  return Object.keys(attributes).length > 0 ? attributes : undefined;
}

/** The deployment of a Messenger snippet in the page. */
function snippetIn(scripts: readonly Element[]): string | undefined {
  for (const { childNodes } of scripts) {
    const text = childNodes.map((node) => ('value' in node ? node.value : '')).join('');
    const found = /deploymentId["']?\s*:\s*["']([\da-f-]{36})["']/i.exec(text);
    if (found && /environment["']?\s*:/.test(text)) return found[1];
  }
  return undefined;
}
