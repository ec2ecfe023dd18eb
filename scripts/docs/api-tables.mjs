/**
 * Markdown tables of a custom element's public face.
 *
 * @import { ClassField, ClassMember, ClassMethod, CustomElement, Package } from 'custom-elements-manifest/schema.js'
 */

const tag = 'gc-auth-messenger';

/** A pipe ends a cell, also inside code. @param {string} [text] */
const cell = (text = '') =>
  text
    .replaceAll('|', String.raw`\|`)
    .replace(/\s+/g, ' ')
    .trim();

/** @param {string} [text] */
const code = (text) => (text ? `\`${cell(text)}\`` : '');

/** Types read better without the `| undefined` that optional ones carry. @param {{type?: {text: string}}} item */
const type = (item) => code(item.type?.text.replace(/\s*\|\s*undefined$/, ''));

/** @param {{type?: {text: string}}} event */
const detail = ({ type }) => code(type?.text.replace(/^CustomEvent<(.*)>$/, '$1'));

/** @param {{summary?: string, description?: string}} item */
const meaning = (item) => cell(item.summary ?? item.description);

/**
 * @template T
 * @param {string} title
 * @param {readonly T[] | undefined} items
 * @param {Record<string, (item: NoInfer<T>) => string>} columns heading → content
 */
function table(title, items, columns) {
  if (!items?.length) return [];
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  const contents = Object.values(columns);
  return [
    `### ${title}`,
    [
      line(Object.keys(columns)),
      line(contents.map(() => '---')),
      ...items.map((item) => line(contents.map((content) => content(item)))),
    ].join('\n'),
  ];
}

/** @param {ClassMethod} method */
function signature({ name, parameters = [] }) {
  const names = parameters.map((parameter) => `${parameter.name}${parameter.optional || parameter.default ? '?' : ''}`);
  return code(`${name}(${names.join(', ')})`);
}

/** @param {CustomElement} element */
function tablesOf(element) {
  /** @type {ClassMember[]} */
  const members = element.members ?? [];
  const attributes = element.attributes ?? [];
  const reflected = new Set(attributes.map(({ fieldName }) => fieldName));
  const fields = members.filter((member) => member.kind === 'field' && !reflected.has(member.name));
  const methods = members.filter((member) => member.kind === 'method');
  const states = /** @type {{cssStates?: {name: string, description?: string}[]}} */ (element).cssStates;
  /** @param {{name: string}} item */
  const name = (item) => code(item.name);

  return [
    ...table('Attributes', attributes, {
      attribute: name,
      property: ({ fieldName, name }) => code(fieldName ?? name),
      type,
      default: (item) => code(item.default),
      meaning,
    }),
    ...table('Properties', /** @type {(ClassField & {readonly?: boolean})[]} */ (fields), {
      property: (field) => `${name(field)}${field.readonly ? ' (read-only)' : ''}`,
      type,
      meaning,
    }),
    ...table('Methods', /** @type {ClassMethod[]} */ (methods), {
      method: signature,
      returns: (method) => (method.return ? type(method.return) : ''),
      meaning,
    }),
    ...table('Events', element.events, { event: name, detail, meaning }),
    ...table('CSS parts', element.cssParts, { part: name, meaning }),
    ...table('CSS custom properties', element.cssProperties, {
      property: name,
      default: (item) => code(item.default),
      meaning,
    }),
    ...table('States', states, { state: ({ name }) => code(`:state(${name})`), meaning }),
    ...table('Slots', element.slots, { slot: (slot) => name(slot) || '(default)', meaning }),
  ];
}

/** @param {Package} manifest */
export function apiTables(manifest) {
  const declarations = manifest.modules.flatMap((module) => module.declarations ?? []);
  const element = declarations.find((declaration) => 'tagName' in declaration && declaration.tagName === tag);
  if (!element)
    throw new Error(`The manifest describes no <${tag}>: its class needs "@tag ${tag}" or "@element ${tag}".`);
  return tablesOf(/** @type {CustomElement} */ (element)).join('\n\n');
}
