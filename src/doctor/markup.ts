/** An element of a page, as a parser gives it. */
export interface MarkupElement {
  /** In lower case. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** It is a child of `<head>`. */
  readonly inHead: boolean;
  /** The text of a script. */
  readonly text: string;
}

/** A script of the markup. The parser inserts it. */
export interface MarkupScript {
  /** As written. Absent for an inline script. */
  readonly src?: string;
  /** Absent for an inline script, and where `src` is no address. */
  readonly url?: string;
  readonly nonce?: string;
  /** Hashes, such as `sha384-…`. */
  readonly integrity?: readonly string[];
  readonly module: boolean;
  /** Its type makes it data, or another script has to start it. */
  readonly inert?: true;
  readonly text: string;
}

/** What the markup of a page says. */
export interface Markup {
  readonly scripts: readonly MarkupScript[];
  /** Policies in `<meta http-equiv="Content-Security-Policy">`. */
  readonly metaPolicies: readonly string[];
  /** Number of `<gc-auth-messenger>` elements. */
  readonly tags: number;
  /** `href` of the links, among them those that load a module early. */
  readonly links: readonly string[];
}

/** Reads markup as a browser does. Undefined where it cannot be read. `url`: where it came from. */
export type ReadMarkup = (html: string, url: string) => Markup | undefined;

/** Types with which a browser runs a script. @see https://html.spec.whatwg.org/multipage/scripting.html#prepare-the-script-element */
const scriptType =
  /^\s*((text|application)\/(x-)?(java|ecma)script|text\/(javascript1\.[0-5]|jscript|livescript))?\s*$/i;

/** `base`: what addresses are relative to. */
export function markupScript({ attributes, text }: MarkupElement, base: string): MarkupScript {
  const { src, nonce, integrity, type = '' } = attributes;
  const isModule = /^\s*module\s*$/i.test(type);
  return {
    ...(src !== undefined && { src }),
    ...(src !== undefined && URL.canParse(src, base) && { url: new URL(src, base).href }),
    ...(nonce !== undefined && { nonce }),
    ...(integrity !== undefined && { integrity: integrity.split(/\s+/).filter(Boolean) }),
    module: isModule,
    ...(!isModule && !scriptType.test(type) && { inert: true as const }),
    text: src === undefined ? text : '',
  };
}

/** What addresses of a page are relative to: its first `<base>`, or its own address. */
export function baseOf(elements: readonly MarkupElement[], url: string): string {
  const href = elements.find(({ name, attributes }) => name === 'base' && attributes['href'] !== undefined)?.attributes[
    'href'
  ];
  return href !== undefined && URL.canParse(href, url) ? new URL(href, url).href : url;
}

/** `elements`: in document order, without those that a browser does not have, such as of a template. */
export function markupOf(elements: readonly MarkupElement[], url: string): Markup {
  const base = baseOf(elements, url);
  const named = (wanted: string): readonly MarkupElement[] => elements.filter(({ name }) => name === wanted);
  return {
    scripts: named('script').map((script) => markupScript(script, base)),
    // Browsers ignore a policy elsewhere (HTML, "Content security policy state").
    metaPolicies: named('meta')
      .filter(({ inHead, attributes }) => inHead && /^content-security-policy$/i.test(attributes['http-equiv'] ?? ''))
      .map(({ attributes }) => attributes['content'] ?? ''),
    tags: named('gc-auth-messenger').length,
    links: named('link').flatMap(({ attributes }) => attributes['href'] ?? []),
  };
}

const answersProvider = /callback\.js|gc-auth-messenger/;

/** A script with an address. */
export type LoadedScript = MarkupScript & { readonly src: string; readonly url: string };

const isLoaded = (script: MarkupScript): script is LoadedScript => script.url !== undefined;

/** The script that takes the answer of the provider. A page may load it in another way, which is not looked into. */
export const callbackScriptOf = ({ scripts }: Markup): LoadedScript | undefined =>
  scripts.filter(isLoaded).find(({ src, inert }) => !inert && answersProvider.test(src));

/**
 * Whether the markup loads what takes the answer: by address, in the text of a script, or by a bundle of the page's own, which
 * a tag or a link shows.
 */
export const takesAnswer = ({ scripts, tags, links }: Markup): boolean =>
  tags > 0 || [...scripts.map(({ src, text }) => src ?? text), ...links].some((text) => answersProvider.test(text));

/** Whether a text could load it, as far as can be said without reading its markup. */
export const mayTakeAnswer = (html: string): boolean => answersProvider.test(html);
