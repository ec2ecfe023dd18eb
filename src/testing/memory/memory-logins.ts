/** JWTs, refresh tokens and single-use codes that live in this page. Nothing is signed: what was issued is remembered. */
export class MemoryLogins {
  /** Lifetime of the JWTs that follow, in seconds. */
  jwtSeconds: number;
  readonly #codes = new Map<string, string>();
  readonly #jwts = new Map<string, { sub: string; expiresAt: number }>();
  readonly #refreshTokens = new Map<string, string>();

  constructor(jwtSeconds: number) {
    this.jwtSeconds = jwtSeconds;
  }

  issueCode(sub: string): string {
    const code = crypto.randomUUID();
    this.#codes.set(code, sub);
    return code;
  }

  /** @returns `undefined` for a code that is unknown or was used */
  redeem(code: unknown): { jwt: string; refreshToken: string } | undefined {
    const sub = this.#codes.get(String(code));
    if (sub === undefined) return undefined;
    this.#codes.delete(String(code));
    const refreshToken = crypto.randomUUID();
    this.#refreshTokens.set(refreshToken, sub);
    return { jwt: this.#issue(sub), refreshToken };
  }

  refresh(refreshToken: unknown): { jwt: string } | undefined {
    const sub = this.#refreshTokens.get(String(refreshToken));
    return sub === undefined ? undefined : { jwt: this.#issue(sub) };
  }

  /** @returns the person; `undefined` for a JWT that is unknown or expired */
  subOf(jwt: unknown): string | undefined {
    const issued = this.#jwts.get(String(jwt));
    return issued && issued.expiresAt > Date.now() ? issued.sub : undefined;
  }

  expireJwts(): void {
    this.#jwts.clear();
  }

  revokeRefreshTokens(): void {
    this.#refreshTokens.clear();
  }

  #issue(sub: string): string {
    const iat = Math.floor(Date.now() / 1000);
    const exp = iat + this.jwtSeconds;
    const jwt = [{ alg: 'none' }, { sub, iat, exp, jti: crypto.randomUUID() }].map(encode).join('.') + '.test';
    this.#jwts.set(jwt, { sub, expiresAt: exp * 1000 });
    return jwt;
  }
}

function encode(part: object): string {
  const bytes = new TextEncoder().encode(JSON.stringify(part));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
