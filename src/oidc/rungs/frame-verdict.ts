import { GcAuthError } from '../../core/errors.js';
import { originOf } from '../../core/page-origin.js';
import { seemsSameSite } from '../../core/site.js';
import { attempt } from '../../core/stored-value.js';

/** Where a frame was sent, and where it returns to. */
export interface RoundTrip {
  readonly url: string;
  readonly redirectUri: string;
}

const offline = (win: Window): GcAuthError | undefined =>
  win.navigator.onLine ? undefined : new GcAuthError('offline', { step: 'code' });

export const timeoutVerdict = (win: Window): GcAuthError => offline(win) ?? new GcAuthError('silent-timeout');

/** Not `silent-timeout`, which would mean that frames do not work here: browsers slow down the frames of hidden pages. */
export const hiddenVerdict = (win: Window): GcAuthError =>
  offline(win) ??
  new GcAuthError('provider-error', {
    message: 'The provider did not answer while the page was hidden.',
    hint: 'No action is required.',
  });

/** Why a frame that has loaded does not answer. Never contains its address, which may hold a code. */
export function silenceVerdict(win: Window, frame: HTMLIFrameElement, { url, redirectUri }: RoundTrip): GcAuthError {
  const { origin } = new URL(url);
  const at = addressOf(frame);
  // On its way back a router, or a server that does not know the path, may have sent the frame elsewhere.
  if (at?.origin === originOf(win) && (origin !== at.origin || at.pathname === new URL(redirectUri).pathname)) {
    return new GcAuthError('config-invalid', {
      step: 'code',
      message: `The provider returned to ${redirectUri}, but nothing there delivered its answer.`,
      hint: `Put callback.html and callback.js at ${redirectUri}, or load the bundle there.`,
    });
  }
  return (
    offline(win) ??
    new GcAuthError('silent-refused', {
      message: 'The provider showed a page (login, consent or error), refuses to be framed, or was not reached.',
      hint: `Check client-id, register ${redirectUri} at the provider, and let ${originOf(win)} frame both (frame-ancestors, X-Frame-Options).`,
    })
  );
}

/** Whether the frame shows an error of this origin's server, for example that there is no such page. */
export function hasFailedHere({ contentWindow }: HTMLIFrameElement): boolean {
  // It throws for a page of another origin, and not every browser has the status
  // (https://developer.mozilla.org/docs/Web/API/PerformanceResourceTiming/responseStatus).
  return (
    attempt(() => {
      const [navigation] = contentWindow!.performance.getEntriesByType('navigation');
      return (navigation as PerformanceNavigationTiming).responseStatus >= 400;
    }) === true
  );
}

/** Readable on this origin only. */
const addressOf = ({ contentWindow }: HTMLIFrameElement): URL | undefined =>
  attempt(() => new URL(contentWindow!.location.href));

/** The page's own policy forbids the frame to load the provider or to return. Browsers differ in which of them they name. */
export function violationVerdict(
  { disposition, effectiveDirective, blockedURI }: SecurityPolicyViolationEvent,
  win: Window,
  { url }: RoundTrip,
): GcAuthError | undefined {
  const { origin } = new URL(url);
  const ours = [origin, originOf(win)].some((one) => `${blockedURI}/`.startsWith(`${one}/`));
  if (disposition === 'report' || !ours || !/^(frame|child|default)-src/.test(effectiveDirective)) return undefined;
  return new GcAuthError('silent-refused', {
    message: `The page’s Content-Security-Policy forbids the frame (${effectiveDirective}).`,
    hint: `Add ${origin} and 'self' to frame-src.`,
  });
}

/** `login_required` from a provider on another site proves little: the browser may block its cookies in frames. */
export function markInconclusive(thrown: unknown, win: Window, { url }: RoundTrip): unknown {
  const { code, cause } = thrown as GcAuthError;
  if (code !== 'login-required' || cause !== 'login_required' || seemsSameSite(new URL(url), win.location)) {
    return thrown;
  }
  return new GcAuthError(code, {
    cause,
    hint: 'Call signIn() in a click handler; this answer is inconclusive, because browsers may block the cookies of another site in frames.',
  });
}
