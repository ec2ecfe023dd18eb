import type { Jwt } from '../core/messenger.js';

/** The payload of a JWT (RFC 7519), not verified; `{}` when it cannot be read. Never throws. */
function claimsOf(jwt: string): Jwt['claims'] {
  try {
    const payload = atob(jwt.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(payload, (one) => one.charCodeAt(0));
    return { ...(JSON.parse(new TextDecoder().decode(bytes)) as object) };
  } catch {
    return {};
  }
}

export const readJwt = (jwt: string): Jwt => ({ jwt, claims: claimsOf(jwt) });
