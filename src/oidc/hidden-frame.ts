import { Observable } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { afterSeen } from './frame-patience.js';
import { silenceVerdict, timeoutVerdict, violationVerdict } from './frame-verdict.js';
import type { RoundTrip } from './frame-verdict.js';
import { answerAt } from './message-guard.js';

/** Where to go, and how to know the answer. */
export interface AuthorizationVisit {
  readonly url: string;
  readonly state: string;
}

/** Silence after the last page that the frame loaded, in milliseconds. Pages that lead to one another each load. */
const silenceMs = 1000;

/**
 * Frame in, answer out, frame gone. Only time that the page is seen counts.
 *
 * Errors: `silent-timeout` after `timeoutMs`; before, `silent-refused`, `config-invalid` where nothing of ours is at
 * the redirect URI, `offline`.
 */
export const visitInHiddenFrame = (
  win: Window,
  visit: AuthorizationVisit & RoundTrip,
  timeoutMs: number,
  scheduler: SchedulerLike,
): Observable<URLSearchParams> =>
  new Observable((subscriber) => {
    const { document } = win;
    const judge = (event: SecurityPolicyViolationEvent): void => {
      const verdict = violationVerdict(event, win, visit);
      if (verdict) subscriber.error(verdict);
    };
    document.addEventListener('securitypolicyviolation', judge);
    subscriber.add(() => document.removeEventListener('securitypolicyviolation', judge));
    subscriber.add(afterSeen(win, scheduler, timeoutMs, () => subscriber.error(timeoutVerdict(win))));

    const frame = openHiddenFrame(win, visit.url);
    // To take a frame out takes a while, for which nobody who waits for the answer should wait.
    let answered = false;
    subscriber.add(() => (answered ? void scheduler.schedule(() => frame.remove(), 0) : frame.remove()));
    let stopWaiting = (): void => undefined;
    subscriber.add(() => stopWaiting());
    frame.addEventListener('load', () => {
      stopWaiting();
      if (subscriber.closed) return;
      stopWaiting = afterSeen(win, scheduler, silenceMs, () => subscriber.error(silenceVerdict(win, frame, visit)));
    });
    const { origin } = win;
    const live = { source: frame.contentWindow, origin, state: visit.state };
    const hear = (answer: URLSearchParams): void => {
      answered = true;
      subscriber.next(answer);
      subscriber.complete();
    };
    subscriber.add(answerAt(win, live).subscribe(hear));
  });

/**
 * Hidden by attributes alone: a `style` attribute is a violation under a strict `style-src`. Not sandboxed: a frame that
 * may run scripts on this origin makes Chromium warn on the console, with the address of the frame and the code in it.
 */
export function openHiddenFrame({ document, origin }: Window, url: string): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  const attributes = {
    title: 'Sign-in',
    hidden: '',
    'aria-hidden': 'true',
    tabindex: '-1',
    width: '0',
    height: '0',
    allow: localNetwork(document, [origin, new URL(url).origin]),
    // Set before the frame is in the document, so that the page's history gets no entry.
    src: url,
  };
  for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
  // Scripts in the head run before there is a body.
  ((document.body as HTMLElement | null) ?? document.documentElement).append(frame);
  return frame;
}

/**
 * What lets a public provider lead back to a page on a private network, or to a provider there
 * (https://developer.chrome.com/blog/local-network-access). Browsers print a warning for each name that they do not know.
 */
function localNetwork(document: Document, origins: readonly string[]): string {
  const { featurePolicy } = document as Document & { featurePolicy?: { features(): readonly string[] } };
  const known = featurePolicy?.features() ?? [];
  return ['local-network-access', 'local-network', 'loopback-network']
    .filter((feature) => known.includes(feature))
    .map((feature) => [feature, ...origins].join(' '))
    .join('; ');
}
