import type { Facts } from '../facts.js';
import { failureText, header, isAnswer } from '../facts.js';
import { readJsonObject } from '../read-json.js';
import { allOf, subject } from '../subject.js';
import type { Finding } from '../subject.js';
import { discoveryTexts } from './discovery-texts.js';
import type { DiscoveryId as Id } from './discovery-texts.js';

const listOf = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) ? value : undefined);

/** Scheme, host and port in one form, and without the last slash of the path. */
const comparable = (issuer: string): string =>
  URL.canParse(issuer) ? new URL(issuer).href.replace(/\/$/, '') : issuer;

/** An https URL, or http on loopback. */
const isSecure = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^(https:\/\/.|http:\/\/([^/:]+\.)?(localhost|127\.\d+\.\d+\.\d+|\[::1\])([:/?]|$))/i.test(value);

/** Faults that leave no document to look at. */
function documentFault({ discovery, metadata }: Facts, url: string): Finding<Id> | undefined {
  if (!discovery) return undefined;
  if (!isAnswer(discovery)) {
    const id = discovery.failed === 'cors' ? 'discovery-cors' : 'discovery-unreachable';
    return { id, found: `${url} ${failureText(discovery)}.` };
  }
  if (discovery.status !== 200) return { id: 'discovery-status', found: `${url} answered ${discovery.status}.` };
  if (!metadata && !readJsonObject(discovery.body))
    return { id: 'discovery-json', found: `${url} is no JSON document.` };
  return undefined;
}

function issuerFault({ config, metadata }: Facts): Finding<Id> | undefined {
  const { authority, issuerFromDocument, metadataUrl, metadata: given } = config!.oidc;
  const issuer = metadata!['issuer'];
  if (issuer === undefined && (given || (metadataUrl && !issuerFromDocument))) return undefined;
  const found = `The document is of issuer “${String(issuer)}”, and authority is “${authority}”.`;
  if (typeof issuer === 'string' && /\{.*\}/.test(issuer)) return { id: 'discovery-issuer-template', found };
  const fits = issuerFromDocument ? isSecure(issuer) : comparable(String(issuer)) === comparable(authority);
  return fits ? undefined : { id: 'discovery-issuer', found };
}

/** A list of the document that lacks what the element sends. A list that is absent says nothing. */
function lacks(metadata: Readonly<Record<string, unknown>>, name: string, wanted: string): string | undefined {
  const list = listOf(metadata[name]);
  return list && !list.includes(wanted) ? `${name} of the provider is “${list.map(String).join(' ')}”.` : undefined;
}

function supportFaults(facts: Facts): ReadonlyArray<Finding<Id>> {
  const { oidc } = facts.config!;
  const metadata = facts.metadata!;
  const fault = (id: Id, found: string | undefined | false): Finding<Id> | undefined =>
    found ? { id, found } : undefined;
  const modes = 'response_modes_supported';
  const s256 = listOf(metadata['code_challenge_methods_supported'])?.includes('S256');
  const known = listOf(metadata['scopes_supported']);
  const unknownScopes = oidc.scope.split(/\s+/).filter((scope) => known && !known.includes(scope));
  const acr = listOf(metadata['acr_values_supported']);
  const unknownAcr = oidc.acrValues?.split(/\s+/).filter((value) => acr && !acr.includes(value)) ?? [];
  return allOf<Id>(
    fault('discovery-response-type', lacks(metadata, 'response_types_supported', 'code')),
    fault('discovery-grant-type', lacks(metadata, 'grant_types_supported', 'authorization_code')),
    fault(
      'discovery-response-mode',
      oidc.responseMode === 'auto'
        ? lacks(metadata, modes, 'query') && lacks(metadata, modes, 'fragment')
        : lacks(metadata, modes, oidc.responseMode),
    ),
    fault('discovery-prompt', lacks(metadata, 'prompt_values_supported', 'none')),
    fault('discovery-pkce', !oidc.disablePkce && lacks(metadata, 'code_challenge_methods_supported', 'S256')),
    fault(
      'discovery-pkce-disabled',
      oidc.disablePkce && s256 && 'disable-pkce is set, and the provider supports S256.',
    ),
    fault(
      'discovery-scope',
      unknownScopes.length > 0 && `scopes_supported of the provider lacks ${unknownScopes.join(' ')}.`,
    ),
    fault(
      'discovery-acr',
      unknownAcr.length > 0 && `acr_values_supported of the provider lacks ${unknownAcr.join(' ')}.`,
    ),
    fault(
      'discovery-end-session',
      oidc.postLogoutRedirectUri !== undefined &&
        metadata['end_session_endpoint'] === undefined &&
        'post-logout-redirect-uri is set, and the provider names no end_session_endpoint.',
    ),
  );
}

function findingsIn(facts: Facts, url: string): ReadonlyArray<Finding<Id>> {
  const fault = documentFault(facts, url);
  const { discovery, metadata } = facts;
  if (fault || !metadata) return allOf(fault);
  const type = isAnswer(discovery) ? header(discovery, 'content-type') : '';
  const endpoint = metadata['authorization_endpoint'];
  return allOf<Id>(
    isAnswer(discovery) &&
      discovery.cors === false && { id: 'discovery-cors', found: `${url} has no CORS header for the page.` },
    type !== '' &&
      !/^\s*application\/(\w+\+)?json\b/i.test(type) && {
        id: 'discovery-type',
        found: `Content-Type of ${url} is ${type}.`,
      },
    issuerFault(facts),
    !isSecure(endpoint) && {
      id: 'discovery-endpoint',
      found: `authorization_endpoint is ${typeof endpoint === 'string' ? endpoint : 'missing'}.`,
    },
    supportFaults(facts),
  );
}

function seen({ metadata = {} }: Facts): string {
  const has = (name: string): string => (metadata[name] ? 'with' : 'without');
  return `read, ${has('end_session_endpoint')} end_session_endpoint, ${has('authorization_response_iss_parameter_supported')} iss in answers`;
}

export const discovery = subject<Id>({
  id: 'discovery',
  name: 'discovery document',
  findings: discoveryTexts,
  examine(facts) {
    const { config, broken = [], discovery: found, metadata, page } = facts;
    if (!config || broken.includes('authority') || broken.includes('metadataUrl'))
      return { unknown: 'authority is not known' };
    if (config.codeProvider && !config.oidc.authority)
      return { unknown: 'replaced by codeProvider, which is not called here' };
    if (page?.online === false) return { unknown: 'the browser is offline' };
    if (!found && !metadata) return { unknown: 'it was not looked at' };
    if (found && !isAnswer(found) && found.failed === 'policy') return { unknown: `the request ${failureText(found)}` };
    const { authority, metadataUrl } = config.oidc;
    const url = metadataUrl ?? `${authority.replace(/\/$/, '')}/.well-known/openid-configuration`;
    return { seen: seen(facts), findings: findingsIn(facts, url) };
  },
});
