import type { Config, PageAddress, RawConfig } from '../core/config.js';
import { asGcAuthError } from '../core/errors.js';
import { readConfig } from '../core/read-config.js';
import { propertyOf } from './attribute-names.js';
import type { ConfigFault } from './facts.js';
import { hasCurlyQuotes, isPlaceholder } from './leftover.js';

/** Stand-ins for required values, so that what is right about the others can be checked. */
const standIns: RawConfig = {
  deploymentId: '00000000-0000-0000-0000-000000000000',
  environment: 'prod',
  authority: 'https://provider.invalid',
  clientId: 'client',
};

export interface ReadTag {
  /** Values of `broken` are stand-ins or defaults. Undefined where the page itself cannot be a redirect URI. */
  readonly config?: Config;
  readonly configFaults: readonly ConfigFault[];
  readonly broken: readonly string[];
}

const isLeftover = (value: unknown): boolean =>
  typeof value === 'string' && (hasCurlyQuotes(value) || isPlaceholder(value));

/** Reads the values of a tag, and finds every fault in them, not only the first one. */
export function readTag(raw: RawConfig, page: PageAddress): ReadTag {
  const values: Record<string, unknown> = { ...raw };
  const configFaults: ConfigFault[] = [];
  // What is plainly no value is not sent to any server.
  const broken = Object.keys(raw).filter((name) => isLeftover(raw[name]));
  for (;;) {
    try {
      return { config: readConfig(values, page), configFaults, broken };
    } catch (thrown) {
      const { message, hint } = asGcAuthError(thrown, 'config-invalid');
      const attribute = /^(?:Attribute|Property) ([\w-]+):/.exec(message)?.[1] ?? '';
      const property = propertyOf(attribute);
      configFaults.push({ attribute, missing: message.includes(': found nothing,'), message, hint });
      // The stand-in does not help either.
      if (values[property] === standIns[property]) return { configFaults, broken };
      if (!broken.includes(property)) broken.push(property);
      values[property] = standIns[property];
    }
  }
}

/** The values of a tag by property, as the element would have them. */
export const rawOf = (attributes: Readonly<Record<string, string>>): RawConfig =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [propertyOf(name), value]));
