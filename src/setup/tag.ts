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

const nonceOf = ({ nonce }: Attributes): string => (nonce === undefined ? '' : ` nonce="${escaped(nonce)}"`);

/** The element, and the module that defines it. */
export const elementForm = (attributes: Attributes, folder: string): string =>
  `<script type="module" src="${escaped(folder)}gc-auth-messenger.js"${nonceOf(attributes)}></script>\n${elementOf(attributes)}\n`;

/** The classic script, which adds the element by itself. */
export function scriptForm(attributes: Attributes, folder: string): string {
  const { nonce } = attributes;
  const data = Object.entries(attributes).map(([name, value]) => [`data-${name}`, value] as const);
  const all = { src: `${folder}gc-auth-messenger.iife.js`, ...(nonce !== undefined && { nonce }) };
  return `${withAttributes('<script', { ...all, ...Object.fromEntries(data) }, '  async\n></script>')}\n`;
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
