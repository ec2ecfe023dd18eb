import type { Config } from '../../src/core/config.js';
import type { CodeGrant } from '../../src/core/grant.js';
import type { PluginCall, Jwt } from '../../src/core/messenger.js';
import { oidcConfig } from './oidc-config.js';

/** Midnight of the tests, epoch ms. */
export const t0 = Date.UTC(2026, 0, 1);

/** A JWT as Messenger reports it; times in ms, `iat` and `exp` as Genesys counts. */
export function jwt(name: string, life: number, issued = t0, sub = 'ada'): Jwt {
  return { jwt: name, claims: { sub, iat: issued / 1000, exp: (issued + life) / 1000 } };
}

export const grantOf = (authCode: string): CodeGrant => ({
  authCode,
  redirectUri: 'https://www.example.com/callback.html',
  codeVerifier: `verifier-of-${authCode}`,
});

export const askOf = (id: number, command: PluginCall['command'] = 'getAuthCode'): PluginCall => ({
  id,
  command,
  forceUpdate: false,
});

export const deploymentId = '3f0c2f3a-1c1f-4b58-9a29-3f6f7c2f1a10';

export const configOf = (changes: Partial<Config> = {}): Config => ({
  genesys: {
    deploymentId,
    environment: 'prod-euw1',
    scriptUrl: 'https://apps.mypurecloud.ie/genesys-bootstrap/genesys.min.js',
    configOrigin: 'https://api-cdn.mypurecloud.ie',
    debug: false,
    nonce: undefined,
  },
  oidc: oidcConfig({
    authority: 'https://login.example.com',
    redirectUri: 'https://www.example.com/callback.html',
    metadata: undefined,
  }),
  loading: 'eager',
  codeProvider: false,
  signInModes: ['silent', 'popup'],
  renew: 'auto',
  silentTimeoutMs: 10_000,
  popupTimeoutMs: 300_000,
  ...changes,
});
