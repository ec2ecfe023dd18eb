import { MetadataService, OidcClientSettingsStore } from 'oidc-client-ts';
import type { OidcMetadata } from 'oidc-client-ts';
import { asyncScheduler, defer, from, ReplaySubject, share, throwError, timeout } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { OidcConfig } from '../../core/config.js';
import { GcAuthError } from '../../core/errors.js';
import { isLoopback } from '../../core/script-url.js';
import { clientSettings, discoveryTimeoutSeconds } from './client-settings.js';
import { explainDiscoveryFailure } from './discovery-failure.js';
import { sameIssuer } from './issuer.js';

/** OpenID Provider Metadata (OIDC Discovery §3) with what RFC 9207 §3 adds. Issuer and endpoints have been checked. */
export type ProviderMetadata = Partial<OidcMetadata> & {
  readonly authorization_endpoint: string;
  readonly authorization_response_iss_parameter_supported?: boolean;
};

/**
 * The provider's metadata: the object given, or the discovery document. Concurrent subscribers share one request, later
 * ones get its result. An error is not kept: the next subscriber starts a new request.
 *
 * Errors: `discovery-failed`, `issuer-mismatch` (OIDC Discovery §4.3), `offline`.
 */
export const discoverProvider = (
  config: OidcConfig,
  win: Window,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<ProviderMetadata> =>
  defer(() => from(readMetadata(config, win))).pipe(
    // The library's timeout ends with the headers of the response; a body that stalls would wait for ever.
    timeout({
      first: discoveryTimeoutSeconds * 1000,
      scheduler,
      with: () =>
        throwError(
          () => new GcAuthError('discovery-failed', { message: `${discoveryUrl(config)} did not answer in time.` }),
        ),
    }),
    // Single flight: concurrent callers share one request.
    share({ connector: () => new ReplaySubject(1), resetOnComplete: false, resetOnRefCountZero: false }),
  );

/** Address of the discovery document (OIDC Discovery §4), also where the metadata is given and nothing is fetched. */
export const discoveryUrl = (config: OidcConfig): string =>
  new OidcClientSettingsStore(clientSettings(config)).metadataUrl;

async function readMetadata(config: OidcConfig, win: Window): Promise<ProviderMetadata> {
  const given = config.metadata as Partial<OidcMetadata> | undefined;
  // An object that names no authorization endpoint completes the document, for example with an `end_session_endpoint`.
  const whole = given?.authorization_endpoint !== undefined;
  const settings = new OidcClientSettingsStore({
    ...clientSettings(config),
    ...(given && (whole ? { metadata: given } : { metadataSeed: given })),
  });
  // A service of its own for each request, because a service keeps what it has read, also what is refused below.
  const service = new MetadataService(settings);
  const metadata = await service.getMetadata().catch(async (cause: unknown) => {
    const document = await explainDiscoveryFailure(settings.metadataUrl, win, cause);
    return { ...document, ...given };
  });
  return checkMetadata(metadata, config, whole || config.metadataUrl !== undefined);
}

function checkMetadata(document: unknown, config: OidcConfig, issuerOptional: boolean): ProviderMetadata {
  const metadata = Object(document) as ProviderMetadata;
  const { authority, issuerFromDocument } = config;
  const issuer = String(metadata.issuer);
  // Every tenant's answer would fit a template, so it proves nothing.
  const ofTenant = issuer.replace(/\{.*?\}/g, 'TENANT-ID');
  const fits = issuerFromDocument ? isSecureWebUrl(issuer) : sameIssuer(issuer, authority);
  if (metadata.issuer === undefined ? !issuerOptional : !fits || ofTenant !== issuer) {
    throw new GcAuthError('issuer-mismatch', {
      // No rung can send a request to the right provider.
      step: 'config',
      message: `The discovery document is of issuer “${issuer}”, but authority is “${authority}”.`,
      ...(ofTenant !== issuer && {
        hint: `Set authority to the issuer of one tenant, ${ofTenant}, or set the metadata property without issuer.`,
      }),
    });
  }
  if (isSecureWebUrl(metadata.authorization_endpoint)) return metadata;
  throw new GcAuthError('discovery-failed', {
    message: 'The provider’s metadata has no usable authorization_endpoint.',
  });
}

/**
 * An https URL, or http on loopback. Windows and frames are sent there: a `javascript:` URL in a foreign document would run
 * in this origin, and http would show the request to the network.
 */
export function isSecureWebUrl(value: unknown): value is string {
  const text = String(value);
  if (!/^https?:\/\/./i.test(text) || !URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === 'https:' || isLoopback(url);
}
