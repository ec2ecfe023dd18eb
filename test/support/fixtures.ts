import type { Config } from '../../src/core/config.js';
import type { CodeGrant } from '../../src/core/grant.js';
import type { PluginCall, Jwt } from '../../src/core/messenger.js';
import { oidcConfig } from './oidc-config.js';

/** The time at which every test starts, epoch ms. */
export const t0 = Date.UTC(2026, 0, 1);

/** A JWT as Messenger reports it. `lifetime` in milliseconds, `issuedAt` in epoch ms. */
export function jwt(name: string, lifetime: number, issuedAt = t0, sub = 'ada'): Jwt {
  return { jwt: name, claims: { sub, iat: issuedAt / 1000, exp: (issuedAt + lifetime) / 1000 } };
}

export const grantOf = (authCode: string): CodeGrant => ({
  authCode,
  redirectUri: 'https://www.example.com/callback.html',
  codeVerifier: `verifier-of-${authCode}`,
});

export const pluginCallOf = (id: number, command: PluginCall['command'] = 'getAuthCode'): PluginCall => ({
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
    messengerEvents: [],
    nonce: undefined,
  },
  oidc: oidcConfig({
    authority: 'https://login.example.com',
    redirectUri: 'https://www.example.com/callback.html',
    metadata: undefined,
  }),
  loading: 'eager',
  codeProvider: false,
  identity: 'identity',
  signInModes: ['silent', 'popup'],
  renew: 'auto',
  silentTimeoutSet: false,
  silentTimeoutMs: 10_000,
  popupTimeoutMs: 300_000,
  storageAccessUri: undefined,
  ...changes,
});
