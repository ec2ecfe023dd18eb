import { defer, filter, finalize, fromEvent, map, merge, switchMap, take, tap } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { GcAuthError } from '../../core/errors.js';
import { platformEvents, platformMember } from '../../core/platform-member.js';
import type { SigninRequest } from '../provider/signin-request.js';
import { answerAt } from './answer-guard.js';
import { visibleFor } from './frame-timeout.js';
import { silenceVerdict, timeoutVerdict, violationVerdict } from './frame-verdict.js';

/** Silence after the last page that the frame loaded, in milliseconds. Each page of a chain of pages loads. */
const silenceMs = 1000;

/**
 * Sends a hidden frame to the provider and emits the answer. Only time in which the page is visible counts.
 *
 * Errors: `silent-timeout` after `timeoutMs`; before that `silent-refused`, `config-invalid` where nothing of ours is at
 * the redirect URI, `offline`.
 */
export const visitInHiddenFrame = (
  win: Window,
  request: SigninRequest,
  timeoutMs: number,
  scheduler: SchedulerLike,
): Observable<URLSearchParams> =>
  defer(() => {
    const frame = openHiddenFrame(win, request.url);
    let answered = false;
    const { origin } = win;
    const { state } = request;
    const answer$ = answerAt(win, { source: frame.contentWindow, origin, state }).pipe(tap(() => (answered = true)));
    const timeout$ = visibleFor(win, timeoutMs, scheduler).pipe(map(() => timeoutVerdict(win)));
    const silence$ = fromEvent(frame, 'load').pipe(
      // Latest wins: each page starts the count again.
      switchMap(() => visibleFor(win, silenceMs, scheduler)),
      map(() => silenceVerdict(win, frame, request)),
    );
    const violation$ = fromEvent<SecurityPolicyViolationEvent>(
      platformEvents(win.document),
      'securitypolicyviolation',
    ).pipe(
      map((event) => violationVerdict(event, win, request)),
      filter((verdict) => verdict !== undefined),
    );
    return merge(answer$, merge(timeout$, silence$, violation$).pipe(throwVerdict)).pipe(
      take(1),
      finalize(() => {
        // Removing a frame takes a while, which must not delay whoever waits for the answer.
        if (answered) scheduler.schedule(() => frame.remove(), 0);
        else frame.remove();
      }),
    );
  });

const throwVerdict = map((verdict: GcAuthError): never => {
  throw verdict;
});

/**
 * Hidden by attributes alone: a `style` attribute is a violation under a strict `style-src`. Not sandboxed: Chromium
 * warns about a frame that may run scripts on this origin, and prints its address with the code in it.
 */
export function openHiddenFrame({ document, origin }: Window, url: string): HTMLIFrameElement {
  const frame = platformMember(document, 'createElement')('iframe');
  const attributes = {
    title: 'Sign-in',
    hidden: '',
    'aria-hidden': 'true',
    tabindex: '-1',
    width: '0',
    height: '0',
    allow: localNetworkAccess(document, [origin, new URL(url).origin]),
    // Set before the frame is in the document, so that the page's history gets no entry.
    src: url,
  };
  for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
  // Scripts in the head run before there is a body.
  ((platformMember(document, 'body') as HTMLElement | null) ?? platformMember(document, 'documentElement')).append(
    frame,
  );
  return frame;
}

/**
 * Allows a public provider to lead back to a page on a private network, and a public page to reach a provider there
 * (https://developer.chrome.com/blog/local-network-access). Browsers print a warning for each name that they do not know.
 */
function localNetworkAccess(document: Document, origins: readonly string[]): string {
  const withPolicy = document as Document & { featurePolicy?: { features(): readonly string[] } };
  const featurePolicy = platformMember(withPolicy, 'featurePolicy');
  const known = featurePolicy?.features() ?? [];
  return ['local-network-access', 'local-network', 'loopback-network']
    .filter((feature) => known.includes(feature))
    .map((feature) => [feature, ...origins].join(' '))
    .join('; ');
}
