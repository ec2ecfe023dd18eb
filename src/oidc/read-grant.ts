import { defined } from '../core/defined.js';
import { GcAuthError } from '../core/errors.js';
import type { Grant } from '../core/grant.js';

/** RFC 7636 §4.1. */
const verifier = /^[\w.~-]{43,128}$/;

const texts = ['authCode', 'idToken', 'redirectUri', 'codeVerifier', 'nonce', 'iss'] as const;

/**
 * What a page gave as a grant, checked as far as it can be before Genesys sees it: unknown and empty members are left
 * out, because Genesys refuses an empty nonce. Throws `provider-error`, without what was found: it may be a secret.
 */
export function readGrant(given: unknown): Grant {
  const raw = Object(given) as Partial<Record<string, unknown>>;
  const wrong = texts.find((name) => (raw[name] ?? '') !== '' && typeof raw[name] !== 'string');
  if (wrong) refuse(wrong, 'a text');
  const [authCode, idToken, redirectUri, codeVerifier, nonce, iss] = texts.map(
    (name) => (raw[name] ?? undefined) as string | undefined,
  );
  const maxAge = (raw['maxAge'] ?? undefined) as number | undefined;
  if (!authCode === !idToken) refuse('', 'either authCode or idToken');
  if (idToken) return defined({ idToken, redirectUri, nonce: nonceOf(idToken, nonce || undefined) });
  if (!redirectUri) refuse('redirectUri', 'the redirect_uri of the authorization request');
  if (codeVerifier && !verifier.test(codeVerifier)) refuse('codeVerifier', '43 to 128 characters (RFC 7636)');
  if (maxAge !== undefined && !(Number.isInteger(maxAge) && maxAge >= 0)) refuse('maxAge', 'seconds, 0 or more');
  return defined({ authCode, redirectUri, codeVerifier, nonce, maxAge, iss }) as Grant;
}

/** The nonce claim is what Genesys compares with; the token's own is taken where the page gives none. */
function nonceOf(idToken: string, given: string | undefined): string | undefined {
  const claims = claimsOf(idToken);
  if (!claims) return given;
  if (given !== undefined && given !== claims.nonce) refuse('nonce', 'the nonce claim of idToken, or none');
  return typeof claims.nonce === 'string' ? claims.nonce : undefined;
}

/** Not verified: Genesys does that. An encrypted token is a secret to us too. */
function claimsOf(idToken: string): { readonly nonce?: unknown } | undefined {
  try {
    return JSON.parse(atob(idToken.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/'))) as object;
  } catch {
    return undefined;
  }
}

function refuse(name: string, wanted: string): never {
  throw new GcAuthError('provider-error', {
    message: `codeProvider resolved with ${name ? `a ${name} that cannot be used` : 'no grant'}.`,
    hint: `Resolve with ${wanted}${name && ` as ${name}`}.`,
    retryable: false,
  });
}
