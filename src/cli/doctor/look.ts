import { getDomain } from 'tldts';
import { withClock } from '../../doctor/clock-ahead.js';
import type { Answer, Fetched } from '../../doctor/facts.js';
import type { LoadedAs, Look } from '../../doctor/gather.js';
import { request } from './request.js';

/** As many as browsers follow (https://fetch.spec.whatwg.org/#http-redirect-fetch). */
const mostRedirects = 20;

/** The registrable domain by the public suffix list, or the host where there is none. */
const siteOf = ({ protocol, hostname }: URL): string =>
  `${protocol}//${getDomain(hostname, { allowPrivateDomains: true }) ?? hostname}`;

/** Whether browsers treat two URLs as same-site. */
export const sameSite = (one: URL, other: URL): boolean => siteOf(one) === siteOf(other);

/** Fetches as a browser would for a page, and sees every header. `onRequest` is told each address. */
export const lookFor =
  (page: URL | undefined, onRequest: (url: URL) => void = () => undefined): Look =>
  async (address, as, stopAt) => {
    const cookies: string[] = [];
    let url = new URL(address);
    for (let redirects = 0; ; redirects++) {
      onRequest(url);
      const received = await request(url.href, { ...headersFor(url, as, page), ...cookieHeader(cookies) });
      if ('failed' in received) return received;
      cookies.push(...received.cookies.map((cookie) => `${url.host} ${cookie}`));
      const next = nextUrl(received.status, received.headers['location'], url);
      if (next && redirects < mostRedirects && !isAnswer(next, stopAt)) {
        url = next;
        continue;
      }
      const answer: Answer = {
        ...received,
        headers: next ? { ...received.headers, location: next.href } : received.headers,
        url: withoutAnswer(url),
        redirected: redirects > 0,
        cookies: cookies.map((cookie) => cookie.replace(/^\S+ /, '')),
        ...(as === 'data' && page && { cors: sharedWith(received.headers, url, page) }),
      };
      return withClock(answer);
    }

    function cookieHeader(known: readonly string[]): Record<string, string> {
      const own = known.filter((cookie) => cookie.startsWith(`${url.host} `));
      const pairs = own.map((cookie) => cookie.replace(/^\S+ /, '').replace(/;.*/s, ''));
      return pairs.length > 0 ? { cookie: pairs.join('; ') } : {};
    }
  };

/** The page itself. */
export const lookAtPage = async (url: URL): Promise<Fetched> => (await lookFor(undefined)(url.href, 'frame'))!;

function headersFor(url: URL, as: LoadedAs, page: URL | undefined): Record<string, string> {
  const crossOrigin = page !== undefined && page.origin !== url.origin;
  const crossSite = page !== undefined && !sameSite(page, url);
  const asksForCookies = as === 'frame' && crossSite;
  return {
    'user-agent': 'Mozilla/5.0 (compatible; gc-auth-messenger doctor)',
    accept: as === 'frame' ? 'text/html,*/*' : '*/*',
    'sec-fetch-dest': page === undefined ? 'document' : { data: 'empty', frame: 'iframe', script: 'script' }[as],
    'sec-fetch-mode': { data: 'cors', frame: 'navigate', script: 'no-cors' }[as],
    'sec-fetch-site':
      page === undefined ? 'none' : crossSite ? 'cross-site' : crossOrigin ? 'same-site' : 'same-origin',
    ...(page && ((as === 'data' && crossOrigin) || asksForCookies) && { origin: page.origin }),
    ...(asksForCookies && { 'sec-fetch-storage-access': 'inactive' }),
  };
}

/** Where an answer leads; undefined when it is no redirect to a web address. */
function nextUrl(status: number, location: string | undefined, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined || !URL.canParse(location, from))
    return undefined;
  const next = new URL(location, from);
  return /^https?:$/.test(next.protocol) ? next : undefined;
}

/** A redirect with the provider's answer, to the redirect URI or to another page of its origin. Nobody follows it. */
function isAnswer(next: URL, redirectUri: string | undefined): boolean {
  if (redirectUri === undefined) return false;
  const wanted = new URL(redirectUri);
  const answers = /[?#&](code|error)=/.test(next.search + next.hash);
  return next.origin === wanted.origin && (next.pathname === wanted.pathname || answers);
}

/** Addresses may be shown, so they are kept without query and fragment. */
const withoutAnswer = ({ origin, pathname }: URL): string => origin + pathname;

function sharedWith(headers: Readonly<Record<string, string>>, url: URL, page: URL): boolean {
  const allowed = headers['access-control-allow-origin'];
  return url.origin === page.origin || allowed === '*' || allowed === page.origin;
}
