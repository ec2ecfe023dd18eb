import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

export interface Keys {
  signing: JWK;
  cookies: string[];
}

/** Generates new keys for every start. */
export async function generateKeys(): Promise<Keys> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return {
    signing: { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: randomBytes(8).toString('hex') },
    cookies: [randomBytes(32).toString('hex')],
  };
}
