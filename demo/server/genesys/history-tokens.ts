import { randomBytes } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';

/** Lifetime of the JWTs, in seconds. */
const lifetimeSeconds = 60;

/** JWTs for the messages API, each for one conversation. They are not the Genesys JWT. */
export class HistoryTokens {
  readonly #secret = randomBytes(32);

  async issue(conversationId: string): Promise<{ jwt: string; exp: number }> {
    const exp = Math.floor(Date.now() / 1000) + lifetimeSeconds;
    const jwt = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(conversationId)
      .setExpirationTime(exp)
      .sign(this.#secret);
    return { jwt, exp };
  }

  /** @returns the conversation's ID; `undefined` for an invalid or expired JWT */
  async conversationOf(jwt: string): Promise<string | undefined> {
    try {
      return (await jwtVerify(jwt, this.#secret, { algorithms: ['HS256'], clockTolerance: 0 })).payload.sub;
    } catch {
      return undefined;
    }
  }
}
