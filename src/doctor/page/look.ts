import { originOf } from '../../core/page-origin.js';
import { withClock } from '../clock-ahead.js';
import type { Answer, Fetched, NoAnswer } from '../facts.js';
import type { Look } from '../gather.js';

/** Longest request, in milliseconds. */
const longestMs = 8_000;

/**
 * Fetches as a page can: everything of its own origin, and of other origins the data that they share. What frames and
 * scripts of other origins are, browsers hide.
 */
export const lookFrom =
  (win: Window): Look =>
  async (url, as) => {
    const own = new URL(url).origin === originOf(win);
    if (!own && as !== 'data') return undefined;
    return fetched(url, win, { credentials: own ? 'same-origin' : 'omit' });
  };

/**
 * A page of this origin, by default this one, as its server sends it now. Undefined where it cannot be fetched: nothing about it
 * is known then.
 */
export async function pageAnswer(win: Window, href = win.location.href): Promise<Answer | undefined> {
  if (!/^https?:/.test(href)) return undefined;
  const answer = await fetched(href.replace(/#.*/s, ''), win, {
    cache: 'no-store',
    credentials: 'same-origin',
  });
  return 'failed' in answer ? undefined : answer;
}

async function fetched(url: string, win: Window, init: RequestInit): Promise<Fetched> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), longestMs);
  const policy = watchPolicy(win, url);
  try {
    const answer = await answerOf(await win.fetch(url, { ...init, signal: controller.signal }), url, win);
    // The browser's cache and a service worker answer with an old time.
    return init.cache === 'no-store' && !win.navigator.serviceWorker?.controller ? withClock(answer) : answer;
  } catch {
    if (controller.signal.aborted) return { failed: 'timeout' };
    if (await policy.forbade()) return { failed: 'policy' };
    return withoutCors(url, win, controller.signal);
  } finally {
    policy.stop();
    clearTimeout(timer);
  }
}

async function answerOf(response: Response, url: string, win: Window): Promise<Answer> {
  const body = await response.text();
  const headers = Object.fromEntries([...response.headers].map(([name, value]) => [name.toLowerCase(), value]));
  const own = new URL(url).origin === originOf(win);
  return {
    url: response.url || url,
    redirected: response.redirected,
    status: response.status,
    headers,
    body,
    ...(!own && { cors: true }),
  };
}

/**
 * Browsers do not say that a network error is one of CORS (https://fetch.spec.whatwg.org/#concept-network-error). An address of
 * the page's own origin fails so when it redirects to another one.
 */
async function withoutCors(url: string, win: Window, signal: AbortSignal): Promise<NoAnswer> {
  try {
    await win.fetch(url, { mode: 'no-cors', credentials: 'omit', signal });
    return { failed: 'cors' };
  } catch {
    return { failed: signal.aborted ? 'timeout' : 'unreachable' };
  }
}

/** Whether the policy of the page forbade a request. The event comes in a task of its own after the fetch has failed. */
function watchPolicy(win: Window, url: string): { forbade(): Promise<boolean>; stop(): void } {
  let forbidden = false;
  const { origin } = new URL(url);
  const onViolation = ({ blockedURI, disposition, effectiveDirective }: SecurityPolicyViolationEvent): void => {
    if (effectiveDirective === 'connect-src' && disposition === 'enforce' && blockedURI.startsWith(origin))
      forbidden = true;
  };
  win.document.addEventListener('securitypolicyviolation', onViolation);
  return {
    forbade: async () => {
      await new Promise((resolve) => setTimeout(resolve));
      return forbidden;
    },
    stop: () => win.document.removeEventListener('securitypolicyviolation', onViolation),
  };
}
