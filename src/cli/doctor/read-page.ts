import { baseOf, markupOf, markupScript } from '../../doctor/markup.js';
import type { MarkupScript } from '../../doctor/markup.js';
import { isScriptOfBundle, mountedBy } from './mounted.js';
import { elementsOf } from './parse-html.js';

/** What the markup of a page says. */
export interface ReadPage {
  /** Attributes of the tag, or `data-*` that stand for them. Undefined where there is none. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Number of elements: of tags, and of those that a script tag makes. */
  readonly tags: number;
  readonly metaPolicies: readonly string[];
  /** Scripts that load the bundle. */
  readonly bundles: ReadonlyArray<Omit<MarkupScript, 'text' | 'src'> & { readonly url: string }>;
  readonly snippet?: { readonly deploymentId: string };
}

/** Reads the markup as a browser does. `url`: where it came from. */
export function readPage(html: string, url: URL): ReadPage {
  const elements = elementsOf(html);
  const { metaPolicies, scripts } = markupOf(elements, url.href);
  const base = baseOf(elements, url.href);
  const bundles = elements
    .filter((each) => each.name === 'script' && (isNamed(each.attributes['src']) || isScriptOfBundle(each)))
    .flatMap((each) => {
      const { text: _, src: __, url, ...rest } = markupScript(each, base);
      return url === undefined ? [] : [{ url, ...rest }];
    });
  const tags = elements.filter(({ name }) => name === 'gc-auth-messenger').map(({ attributes }) => attributes);
  // Those in the markup are there first.
  const all = [...tags, ...mountedBy(elements)];
  const deploymentId = snippetIn(scripts);
  return {
    ...(all[0] && { attributes: all[0] }),
    tags: all.length,
    metaPolicies,
    bundles,
    ...(deploymentId !== undefined && { snippet: { deploymentId } }),
  };
}

const isNamed = (src = ''): boolean => src.includes('gc-auth-messenger');

/** The deployment of a Messenger snippet in the page. */
function snippetIn(scripts: readonly MarkupScript[]): string | undefined {
  for (const { text } of scripts) {
    const found = /deploymentId["']?\s*:\s*["']([\da-f-]{36})["']/i.exec(text);
    if (found && /environment["']?\s*:/.test(text)) return found[1];
  }
  return undefined;
}
