import { request } from 'node:http';
import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';

export type IntegrationIssuer = 'same-site' | 'cross-site' | 'any';

/** The settings of Genesys' integration "OpenID Connect Messenger Configuration" for one provider. */
export interface ProviderLink {
  site: Exclude<IntegrationIssuer, 'any'>;
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Whether the provider issued the code. Finds the provider for a code without `iss`, without using the code. */
  issuedCode: (code: string) => boolean;
}

export interface TokenAnswer {
  status: number;
  body: { id_token?: string; expires_in?: number; refresh_token?: string; error?: string };
}

/** Redeems a code as a confidential client: https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3 */
export async function redeemCode(
  link: ProviderLink,
  code: string,
  redirectUri: string,
  codeVerifier: string | undefined,
): Promise<TokenAnswer> {
  const form = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri });
  if (codeVerifier !== undefined) form.set('code_verifier', codeVerifier);
  const credentials = Buffer.from(`${link.clientId}:${link.clientSecret}`).toString('base64');
  const { status, text } = await call(link.issuer, '/token', form.toString(), {
    'Content-Type': 'application/x-www-form-urlencoded',
    Authorization: `Basic ${credentials}`,
  });
  return { status, body: status < 500 ? (JSON.parse(text) as TokenAnswer['body']) : {} };
}

/** @throws when the signature, issuer, audience or time does not hold */
export async function verifyIdToken(link: ProviderLink, idToken: string): Promise<JWTPayload> {
  const { text } = await call(link.issuer, '/jwks');
  const keys = createLocalJWKSet(JSON.parse(text) as JSONWebKeySet);
  const { payload } = await jwtVerify(idToken, keys, { issuer: link.issuer, audience: link.clientId });
  return payload;
}

/** The issuer in an ID token that is not verified. */
export function claimedIssuer(idToken: string): string | undefined {
  try {
    return decodeJwt(idToken).iss;
  } catch {
    return undefined;
  }
}

/** Connects to the loopback address, since not every system resolves `*.localhost`. */
function call(
  issuer: string,
  path: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const { host, port } = new URL(issuer);
  return new Promise((resolve, reject) => {
    const clientRequest = request({
      host: '127.0.0.1',
      port,
      path,
      method: body === undefined ? 'GET' : 'POST',
      agent: false,
      headers: { Host: host, Accept: 'application/json', ...headers },
    });
    clientRequest.once('error', reject);
    clientRequest.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.once('error', reject);
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    clientRequest.end(body);
  });
}
