import type { Jwt } from '../core/messenger.js';

/** Decodes the payload of a JWT (RFC 7519) without verifying it; `{}` when it cannot be decoded. Never throws. */
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
