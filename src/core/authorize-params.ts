import type { OidcConfig } from './config.js';

export type QueryPairs = OidcConfig['authorizeParams'];

/**
 * Parameters that the element sets itself, or that change what an answer proves. Its checks of the response rely on them,
 * so a page may not set them.
 */
const reserved = new Set([
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'nonce',
  'prompt',
  'request',
  'request_uri',
  // Genesys has no key for DPoP (RFC 9449 §10), and the page has no ID token.
  'dpop_jkt',
  'id_token_hint',
]);

/** Parameters with an attribute of their own, which also tells Genesys or the session where it must. */
export const withAttribute = new Set(['login_hint', 'acr_values', 'max_age', 'ui_locales']);

/** The name as servers read it: some take `state[]` for `state`, and ignore case and spaces. */
export const parameterOf = (name: string): string => name.toLowerCase().replace(/\[.*$/s, '').trim();

/** Given a name as `parameterOf()` returns it. */
export const isReserved = (name: string): boolean => reserved.has(name) || name.startsWith('code_challenge');

/** Reads `application/x-www-form-urlencoded` text; undefined when it cannot be decoded. */
export function decodePairs(text: string): QueryPairs | undefined {
  const decode = (part = ''): string => decodeURIComponent(part.replace(/\+/g, ' '));
  try {
    const pairs = text.replace(/^\?/, '').split('&').filter(Boolean);
    return pairs.map((pair) => pair.split(/=(.*)/s)).map(([key, value]) => [decode(key), decode(value)]);
  } catch {
    return undefined;
  }
}
