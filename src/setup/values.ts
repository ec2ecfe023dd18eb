import type { Field, Values } from './field.js';
import * as fields from './fields.js';
import { providers } from './providers/providers.js';

/** Longer values are cut, so that no link makes the page slow. */
const longest = 2_000;

/** As an `<input>` has it: in one line. */
const inOneLine = (text: string): string => text.replace(/\p{Cc}/gu, '').slice(0, longest);

/** Every field, of each provider too. */
const allFields = (): readonly Field[] => [
  fields.providerField,
  fields.environmentField,
  ...fields.siteFields,
  fields.clientField,
  ...providers.flatMap((provider) => provider.fields),
  ...fields.moreFields,
  fields.scriptsField,
  fields.bundleField,
  fields.nonceField,
  fields.hashesField,
  fields.hostListField,
  fields.trustedTypesField,
  fields.formField,
];

/** Reads the fragment of a link. What is no field is ignored. */
export function readValues(fragment: string): Values {
  const given = new URLSearchParams(fragment.replace(/^#/, ''));
  const known = new Set(allFields().map(({ name }) => name));
  return Object.fromEntries(
    [...given].filter(([name]) => known.has(name)).map(([name, value]) => [name, inOneLine(value)]),
  );
}

/** The fragment of a link, without `#`: what differs from the initial values. */
export function writeValues(values: Values): string {
  const initial = new Map(allFields().map((field) => [field.name, field.initial ?? '']));
  return new URLSearchParams(
    Object.entries(values).filter(([name, value]) => initial.has(name) && initial.get(name) !== value),
  ).toString();
}
