import type { Lifetime } from './deadline.js';
import { deepFreeze } from './frozen.js';
import type { Jwt } from './messenger.js';

/** How a JWT came to this page; `restored` means from Messenger's storage. */
export type TokenSource = 'sign-in' | 'refresh' | 'restored' | 'step-up';

/** Assumed lifetime of a JWT whose claims cannot be read, in milliseconds. */
const defaultLifetimeMs = 5 * 60_000;

/** Longest lifetime that counts, in milliseconds: a year. */
const maxLifetimeMs = 31_536_000_000;

/** Latest time of a `Date`, in epoch milliseconds (ECMA-262, "Time Values"). */
const maxTime = 8.64e15;

/** A stored JWT with an `iat` further in the future than this means that the device's clock is slow. */
const toleranceMs = 60_000;

/**
 * A Genesys JWT and its lifetime, in epoch milliseconds on this device's clock.
 *
 * `jwt` is not enumerable, so JSON, text and spread copies do not contain the secret. Frozen: the rules rely on it.
 */
export class TokenInfo {
  declare readonly jwt: string;
  /** The payload of the JWT, not verified; `{}` when it cannot be decoded. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly source: TokenSource;

  constructor(token: Jwt, lifetime: Lifetime, source: TokenSource) {
    Object.defineProperty(this, 'jwt', { value: token.jwt });
    this.claims = deepFreeze(token.claims);
    this.issuedAt = lifetime.issuedAt;
    this.expiresAt = lifetime.expiresAt;
    this.source = source;
    Object.freeze(this);
  }

  toJSON(): Record<string, unknown> {
    const { claims, issuedAt, expiresAt, source } = this;
    return { claims, issuedAt, expiresAt, source };
  }

  toString(): string {
    return `TokenInfo ${JSON.stringify(this)}`;
  }
}

/** A NumericDate claim in milliseconds (RFC 7519 §2); undefined when it is not a positive number, or no date. */
const milliseconds = (value: unknown): number | undefined =>
  typeof value === 'number' && value > 0 && value * 1000 <= maxTime ? value * 1000 : undefined;

/** `exp − iat` in milliseconds (RFC 7519 §4.1); otherwise the time until `exp`, or the default. */
function lifetimeOf({ claims }: Jwt, now: number): number {
  const exp = milliseconds(claims['exp']);
  const iat = milliseconds(claims['iat']);
  if (exp !== undefined && iat !== undefined && exp > iat) return Math.min(exp - iat, maxLifetimeMs);
  return exp !== undefined && exp > now ? Math.min(exp - now, maxLifetimeMs) : defaultLifetimeMs;
}

/** A JWT that was issued just now. Its lifetime counts from its arrival, so a wrong clock does not matter. */
export const freshToken = (token: Jwt, source: TokenSource, now: number): TokenInfo =>
  new TokenInfo(token, { issuedAt: now, expiresAt: now + lifetimeOf(token, now) }, source);

/**
 * A JWT of unknown age, for example from Messenger's storage.
 *
 * Its claims determine the lifetime if they fit the device's clock. Otherwise it counts as expired, so that the session
 * refreshes it.
 */
export function storedToken(token: Jwt, source: TokenSource, now: number): TokenInfo {
  const exp = milliseconds(token.claims['exp']);
  const iat = milliseconds(token.claims['iat']);
  const expiresAt =
    exp !== undefined && (iat === undefined || iat <= now + toleranceMs) ? Math.min(exp, now + maxLifetimeMs) : now;
  return new TokenInfo(
    token,
    { issuedAt: Math.min(iat ?? now, expiresAt - lifetimeOf(token, now), now), expiresAt },
    source,
  );
}

/** Whether a JWT was issued before the known one: an event that Messenger repeats late. */
export function isOlderJwt(known: TokenInfo | undefined, token: Jwt): boolean {
  const [knownIat, iat] = [milliseconds(known?.claims['iat']), milliseconds(token.claims['iat'])];
  return knownIat !== undefined && iat !== undefined && iat < knownIat;
}

/** Claims that together tell one JWT from another (RFC 7519 §4.1); a signature may differ each time. */
const identifying = ['exp', 'iat', 'sub', 'jti'] as const;

/** Whether Genesys answered a refresh with the JWT that is known. It does while that one is valid. */
export const isSameJwt = (known: TokenInfo | undefined, token: Jwt): boolean =>
  known !== undefined &&
  (known.jwt === token.jwt ||
    (known.claims['exp'] !== undefined && identifying.every((name) => known.claims[name] === token.claims[name])));
