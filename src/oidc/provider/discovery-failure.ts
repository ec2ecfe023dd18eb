import { ErrorTimeout } from 'oidc-client-ts';
import { GcAuthError } from '../../core/errors.js';
import { originOf } from '../../core/page-origin.js';

const failure = (message: string, cause: unknown, hint?: string): GcAuthError =>
  new GcAuthError('discovery-failed', { message, cause, hint });

/**
 * Says why the library could not read a discovery document, which its own error does not tell apart: offline, too slow,
 * a status, a missing CORS header, a page that is no JSON. One more request finds out.
 *
 * Returns the document after all where only its `Content-Type` was wrong, as on a static host: the library insists on
 * `application/json`.
 *
 * @throws `discovery-failed`, `offline`
 */
export async function explainDiscoveryFailure(url: string, win: Window, cause: unknown): Promise<object> {
  if (!win.navigator.onLine) throw new GcAuthError('offline', { step: 'code', cause });
  if (cause instanceof ErrorTimeout) throw failure(`${url} did not answer in time.`, cause);
  const response = await win.fetch(url, { credentials: 'omit' }).catch(() => undefined);
  if (!response) throw await networkFailure(url, win, cause);
  if (!response.ok) throw failure(`${url} answered ${response.status}.`, cause);
  const document: unknown = await response.json().catch(() => undefined);
  if (typeof document === 'object' && document !== null) return document;
  throw failure(`${url} is no JSON document.`, cause, 'Check that authority is the issuer, or set metadata-url.');
}

/** Browsers do not say that a network error is one of CORS (https://fetch.spec.whatwg.org/#concept-network-error). */
async function networkFailure(url: string, win: Window, cause: unknown): Promise<GcAuthError> {
  const answersOpaquely = await win.fetch(url, { credentials: 'omit', mode: 'no-cors' }).then(
    () => true,
    () => false,
  );
  if (!answersOpaquely) return new GcAuthError('discovery-failed', { cause });
  return failure(
    `${url} was answered without CORS headers for ${originOf(win)}.`,
    cause,
    'Set the metadata property, or metadata-url to a copy; if it worked before, the provider may be down.',
  );
}
