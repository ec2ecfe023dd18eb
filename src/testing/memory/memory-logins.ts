/** The member `oauth` of an exchange request. */
export type Grant = Readonly<Record<string, unknown>>;

interface IssuedCode {
  readonly sub: string;
  /** Whether the grant is right for the request that the code answers. */
  readonly accepts: (grant: Grant) => boolean | Promise<boolean>;
}

/** JWTs, refresh tokens and single-use codes that live in this page. Nothing is signed: what was issued is remembered. */
export class MemoryLogins {
  /** Lifetime of the JWTs that follow, in seconds. */
  jwtSeconds: number;
  readonly #codes = new Map<string, IssuedCode>();
  readonly #jwts = new Map<string, { sub: string; expiresAt: number }>();
  readonly #refreshTokens = new Map<string, string>();

  constructor(jwtSeconds: number) {
    this.jwtSeconds = jwtSeconds;
  }

  issueCode(sub: string, accepts: IssuedCode['accepts'] = () => true): string {
    const code = crypto.randomUUID();
    this.#codes.set(code, { sub, accepts });
    return code;
  }

  /** @returns `undefined` for a code that is unknown, was used, or is not accepted with this grant */
  async redeem(grant: Grant): Promise<{ jwt: string; refreshToken: string } | undefined> {
    const code = String(grant['code']);
    const issued = this.#codes.get(code);
    this.#codes.delete(code);
    if (!issued || !(await issued.accepts(grant))) return undefined;
    const refreshToken = crypto.randomUUID();
    this.#refreshTokens.set(refreshToken, issued.sub);
    return { jwt: this.#issue(issued.sub), refreshToken };
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
