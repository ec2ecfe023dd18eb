import type { Config, PageAddress, RawConfig } from './config.js';
import { ConfigReader } from './config-reader.js';
import { appsOrigin, configOrigin } from './genesys-hosts.js';
import { isLoopback } from './script-url.js';

/**
 * Checks the attributes and properties of an element, and fills in the defaults.
 *
 * @throws GcAuthError `config-invalid`; the message names the attribute, the value found and the value wanted
 */
export function readConfig(raw: RawConfig, page: PageAddress): Config {
  const reader = new ConfigReader(raw, page);
  const environment = reader.environment();
  const scriptUrl = reader.scriptUrl(raw['scriptUrlSetByScript'] === true);
  const codeProvider = reader.callable('codeProvider');
  const documentUrl = reader.documentUrl();
  const config: Omit<Config, 'identity'> = {
    genesys: {
      deploymentId: reader.uuid('deploymentId'),
      environment: environment.name,
      scriptUrl: scriptUrl?.href ?? `${appsOrigin(environment.domain)}/genesys-bootstrap/genesys.min.js`,
      configOrigin: scriptUrl && isLoopback(scriptUrl) ? scriptUrl.origin : configOrigin(environment.domain),
      debug: reader.flag('debug'),
      messengerEvents: reader.eventNames('messengerEvents'),
      nonce: reader.text('nonce'),
    },
    oidc: {
      authority: reader.authority(codeProvider),
      issuerFromDocument: documentUrl !== undefined,
      clientId: reader.required('clientId', reader.plain('clientId') ?? (codeProvider ? '' : undefined)),
      redirectUri: reader.redirectUri(),
      scope: reader.plain('scope') ?? 'openid',
      authorizeParams: reader.pairs('authorizeParams'),
      loginHint: reader.hint('loginHint'),
      acrValues: reader.plain('acrValues'),
      maxAge: reader.maxAge(),
      uiLocales: reader.hint('uiLocales'),
      responseMode: reader.choice('responseMode', ['auto', 'query', 'fragment']),
      disablePkce: reader.flag('disablePkce'),
      metadataUrl: reader.url('metadataUrl', true)?.href ?? documentUrl,
      metadata: reader.object('metadata'),
      postLogoutRedirectUri: reader.writtenUrl('postLogoutRedirectUri'),
    },
    loading: reader.choice('loading', ['eager', 'idle', 'interaction']),
    codeProvider,
    signInModes: codeProvider ? ['silent', 'popup'] : reader.modes(),
    renew: reader.choice('renew', ['auto', 'on-demand', 'off']),
    silentTimeoutMs: reader.timeoutMs('silentTimeout') ?? 10_000,
    // The property has a default, a number. An attribute is a text.
    silentTimeoutSet: (raw['silentTimeout'] ?? 10) !== 10,
    popupTimeoutMs: reader.timeoutMs('popupTimeout') ?? 300_000,
    storageAccessUri: reader.url('storageAccessUri', true)?.href,
  };
  const { authority, clientId, loginHint, acrValues, maxAge } = config.oidc;
  return {
    ...config,
    identity: JSON.stringify([authority, clientId, loginHint, acrValues, maxAge, codeProvider]),
  };
}
