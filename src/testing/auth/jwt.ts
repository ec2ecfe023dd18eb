/** Claims of a Genesys JWT that are safe to show: never the token itself. */
export interface JwtClaims {
  /** Expiry in seconds since the epoch. */
  exp?: number;
  /** Issue time in seconds since the epoch. */
  iat?: number;
  sub?: string;
  given_name?: string;
}

/** The claims, unverified; `undefined` when the text is no JWT. */
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

/** By this device's clock, as Messenger would have to do it; a JWT without `exp` never expires. */
export function isExpired(claims: JwtClaims | undefined, now: number): boolean {
  return claims?.exp !== undefined && claims.exp * 1_000 <= now;
}
