import type { PageAddress } from '../core/config.js';
import { asGcAuthError } from '../core/errors.js';
import { cspFor, policyText } from '../doctor/csp.js';
import type { CspOptions, Policies } from '../doctor/csp.js';
import { rawOf } from '../doctor/read-tag.js';
import { valueOf } from './field.js';
import type { Values } from './field.js';
import { cleaned } from './field-reader.js';
import type { Fault } from './field-reader.js';
import * as fields from './fields.js';
import type { Attributes } from './tag.js';

/** Values of the header `Content-Security-Policy`. */
export interface PagePolicies {
  readonly page: string;
  readonly callback: string;
}

/** What policies depend on. */
export interface PolicyInput {
  readonly values: Values;
  readonly attributes: Attributes;
  readonly page: PageAddress | undefined;
  readonly authorizationEndpoint: string | undefined;
}

/** The options that the form has for the policies alone. */
function optionsOf({ values, page, authorizationEndpoint }: PolicyInput): Partial<CspOptions> {
  const scripts = valueOf(values, fields.scriptsField);
  const hashes = cleaned(valueOf(values, fields.hashesField))
    .split(/[\s,]+/)
    .filter(Boolean);
  const nonce = cleaned(valueOf(values, fields.nonceField));
  return {
    page: page?.href,
    bundle: cleaned(valueOf(values, fields.bundleField)) || undefined,
    authorizationEndpoint,
    nonce: scripts === 'nonce' ? nonce : undefined,
    hashes: scripts === 'hash' ? hashes : [],
    strictDynamic:
      scripts in fields.scriptChoices && scripts !== 'host' && valueOf(values, fields.hostListField) !== 'on',
    trustedTypes: valueOf(values, fields.trustedTypesField) === 'on',
  };
}

function tried(options: CspOptions): Policies | Fault {
  try {
    return cspFor(options);
  } catch (error) {
    const { message, hint } = asGcAuthError(error, 'config-invalid');
    return { message, hint, missing: message.includes(': found nothing,') };
  }
}

/** What is wrong with each of the options, by its name. */
export function optionFaults(input: PolicyInput): ReadonlyArray<[string, Fault]> {
  const { bundle, nonce, hashes, strictDynamic, authorizationEndpoint, page } = optionsOf(input);
  const parts = [
    { bundle },
    { nonce },
    { hashes, strictDynamic: strictDynamic && nonce === undefined },
    { authorizationEndpoint },
  ];
  return parts.flatMap((part): ReadonlyArray<[string, Fault]> => {
    const result = tried({ environment: 'prod', page, ...part });
    if (!('message' in result)) return [];
    const [, name = ''] = /^(?:Attribute|Option) ([\w-]+):/.exec(result.message) ?? [];
    return [[name, { ...result, missing: name === 'strict-dynamic' }]];
  });
}

/** The policies, or why there are none. */
export function policiesOf(input: PolicyInput): PagePolicies | { readonly fault: Fault } {
  const attributes = rawOf(input.attributes) as Readonly<Record<string, string>>;
  const result = tried({ environment: '', ...attributes, ...optionsOf(input) });
  return 'message' in result
    ? { fault: result }
    : { page: policyText(result.page), callback: policyText(result.callback) };
}

/**
 * The attribute `integrity` of the script of the element, with the hashes that the policy has; undefined without hashes.
 * Browsers compare those of the strongest algorithm alone, and each must be in the policy: with others among them, only
 * those of the algorithm of `integrity.json` can be the bundle's.
 *
 * @see https://www.w3.org/TR/CSP3/#external-hash
 * @see https://www.w3.org/TR/SRI/#get-the-strongest-metadata-from-set
 */
export function integrityOf(input: PolicyInput): string | undefined {
  const { hashes, page } = optionsOf(input);
  const result = tried({ environment: 'prod', page, hashes });
  if ('message' in result) return undefined;
  const all = (result.page['script-src'] ?? [])
    .filter((source) => source.startsWith("'sha"))
    .map((source) => source.slice(1, -1));
  const ofPackage = all.filter((hash) => hash.startsWith('sha384-'));
  return (ofPackage.length > 0 ? ofPackage : all).join(' ') || undefined;
}
