import { Observable } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { firstValue } from '../async/cold.js';
import type { OidcConfig } from '../core/config.js';
import { discoveryUrl } from './discovery.js';
import type { ProviderMetadata } from './discovery.js';
import { openHiddenFrame } from './hidden-frame.js';

/** Longest life of a frame, in milliseconds. */
const lingerMs = 5000;

/**
 * Opens connections and fills the cache where the frame of a silent attempt finds both. Browsers keep them apart by
 * site, so for a provider on another site neither `preconnect` nor `fetch` does it.
 */
export async function warmUp(
  config: OidcConfig,
  metadata: ProviderMetadata,
  win: Window,
  scheduler: SchedulerLike,
  signal: AbortSignal,
): Promise<void> {
  const glance = (url: string): Promise<void> => firstValue(glanceAt(url, win, scheduler), signal);
  const pages = [documentOf(config, metadata), config.redirectUri];
  await Promise.all(pages.filter((page, index) => index === 0 || isCallbackPage(page)).map(glance));
}

/** Any small document of the origin that will be asked, which may be another than that of the discovery document. */
function documentOf(config: OidcConfig, { authorization_endpoint: endpoint }: ProviderMetadata): string {
  const known = discoveryUrl(config);
  const { origin } = new URL(endpoint);
  return known.startsWith(`${origin}/`) ? known : `${origin}/.well-known/openid-configuration`;
}

/** By its name: any other page would be loaded whole, and start what it starts. */
const isCallbackPage = (url: string): boolean => new URL(url).pathname.endsWith('/callback.html');

const glanceAt = (url: string, win: Window, scheduler: SchedulerLike): Observable<void> =>
  new Observable((subscriber) => {
    const frame = openHiddenFrame(win, url);
    const done = (): void => {
      subscriber.next();
      subscriber.complete();
    };
    frame.addEventListener('load', done);
    subscriber.add(() => frame.remove());
    subscriber.add(scheduler.schedule(done, lingerMs));
  });
