/** Claims of a Genesys JWT, without the token itself. */
export interface JwtClaims {
  /** Expiry in seconds since the epoch. */
  exp?: number;
  /** Issue time in seconds since the epoch. */
  iat?: number;
  sub?: string;
  given_name?: string;
}

/** The claims, not verified; `undefined` when the string is not a JWT. */
export function readClaims(jwt: string | undefined): JwtClaims | undefined {
  const payload = jwt?.split('.')[1];
  if (!payload) return undefined;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) as JwtClaims;
  } catch {
    return undefined;
  }
}

/** Compares `exp` with this device's clock, in epoch milliseconds. A JWT without `exp` does not expire. */
export function isExpired(claims: JwtClaims | undefined, now: number): boolean {
  return claims?.exp !== undefined && claims.exp * 1_000 <= now;
}
