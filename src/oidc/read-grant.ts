import { GcAuthError } from '../core/errors.js';
import type { Grant } from '../core/grant.js';
import { rememberSecret } from '../core/secrets.js';

const text = /./;

/** What a page may give, besides `maxAge`; RFC 7636 §4.1 says what a verifier is. */
const shapes: Readonly<Record<string, RegExp>> = {
  authCode: text,
  idToken: text,
  redirectUri: text,
  codeVerifier: /^[\w.~-]{43,128}$/,
  nonce: text,
  iss: text,
};

/**
 * What a page gave as a grant, checked as far as it can be before Genesys sees it: unknown and empty members are left
 * out, because Genesys refuses an empty nonce. Throws `provider-error`, without what was found: it may be a secret.
 */
export function readGrant(given: unknown): Grant {
  const raw = Object(given) as Partial<Record<string, unknown>>;
  rememberSecret(raw['authCode'], raw['idToken'], raw['codeVerifier'], raw['nonce']);
  const grant: Partial<Record<string, unknown>> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    const value = raw[name] ?? '';
    if (value === '') continue;
    if (typeof value !== 'string' || !shape.test(value)) refuse(name);
    grant[name] = value;
  }
  const { idToken, redirectUri } = grant;
  if (!idToken === !grant['authCode'] || !(idToken ?? redirectUri)) refuse('authCode with redirectUri, or idToken');
  if (idToken) {
    const nonce = nonceOf(idToken as string, grant['nonce']);
    return {
      idToken,
      ...(redirectUri !== undefined && { redirectUri }),
      ...(nonce !== undefined && { nonce }),
    } as Grant;
  }
  const maxAge = raw['maxAge'] ?? undefined;
  if (maxAge === undefined) return grant as unknown as Grant;
  if (!Number.isSafeInteger(maxAge) || (maxAge as number) < 0) refuse('maxAge');
  return { ...grant, maxAge } as unknown as Grant;
}

/** Genesys compares with the token's own claim, which is taken where the page gives none. */
function nonceOf(idToken: string, given: unknown): unknown {
  let claims: { readonly nonce?: unknown };
  try {
    // Not verified: Genesys does that.
    claims = JSON.parse(atob(idToken.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/'))) as object;
  } catch {
    return given;
  }
  if (given !== undefined && given !== claims.nonce) refuse('nonce');
  return claims.nonce;
}

function refuse(what: string): never {
  throw new GcAuthError('provider-error', {
    message: `codeProvider returned no valid ${what}.`,
    hint: 'Return an object of the type Grant.',
    retryable: false,
  });
}
