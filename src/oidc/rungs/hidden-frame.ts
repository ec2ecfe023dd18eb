import {
  defer,
  filter,
  finalize,
  fromEvent,
  map,
  merge,
  NEVER,
  of,
  share,
  switchMap,
  take,
  takeUntil,
  tap,
  timer,
} from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { GcAuthError } from '../../core/errors.js';
import { platformEvents, platformMember } from '../../core/platform-member.js';
import { originOf } from '../../core/page-origin.js';
import { frameMark } from '../callback/answer-message.js';
import type { SigninRequest } from '../provider/signin-request.js';
import { answerAt } from './answer-guard.js';
import { visibleFor } from './frame-timeout.js';
import { hasFailedHere, hiddenVerdict, silenceVerdict, timeoutVerdict, violationVerdict } from './frame-verdict.js';

/**
 * Silence after the last page that the frame loaded, in milliseconds. Each page of a chain of pages loads. Pages of
 * providers run scripts for seconds before they go on, and a page that is its own redirect URI may load the bundle late.
 */
const defaultSilenceMs = 4000;

/** Silence after which an answer is doubtful, in milliseconds: the second request starts, and an error page is final. */
const doubtMs = 1000;

/** Longest time that a hidden page adds to a timeout, in milliseconds. The rules give up an attempt before it. */
const hiddenMs = 90_000;

/** Timers count in 31 bits, in milliseconds. A longer one fires at once. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Sends a hidden frame to the provider and emits the answer. Time in which the page is hidden counts less: it adds up to
 * 90 s to the timeout.
 *
 * Errors: `silent-timeout` after `timeoutMs`; `silent-refused`, or `config-invalid` where nothing of ours is at the
 * redirect URI, after `silenceMs`; `offline`; `provider-error` when the page was hidden for too long.
 *
 * @param silenceMs Longest silence after a page has loaded.
 * @param second$ The answer to another request, which starts when a page has loaded and does not answer at once.
 */
export const visitInHiddenFrame = (
  win: Window,
  request: SigninRequest,
  timeoutMs: number,
  scheduler: SchedulerLike,
  silenceMs: number = defaultSilenceMs,
  second$: Observable<URLSearchParams> = NEVER,
): Observable<URLSearchParams> =>
  defer(() => {
    const frame = openHiddenFrame(win, request.url);
    let answered = false;
    let loaded = false;
    const load$ = fromEvent(frame, 'load').pipe(tap(() => (loaded = true)));
    const origin = originOf(win);
    const { state } = request;
    // Chromium makes a window for the empty document when it is asked for one, which nobody needs before the answer.
    const expected = {
      get source() {
        return frame.contentWindow;
      },
      origin,
      state,
    };
    const answer$ = answerAt(win, expected).pipe(tap(() => (answered = true)));
    const timeout$ = visibleFor(win, timeoutMs, scheduler).pipe(
      map(() => (loaded ? silenceVerdict(win, frame, request) : timeoutVerdict(win))),
    );
    // Without an answer, and never visible for long enough, the attempt must end too.
    const hidden$ = timer(Math.min(timeoutMs + hiddenMs, longestTimerMs), scheduler).pipe(
      map(() => hiddenVerdict(win)),
    );
    const doubtAfterMs = Math.min(doubtMs, silenceMs);
    // Not earlier: an answer is on its way when the callback page has loaded, and whatever runs first delays it.
    const doubt$ = load$.pipe(
      // Latest wins: each page starts the count again.
      switchMap(() => visibleFor(win, doubtAfterMs, scheduler)),
      share(),
    );
    const silence$ = doubt$.pipe(
      switchMap(() =>
        hasFailedHere(frame)
          ? of(undefined)
          : visibleFor(win, silenceMs - doubtAfterMs, scheduler).pipe(takeUntil(load$)),
      ),
      map(() => silenceVerdict(win, frame, request)),
    );
    const secondAnswer$ = doubt$.pipe(
      take(1),
      switchMap(() => second$),
    );
    const violation$ = fromEvent<SecurityPolicyViolationEvent>(
      platformEvents(win.document),
      'securitypolicyviolation',
    ).pipe(
      map((event) => violationVerdict(event, win, request)),
      filter((verdict) => verdict !== undefined),
    );
    return merge(answer$, secondAnswer$, merge(timeout$, hidden$, silence$, violation$).pipe(throwVerdict)).pipe(
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
export function openHiddenFrame(win: Window, url: string): HTMLIFrameElement {
  const { document } = win;
  const frame = platformMember(document, 'createElement')('iframe');
  const attributes = {
    title: 'Sign-in',
    hidden: '',
    'aria-hidden': 'true',
    tabindex: '-1',
    width: '0',
    height: '0',
    allow: localNetworkAccess(document, [originOf(win), new URL(url).origin]),
    // Set before the frame is in the document, so that the page's history gets no entry.
    src: url,
  };
  for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
  Object.assign(frame, { [frameMark]: true });
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
  let known = knownFeatures.get(document);
  if (!known) {
    const withPolicy = document as Document & { featurePolicy?: { features(): readonly string[] } };
    const all = platformMember(withPolicy, 'featurePolicy')?.features() ?? [];
    known = ['local-network-access', 'local-network', 'loopback-network'].filter((feature) => all.includes(feature));
    knownFeatures.set(document, known);
  }
  return known.map((feature) => [feature, ...origins].join(' ')).join('; ');
}

/** Of the names above. The list of all features is long, and takes a while in every attempt. */
const knownFeatures = new WeakMap<Document, readonly string[]>();
