import { GcAuthError } from '../core/errors.js';
import { seemsSameSite } from '../core/site.js';

/** Where a frame was sent, and where it was to come back. */
export interface RoundTrip {
  readonly url: string;
  readonly redirectUri: string;
}

const offline = (win: Window): GcAuthError | undefined =>
  win.navigator.onLine ? undefined : new GcAuthError('offline', { step: 'code' });

export const timeoutVerdict = (win: Window): GcAuthError => offline(win) ?? new GcAuthError('silent-timeout');

/** Why a frame that has loaded says nothing. Never tells its address, which may hold a code. */
export function silenceVerdict(win: Window, frame: HTMLIFrameElement, { url, redirectUri }: RoundTrip): GcAuthError {
  const { origin } = new URL(url);
  const at = addressOf(frame);
  // On its way back the frame may have been sent on by a router or a server that does not know the path.
  if (at?.origin === win.origin && (origin !== win.origin || at.pathname === new URL(redirectUri).pathname)) {
    return new GcAuthError('config-invalid', {
      step: 'code',
      message: `The provider came back to ${redirectUri}, but nothing there handed its answer over.`,
      hint: `Put callback.html and callback.js at ${redirectUri}, or load the bundle there.`,
    });
  }
  return (
    offline(win) ??
    new GcAuthError('silent-refused', {
      message: 'The provider showed a page (login, consent or error), refuses to be framed, or was not reached.',
      hint: `Register ${redirectUri} at the provider, and let ${win.origin} frame both (frame-ancestors, X-Frame-Options).`,
    })
  );
}

/** Readable on this origin only. */
function addressOf({ contentWindow }: HTMLIFrameElement): URL | undefined {
  try {
    return new URL(contentWindow!.location.href);
  } catch {
    return undefined;
  }
}

/** The page’s own policy keeps the frame from the provider or from coming back; browsers differ in which they name. */
export function violationVerdict(
  { disposition, effectiveDirective, blockedURI }: SecurityPolicyViolationEvent,
  win: Window,
  { url }: RoundTrip,
): GcAuthError | undefined {
  const { origin } = new URL(url);
  const ours = [origin, win.origin].some((one) => `${blockedURI}/`.startsWith(`${one}/`));
  if (disposition === 'report' || !ours || !/^(frame|child|default)-src/.test(effectiveDirective)) return undefined;
  return new GcAuthError('silent-refused', {
    message: `The page’s Content-Security-Policy forbids the frame (${effectiveDirective}).`,
    hint: `Add ${origin} and 'self' to frame-src.`,
  });
}

/** Nobody signed in, says a provider in a frame of another site, where browsers may keep its cookies from it. */
export function doubted(thrown: unknown, win: Window, { url }: RoundTrip): unknown {
  const { code, cause } = thrown as GcAuthError;
  if (code !== 'login-required' || cause !== 'login_required' || seemsSameSite(new URL(url), win.location)) {
    return thrown;
  }
  return new GcAuthError(code, {
    cause,
    hint: 'Call signIn() in a click. Inconclusive: the browser may keep the cookies of another site from frames.',
  });
}
