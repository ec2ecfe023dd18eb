/**
 * The reference of a custom element in Markdown: a short table where the columns fit a screen, an entry with a heading
 * of its own where they do not.
 *
 * @import { Attribute, ClassField, ClassMember, ClassMethod, CustomElement, Package } from 'custom-elements-manifest/schema.js'
 */

const tag = 'gc-auth-messenger';

/** @param {string} [text] */
const oneLine = (text = '') => text.replace(/\s+/g, ' ').trim();

/** A pipe ends a cell, also inside code. @param {string} text */
const cell = (text) => text.replaceAll('|', String.raw`\|`);

/** @param {string} [text] */
const code = (text) => (text ? `\`${oneLine(text)}\`` : '');

/** Types read better without the `| undefined` that optional ones carry. @param {{type?: {text: string}}} item */
const type = (item) => code(item.type?.text.replace(/\s*\|\s*undefined$/, ''));

/** @param {{summary?: string, description?: string}} item */
const meaning = (item) => oneLine(item.summary ?? item.description);

/**
 * A description may end with `Required.` or `Default: ….`, which have a place of their own.
 *
 * @param {{default?: string, summary?: string, description?: string}} item
 */
function parts(item) {
  const [, text = '', required, words] =
    /^(.*?)(?:\s*(Required)\.)?(?:\s*Default: ((?:(?!Default: ).)+)\.)?$/.exec(meaning(item)) ?? [];
  return { text, fallback: required ? 'required' : item.default ? code(item.default) : words };
}

/**
 * @template T
 * @param {readonly T[]} items
 * @param {Record<string, (item: NoInfer<T>) => string>} columns heading → content
 */
function table(items, columns) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.map(cell).join(' | ')} |`;
  const contents = Object.values(columns);
  return [
    line(Object.keys(columns)),
    line(contents.map(() => '---')),
    ...items.map((item) => line(contents.map((content) => content(item)))),
  ].join('\n');
}

/** @param {string} name @param {...(string | undefined)} paragraphs */
const entry = (name, ...paragraphs) => [`#### ${code(name)}`, ...paragraphs.filter(Boolean)].join('\n\n');

/**
 * @template T
 * @param {string} title
 * @param {readonly T[] | undefined} items
 * @param {(items: readonly T[]) => string[]} content
 */
const section = (title, items, content) => (items?.length ? [`### ${title}`, ...content(items)] : []);

/** GitHub's anchor of an attribute's entry. @param {string} name */
const link = (name) => `[${code(name)}](#${name})`;

/** @param {Attribute} attribute */
function attributeEntry(attribute) {
  const { text, fallback } = parts(attribute);
  const given = fallback === 'required' ? 'Required.' : fallback && `Default: ${fallback}.`;
  const property = `Property ${code(attribute.fieldName ?? attribute.name)}, ${type(attribute)}.`;
  return entry(attribute.name, text, [property, given].filter(Boolean).join(' '));
}

/** @param {ClassField & {readonly?: boolean}} field */
function propertyEntry(field) {
  const { text, fallback } = parts(field);
  const facts = [`${type(field)}.`, field.readonly && 'Read-only.', fallback && `Default: ${fallback}.`];
  return entry(field.name, text, facts.filter(Boolean).join(' '));
}

/** @param {ClassMethod} method */
function methodEntry(method) {
  const names = (method.parameters ?? []).map(
    ({ name, optional, default: fallback }) => `${name}${optional || fallback ? '?' : ''}`,
  );
  const returns = method.return && `Returns ${type(method.return)}.`;
  return entry(`${method.name}(${names.join(', ')})`, meaning(method), returns);
}

/** @param {{name: string, type?: {text: string}, summary?: string, description?: string}} event */
function eventEntry(event) {
  const detail = event.type?.text.replace(/^CustomEvent<(.*)>$/, '$1');
  const carries = detail === 'undefined' ? 'No `detail`.' : `${code('detail')}: ${code(detail)}.`;
  return entry(event.name, meaning(event), carries);
}

/** @param {CustomElement} element */
function referenceOf(element) {
  /** @type {ClassMember[]} */
  const members = element.members ?? [];
  // Those of the class's own docblock, such as `lang`, come last.
  const attributes = (element.attributes ?? []).toSorted((a, b) => Number(!a.fieldName) - Number(!b.fieldName));
  const reflected = new Set(attributes.map(({ fieldName }) => fieldName));
  const fields = /** @type {ClassField[]} */ (
    members.filter((member) => member.kind === 'field' && !reflected.has(member.name))
  );
  const methods = /** @type {ClassMethod[]} */ (members.filter((member) => member.kind === 'method'));
  const states = /** @type {{cssStates?: {name: string, description?: string}[]}} */ (element).cssStates;
  /** @param {{name: string}} item */
  const name = (item) => code(item.name);

  return [
    ...section('Attributes', attributes, (items) => [
      table(items, {
        attribute: (item) => link(item.name),
        type,
        default: (item) => parts(item).fallback ?? '',
      }),
      ...items.map(attributeEntry),
    ]),
    ...section('Properties', fields, (items) => items.map(propertyEntry)),
    ...section('Methods', methods, (items) => items.map(methodEntry)),
    ...section('Events', element.events, (items) => items.map(eventEntry)),
    ...section('States', states, (items) => [table(items, { state: (item) => code(`:state(${item.name})`), meaning })]),
    ...section('CSS parts', element.cssParts, (items) => [table(items, { part: name, meaning })]),
    ...section('CSS custom properties', element.cssProperties, (items) => [
      table(items, { property: name, default: (item) => code(item.default), meaning }),
    ]),
    ...section('Slots', element.slots, (items) => [
      table(items, { slot: (slot) => name(slot) || '(default)', meaning }),
    ]),
  ];
}

/** @param {Package} manifest */
export function apiTables(manifest) {
  const declarations = manifest.modules.flatMap((module) => module.declarations ?? []);
  const element = declarations.find((declaration) => 'tagName' in declaration && declaration.tagName === tag);
  if (!element)
    throw new Error(`The manifest describes no <${tag}>: its class needs "@tag ${tag}" or "@element ${tag}".`);
  return referenceOf(/** @type {CustomElement} */ (element)).join('\n\n');
}
