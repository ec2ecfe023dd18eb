import type { PageAddress } from '../core/config.js';
import { attributeOf } from '../core/attribute.js';
import { rawOf, readTag } from '../doctor/read-tag.js';
import { cleaned, FieldReader, looseUrl } from './field-reader.js';
import type { Fault } from './field-reader.js';
import { valueOf } from './field.js';
import type { Field, Values } from './field.js';
import * as fields from './fields.js';
import { integrityOf, optionFaults, policiesOf } from './policies.js';
import type { PagePolicies } from './policies.js';
import { providerOf, providers } from './providers/providers.js';
import { recommendedScope } from './providers/provider.js';
import type { Provider } from './providers/provider.js';
import { folderOf } from './tag.js';
import type { Attributes, Bundle } from './tag.js';

/** Everything that follows from what was filled in. */
export interface Plan {
  readonly provider: Provider;
  /** The page with the chat. Undefined where it is not known. */
  readonly page: PageAddress | undefined;
  readonly attributes: Attributes;
  readonly bundle: Bundle;
  /** By the name of the field beside which they are shown. */
  readonly faults: ReadonlyMap<string, Fault>;
  /** Values of the headers of page and callback page, or why there are none. */
  readonly policies: PagePolicies | { readonly fault: Fault };
}

/** The fields that are shown for a provider, in their order. */
export const fieldsOf = (values: Values, provider: Provider): readonly Field[] => [
  fields.environmentField,
  ...fields.siteFields,
  ...provider.fields,
  fields.clientField,
  ...fields.moreFields,
  fields.bundleField,
  ...(valueOf(values, fields.scriptsField) === 'nonce' ? [fields.nonceField] : []),
  ...(valueOf(values, fields.scriptsField) === 'hash' ? [fields.hashesField] : []),
];

const addressAt = (href: string): PageAddress => ({
  href,
  parse: (text) => (URL.canParse(text, href) ? new URL(text, href) : undefined),
});

/** Only origin and path count: query and fragment are no part of a redirect URI. */
function pageOf(values: Values, here: string): PageAddress | undefined {
  const text = cleaned(valueOf(values, fields.pageField));
  const url = looseUrl(text || (/^https?:/.test(here) ? new URL('/', here).href : ''));
  return url && addressAt(url.origin + url.pathname);
}

function pageFault(values: Values, page: PageAddress | undefined): ReadonlyArray<[string, Fault]> {
  const { name, label, hint } = fields.pageField;
  const text = cleaned(valueOf(values, fields.pageField));
  if (page) return [];
  const found = text === '' ? 'nothing' : `“${text.slice(0, 80)}”`;
  const message = `${label}: found ${found}, wanted an https URL (http on loopback).`;
  return [[name, { message, hint, missing: text === '' }]];
}

function attributesOf(
  values: Values,
  provider: Provider,
  read: FieldReader,
  page: PageAddress | undefined,
): Attributes {
  const text = (name: string): string => cleaned(values[name] ?? '');
  const own = provider.attributes(read);
  const clientId = text('client-id');
  const redirectUri = text('redirect-uri') || '/callback.html';
  const params = [own['authorize-params'], text('authorize-params')].filter(Boolean).join('&');
  const all: Readonly<Record<string, string | undefined>> = {
    'deployment-id': text('deployment-id'),
    environment: text('environment'),
    'script-url': text('script-url'),
    authority: own['authority'],
    'metadata-url': own['metadata-url'],
    'client-id': clientId,
    'redirect-uri': page && redirectUri,
    scope: text('scope') || (provider.scope?.(clientId) ?? recommendedScope),
    'authorize-params': params,
    'sign-in-modes': text('sign-in-modes'),
    'post-logout-redirect-uri': text('post-logout-redirect-uri'),
    nonce: valueOf(values, fields.scriptsField) === 'nonce' ? cleaned(valueOf(values, fields.nonceField)) : '',
  };
  return Object.fromEntries(Object.entries(all).filter((each): each is [string, string] => Boolean(each[1])));
}

/** What is wrong, beside the fields that it follows from. What a field already says is not said of an attribute again. */
function faultsOf(found: ReadonlyArray<readonly [string, Fault]>, shown: readonly Field[]): ReadonlyMap<string, Fault> {
  const faults = new Map<string, Fault>();
  for (const [subject, fault] of found) {
    const places = shown.filter(({ name, gives = [] }) => name === subject || gives.includes(subject));
    const place = places.find(({ name }) => name === subject) ?? places[0];
    if (place && !places.some(({ name }) => faults.has(name))) faults.set(place.name, fault);
  }
  return faults;
}

/** Reads what was filled in. Never throws. `here`: address of the set-up page. */
export function planOf(values: Values, here: string): Plan {
  const provider = providerOf(valueOf(values, fields.providerField)) ?? providers[0]!;
  const page = pageOf(values, here);
  const read = new FieldReader(values, provider.fields);
  const written = attributesOf(values, provider, read, page);

  const { config, configFaults, broken } = readTag(rawOf(written), page ?? addressAt('https://page.invalid/'));
  // The provider compares it character by character, so the tag says it in full.
  const attributes: Attributes =
    config && 'redirect-uri' in written && !broken.includes('redirectUri')
      ? { ...written, 'redirect-uri': config.oidc.redirectUri }
      : written;
  const placeholders = broken
    .map(attributeOf)
    .filter((name) => !configFaults.some(({ attribute }) => attribute === name))
    .map((name): [string, Fault] => [
      name,
      {
        message: `Attribute ${name}: found the placeholder “${(attributes[name] ?? '').slice(0, 80)}”.`,
        hint: 'Write the real value.',
        missing: false,
      },
    ]);
  const attempted = { values, attributes, page, authorizationEndpoint: provider.authorizationEndpoint?.(read) };
  const faults = faultsOf(
    [
      ...pageFault(values, page),
      ...read.faults,
      ...configFaults.map(({ attribute, ...fault }): [string, Fault] => [attribute, fault]),
      ...placeholders,
      ...optionFaults(attempted),
    ],
    fieldsOf(values, provider),
  );
  const bundle = cleaned(valueOf(values, fields.bundleField));
  return {
    provider,
    page,
    attributes,
    bundle: { folder: folderOf(faults.has('bundle') ? '' : bundle), integrity: integrityOf(attempted) },
    faults,
    policies: policiesOf(attempted),
  };
}
