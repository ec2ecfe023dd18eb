import { Observable, asyncScheduler } from 'rxjs';
import type { SchedulerLike, Unsubscribable } from 'rxjs';
import { sameIssuer } from '../core/authorization-response.js';
import type { ExpectedIssuer } from '../core/authorization-response.js';
import type { OidcConfig } from '../core/config.js';
import { GcAuthError, asGcAuthError } from '../core/errors.js';

/** What is used of OpenID Provider Metadata (OIDC Discovery §3, RFC 9207 §3). */
export interface ProviderMetadata {
  readonly issuer?: string;
  readonly authorization_endpoint: string;
  readonly end_session_endpoint?: string;
  readonly response_modes_supported?: readonly string[];
  readonly authorization_response_iss_parameter_supported?: boolean;
}

/** Longest wait for the document, in milliseconds. */
const patienceMs = 8000;

/**
 * The provider's metadata: the object given, or the document, fetched once for all subscribers and given up when
 * nobody waits any more. An error is not kept.
 *
 * Errors: `discovery-failed`, `issuer-mismatch` (OIDC Discovery §4.3), `offline`.
 */
export function discover(
  config: OidcConfig,
  win: Window,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<ProviderMetadata> {
  const { authority, metadata, metadataUrl } = config;
  const url = discoveryUrl(config);
  let known: ProviderMetadata | undefined;
  let load: Load | undefined;

  const start = (): Load => {
    const controller = new AbortController();
    const deadline = scheduler.schedule(() => controller.abort(failure(`${url} did not answer in time.`)), patienceMs);
    const document = fetchJson(url, win, controller.signal)
      .then((json) => (known = check(json, authority, metadataUrl !== undefined)))
      .finally(() => end(started));
    const started = { document, controller, deadline, waiting: 0 };
    return started;
  };

  const end = (ended: Load): void => {
    ended.deadline.unsubscribe();
    ended.controller.abort();
    if (load === ended) load = undefined;
  };

  return new Observable((subscriber) => {
    const give = (found: ProviderMetadata): void => {
      subscriber.next(found);
      subscriber.complete();
    };
    if (metadata) return give(check(metadata, authority, true));
    if (known) return give(known);
    const shared = (load ??= start());
    shared.waiting++;
    shared.document.then(give, (thrown: unknown) => subscriber.error(thrown));
    return () => {
      if (--shared.waiting === 0) end(shared);
    };
  });
}

export const discoveryUrl = ({ authority, metadataUrl }: OidcConfig): string =>
  metadataUrl ?? `${authority}/.well-known/openid-configuration`;

/** A fetch under way, and how many wait for it. */
interface Load {
  readonly document: Promise<ProviderMetadata>;
  readonly controller: AbortController;
  readonly deadline: Unsubscribable;
  waiting: number;
}

/** From whom an answer must come; an issuer that is not told is the authority. */
export const expectedIssuer = (metadata: ProviderMetadata, authority: string): ExpectedIssuer => ({
  issuer: metadata.issuer ?? authority,
  announced: metadata.authorization_response_iss_parameter_supported === true,
});

/** Windows and frames are sent there, so a `javascript:` URL in a foreign document would run in this origin. */
export const isWebUrl = (value: unknown): value is string => /^https?:\/\/./i.test(String(value));

async function fetchJson(url: string, win: Window, signal: AbortSignal): Promise<unknown> {
  try {
    const response = await win.fetch(url, { signal, credentials: 'omit' });
    if (!response.ok) throw failure(`${url} answered ${response.status}.`);
    return await response.json();
  } catch (thrown) {
    const { onLine } = win.navigator;
    // Browsers do not say that a network error is one of CORS. https://fetch.spec.whatwg.org/#concept-network-error
    if (onLine && thrown instanceof TypeError && (await answersOpaquely(url, win, signal))) {
      throw failure(
        `${url} was answered without CORS headers for ${win.origin}.`,
        'Set the metadata property, or metadata-url to a copy. If it worked before, the provider may be down.',
      );
    }
    throw asGcAuthError(thrown, onLine ? 'discovery-failed' : 'offline', { step: 'code' });
  }
}

const answersOpaquely = (url: string, win: Window, signal: AbortSignal): Promise<boolean> =>
  win.fetch(url, { signal, credentials: 'omit', mode: 'no-cors' }).then(
    () => true,
    () => false,
  );

const failure = (message: string, hint?: string): GcAuthError => new GcAuthError('discovery-failed', { message, hint });

function check(document: unknown, authority: string, issuerOptional: boolean): ProviderMetadata {
  const metadata = Object(document) as ProviderMetadata;
  const { issuer } = metadata;
  if (issuer === undefined ? !issuerOptional : !sameIssuer(String(issuer), authority)) {
    throw new GcAuthError('issuer-mismatch', {
      message: `The discovery document is of issuer “${String(issuer)}”, wanted “${authority}”.`,
    });
  }
  if (isWebUrl(metadata.authorization_endpoint)) return metadata;
  throw failure('The provider’s metadata holds no usable authorization_endpoint.');
}
