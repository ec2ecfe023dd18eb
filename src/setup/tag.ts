export type Attributes = Readonly<Record<string, string>>;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '"': '&quot;',
  '<': '&lt;',
  '>': '&gt;',
  // A parser of HTML would read it as a line feed.
  '\r': '&#13;',
  // HTML cannot contain it.
  '\0': '',
};

/** A text as the value of an attribute in double quotes. */
export const escaped = (text: string): string => text.replace(/[&"<>\r\0]/g, (character) => entities[character] ?? '');

const withAttributes = (start: string, attributes: Attributes, end: string): string =>
  [start, ...Object.entries(attributes).map(([name, value]) => `  ${name}="${escaped(value)}"`), end].join('\n');

const elementOf = (attributes: Attributes): string =>
  withAttributes('<gc-auth-messenger', attributes, '></gc-auth-messenger>');

/** Where the files of the element are: a folder, with a slash at its end. An address of a file is that of its folder. */
export const folderOf = (bundle: string): string =>
  bundle === '' ? '/' : bundle.replace(/[^/]*\.m?js([?#].*)?$/s, '').replace(/([^/])$/, '$1/');

/** The script of the element. */
export interface Bundle {
  /** Its folder, with a slash at its end. */
  readonly folder: string;
  /** Its hashes, where a policy allows scripts by hashes. With `src`, a hash counts only if it is in this attribute. */
  readonly integrity?: string | undefined;
}

/** Attributes of the script itself, those that it needs. */
const scriptAttributes = (file: string, { nonce }: Attributes, { folder, integrity }: Bundle): Attributes => ({
  src: folder + file,
  ...(integrity !== undefined && { integrity }),
  ...(nonce !== undefined && { nonce }),
});

/** A script of another origin has a hash only if it is fetched with CORS. */
const crossOriginOf = ({ integrity }: Bundle): readonly string[] => (integrity === undefined ? [] : ['crossorigin']);

/** The element, and the module that defines it. */
export function elementForm(attributes: Attributes, bundle: Bundle): string {
  const own = Object.entries(scriptAttributes('gc-auth-messenger.js', attributes, bundle));
  const written = own.map(([name, value]) => `${name}="${escaped(value)}"`);
  const start = ['<script type="module"', ...written, ...crossOriginOf(bundle)].join(' ');
  return `${start}></script>\n${elementOf(attributes)}\n`;
}

/** The classic script, which adds the element by itself. */
export function scriptForm(attributes: Attributes, bundle: Bundle): string {
  const data = Object.entries(attributes).map(([name, value]) => [`data-${name}`, value] as const);
  const all = { ...scriptAttributes('gc-auth-messenger.iife.js', attributes, bundle), ...Object.fromEntries(data) };
  const end = [...crossOriginOf(bundle), 'async'].map((name) => `  ${name}\n`).join('');
  return `${withAttributes('<script', all, `${end}></script>`)}\n`;
}

/** For a bundler: what is installed, copied and imported, and the element. */
export const npmForm = (attributes: Attributes): ReadonlyArray<readonly [title: string, code: string]> => [
  [
    'Install, and copy the callback page',
    `npm install gc-auth-messenger\ncp node_modules/gc-auth-messenger/dist/callback.html node_modules/gc-auth-messenger/dist/callback.js public/\n`,
  ],
  ['In a module of the page', `import 'gc-auth-messenger/define.js';\n`],
  ['In the page', `${elementOf(attributes)}\n`],
];
