import { defer, endWith, finalize, fromEvent, ignoreElements, merge, race, take, timer } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { OidcConfig } from '../../core/config.js';
import { discoveryUrl } from '../provider/discovery.js';
import type { ProviderMetadata } from '../provider/discovery.js';
import { openHiddenFrame } from './hidden-frame.js';

/** Longest time that a frame stays, in milliseconds. */
const longestLoadMs = 5000;

/**
 * Opens connections and fills the cache for the frame of a silent attempt. Browsers partition both by site, so for a
 * provider on another site neither `preconnect` nor `fetch` does it. Emits once all is loaded, then completes.
 */
export function warmUp(
  config: OidcConfig,
  metadata: ProviderMetadata,
  win: Window,
  scheduler: SchedulerLike,
): Observable<unknown> {
  const pages = [providerDocument(config, metadata), config.redirectUri];
  const loads = pages
    .filter((page, index) => index === 0 || isCallbackPage(page))
    .map((page) => load(page, win, scheduler));
  return merge(...loads).pipe(ignoreElements(), endWith(undefined));
}

/** A small document at the origin that will be asked, which may be another than that of the discovery document. */
function providerDocument(config: OidcConfig, { authorization_endpoint: endpoint }: ProviderMetadata): string {
  const known = discoveryUrl(config);
  const { origin } = new URL(endpoint);
  return known.startsWith(`${origin}/`) ? known : `${origin}/.well-known/openid-configuration`;
}

/** Recognised by its name: any other page would load as a whole, and start what it starts. */
const isCallbackPage = (url: string): boolean => new URL(url).pathname.endsWith('/callback.html');

const load = (url: string, win: Window, scheduler: SchedulerLike): Observable<unknown> =>
  defer(() => {
    const frame = openHiddenFrame(win, url);
    return race(fromEvent(frame, 'load'), timer(longestLoadMs, scheduler)).pipe(
      take(1),
      finalize(() => frame.remove()),
    );
  });
