import type { Jwt } from '../core/messenger.js';

/** The payload of a JWT (RFC 7519), not verified; `{}` when it cannot be read. Never throws. */
function claimsOf(jwt: string): Jwt['claims'] {
  try {
    const payload = jwt.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}

export const readJwt = (jwt: string): Jwt => ({ jwt, claims: claimsOf(jwt) });
