import { randomBytes, randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';

/** The person in the provider's ID token. */
export interface Person {
  sub: string;
  givenName?: string;
  familyName?: string;
}

/** Begins with the exchange of a code. */
interface Login {
  person: Person;
  accessTokenSeconds: number;
  refreshToken?: string;
  refreshExpiresAt: number;
  jwt?: IssuedJwt;
}

interface IssuedJwt {
  id: string;
  text: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

export interface LoginLifetimes {
  jwtSeconds: number;
  refreshTokenSeconds: number;
  sameJwtWhileValid: boolean;
}

export type Verified = { person: Person } | { refusal: 'expired' | 'unknown' };

/** The Genesys JWTs and refresh tokens of one deployment. */
export class Logins {
  readonly #deploymentId: string;
  readonly #lifetimes: () => LoginLifetimes;
  readonly #secret = randomBytes(32);
  #logins: Login[] = [];
  /** Accepted JWTs, by ID. */
  readonly #accepted = new Map<string, Login>();

  constructor(deploymentId: string, lifetimes: () => LoginLifetimes) {
    this.#deploymentId = deploymentId;
    this.#lifetimes = lifetimes;
  }

  async begin(
    person: Person,
    accessTokenSeconds: number,
    withRefreshToken: boolean,
  ): Promise<{ jwt: string; refreshToken?: string }> {
    const login: Login = {
      person,
      accessTokenSeconds,
      refreshExpiresAt: Date.now() + this.#lifetimes().refreshTokenSeconds * 1000,
    };
    if (withRefreshToken) login.refreshToken = randomBytes(32).toString('base64url');
    this.#logins.push(login);
    const jwt = await this.#issue(login);
    return login.refreshToken === undefined ? { jwt } : { jwt, refreshToken: login.refreshToken };
  }

  /** The refresh token stays the same: Genesys does not rotate it. @returns `undefined` for an invalid refresh token */
  async refresh(refreshToken: string): Promise<{ jwt: string; person: Person } | undefined> {
    const login = this.#logins.find((candidate) => candidate.refreshToken === refreshToken);
    if (!login || login.refreshExpiresAt <= Date.now()) return undefined;
    const { person, jwt } = login;
    if (this.#lifetimes().sameJwtWhileValid && jwt && this.#accepted.has(jwt.id) && jwt.expiresAt > Date.now()) {
      return { jwt: jwt.text, person };
    }
    return { jwt: await this.#issue(login), person };
  }

  owns(refreshToken: string): boolean {
    return this.#logins.some((login) => login.refreshToken === refreshToken);
  }

  async verify(jwt: unknown): Promise<Verified> {
    if (typeof jwt !== 'string') return { refusal: 'unknown' };
    try {
      const { payload } = await jwtVerify(jwt, this.#secret, { algorithms: ['HS256'], clockTolerance: 0 });
      const login = this.#accepted.get(payload.jti ?? '');
      return login ? { person: login.person } : { refusal: 'expired' };
    } catch (error) {
      return { refusal: error instanceof errors.JWTExpired ? 'expired' : 'unknown' };
    }
  }

  /** Ends every login of a person, or of everybody. */
  end(sub?: string): void {
    const ends = (login: Login): boolean => sub === undefined || login.person.sub === sub;
    this.#logins = this.#logins.filter((login) => !ends(login));
    for (const [id, login] of this.#accepted) if (ends(login)) this.#accepted.delete(id);
  }

  /** Refuses all JWTs issued so far. */
  expireJwts(): void {
    this.#accepted.clear();
  }

  revokeRefreshTokens(): void {
    for (const login of this.#logins) login.refreshExpiresAt = 0;
  }

  async #issue(login: Login): Promise<string> {
    const issuedAt = Math.floor(Date.now() / 1000);
    const expiresAt = issuedAt + Math.floor(Math.min(this.#lifetimes().jwtSeconds, login.accessTokenSeconds));
    const id = randomUUID();
    const { sub, givenName, familyName } = login.person;
    const text = await new SignJWT({ given_name: givenName, family_name: familyName, deployment: this.#deploymentId })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(sub)
      .setJti(id)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(this.#secret);
    login.jwt = { id, text, expiresAt: expiresAt * 1000 };
    this.#accepted.set(id, login);
    return text;
  }
}
