import type { Jwt } from './messenger.js';

export type TokenSource = 'sign-in' | 'refresh' | 'restored' | 'step-up';

/** Genesys caps the life of a JWT here; the stand-in for one whose life cannot be read. */
const unreadableLifeMs = 5 * 60_000;

/** A stored JWT issued this much after "now" proves that the device's clock is behind. */
const toleranceMs = 60_000;

/**
 * A Genesys JWT and how long it lives, in epoch milliseconds on this device's clock.
 * `jwt` is not enumerable: spreading, JSON and text leave the secret out.
 */
export class TokenInfo {
  declare readonly jwt: string;
  /** The payload of the JWT, not verified. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly source: TokenSource;

  constructor(token: Jwt, life: { readonly issuedAt: number; readonly expiresAt: number }, source: TokenSource) {
    Object.defineProperty(this, 'jwt', { value: token.jwt });
    this.claims = token.claims;
    this.issuedAt = life.issuedAt;
    this.expiresAt = life.expiresAt;
    this.source = source;
  }

  toJSON(): Record<string, unknown> {
    const { claims, issuedAt, expiresAt, source } = this;
    return { claims, issuedAt, expiresAt, source };
  }

  toString(): string {
    return `TokenInfo ${JSON.stringify(this)}`;
  }
}

const seconds = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value * 1000 : undefined;

/** `exp − iat` in milliseconds; RFC 7519 §4.1. */
function lifetimeOf({ claims }: Jwt, now: number): number {
  const exp = seconds(claims['exp']);
  const iat = seconds(claims['iat']);
  if (exp !== undefined && iat !== undefined && exp > iat) return exp - iat;
  return exp !== undefined && exp > now ? exp - now : unreadableLifeMs;
}

/** A JWT that was issued just now: its life counts from its arrival, whatever the device's clock says. */
export const freshToken = (token: Jwt, source: TokenSource, now: number): TokenInfo =>
  new TokenInfo(token, { issuedAt: now, expiresAt: now + lifetimeOf(token, now) }, source);

/**
 * A JWT of unknown age from Messenger's storage. Its times are believed where the device's clock makes
 * them possible; otherwise it counts as expired, and a refresh finds out.
 */
export function restoredToken(token: Jwt, now: number): TokenInfo {
  const exp = seconds(token.claims['exp']);
  const iat = seconds(token.claims['iat']);
  const expiresAt = exp !== undefined && (iat === undefined || iat <= now + toleranceMs) ? exp : now;
  return new TokenInfo(
    token,
    { issuedAt: Math.min(iat ?? now, expiresAt - lifetimeOf(token, now), now), expiresAt },
    'restored',
  );
}

/** Genesys answers a refresh of a JWT that is still valid with the same JWT. */
export const isSameJwt = (known: TokenInfo | undefined, token: Jwt): boolean =>
  known !== undefined &&
  (known.jwt === token.jwt ||
    (known.claims['exp'] !== undefined &&
      known.claims['exp'] === token.claims['exp'] &&
      known.claims['sub'] === token.claims['sub']));
