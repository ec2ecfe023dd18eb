import { defer, filter, finalize, map, merge, of, switchMap, take, timer } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { GcAuthError } from '../core/errors.js';
import { answerChannel } from './answer-message.js';
import type { AuthorizationVisit } from './hidden-frame.js';
import { answerAt } from './message-guard.js';

/** How often a popup is looked at, in milliseconds: no event tells of its closing. */
const pollMs = 500;

/** How long an answer still counts after the popup was seen closed, in milliseconds. */
const graceMs = 1000;

const size = { width: 480, height: 640 };

/**
 * Window opened, answer out, window closed. It opens synchronously on subscribe, so subscribe in a click. A visit that
 * is still an observable is waited for on an empty page.
 *
 * Errors: `popup-blocked`, `popup-closed` within 2 s, and what the observable errors with.
 */
export const visitInPopup = <V extends AuthorizationVisit>(
  win: Window,
  visit: V | Observable<V>,
  scheduler?: SchedulerLike,
): Observable<readonly [V, URLSearchParams]> =>
  defer(() => {
    const popup = win.open('url' in visit ? visit.url : 'about:blank', 'gc-auth-messenger', centred(win));
    if (!popup) throw new GcAuthError('popup-blocked');
    const answer$ = ('url' in visit ? of(visit) : visit).pipe(
      switchMap((live) => {
        if (live !== visit) popup.location.replace(live.url);
        return answerOf(win, popup, live.state).pipe(map((answer) => [live, answer] as const));
      }),
    );
    return merge(answer$, closedByPerson(win, popup, scheduler)).pipe(
      take(1),
      finalize(() => popup.close()),
    );
  });

function answerOf(win: Window, popup: Window, state: string): Observable<URLSearchParams> {
  const { origin } = win;
  // Cross-Origin-Opener-Policy at the provider cuts the tie between the windows; the channel is left.
  const channel = new BroadcastChannel(answerChannel(state));
  return merge(
    answerAt(win, { source: popup, origin, state }),
    answerAt(channel, { source: null, origin, state }),
  ).pipe(finalize(() => channel.close()));
}

/**
 * Errors with `popup-closed`. A popup cut off by Cross-Origin-Opener-Policy reads as closed too, but then it has the
 * focus, which comes back to this page when a window is closed.
 */
const closedByPerson = (win: Window, popup: Window, scheduler?: SchedulerLike): Observable<never> =>
  timer(pollMs, pollMs, scheduler).pipe(
    filter(() => popup.closed && win.document.hasFocus()),
    take(1),
    switchMap(() => timer(graceMs, scheduler)),
    map(() => {
      throw new GcAuthError('popup-closed');
    }),
  );

/** In the middle of this window, which need not be on the first screen. */
function centred({ screenX, screenY, outerWidth, outerHeight }: Window): string {
  const left = Math.round(screenX + (outerWidth - size.width) / 2);
  const top = Math.round(screenY + (outerHeight - size.height) / 2);
  return `popup,width=${size.width},height=${size.height},left=${left},top=${top}`;
}
