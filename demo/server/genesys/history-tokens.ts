import { randomBytes } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';

/** Life of the JWT that `getJwt` brings for the messages API, in seconds. */
const lifeSeconds = 60;

/** Not to be confused with the Genesys JWT: this one opens one conversation's transcript for a minute. */
export class HistoryTokens {
  readonly #secret = randomBytes(32);

  async issue(conversationId: string): Promise<{ jwt: string; exp: number }> {
    const exp = Math.floor(Date.now() / 1000) + lifeSeconds;
    const jwt = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(conversationId)
      .setExpirationTime(exp)
      .sign(this.#secret);
    return { jwt, exp };
  }

  /** @returns the conversation's id, or undefined when the token is none of these or has expired */
  async conversationOf(jwt: string): Promise<string | undefined> {
    try {
      return (await jwtVerify(jwt, this.#secret, { algorithms: ['HS256'], clockTolerance: 0 })).payload.sub;
    } catch {
      return undefined;
    }
  }
}
