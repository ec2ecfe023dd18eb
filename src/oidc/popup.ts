import { Observable } from 'rxjs';
import { timers } from '../async/timers.js';
import { GcAuthError } from '../core/errors.js';
import type { Scheduler } from '../session/ports.js';
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
  scheduler: Scheduler = timers,
): Observable<readonly [V, URLSearchParams]> =>
  new Observable((subscriber) => {
    const popup = win.open('url' in visit ? visit.url : 'about:blank', 'gc-auth-messenger', centred(win));
    if (!popup) throw new GcAuthError('popup-blocked');
    subscriber.add(() => popup.close());
    const fail = (thrown: unknown): void => subscriber.error(thrown);
    const listen = (live: V): void => {
      const hear = (answer: URLSearchParams): void => {
        subscriber.next([live, answer]);
        subscriber.complete();
      };
      const { origin } = win;
      const { state } = live;
      // Cross-Origin-Opener-Policy at the provider cuts the tie between the windows; the channel is left.
      const channel = new BroadcastChannel(answerChannel(state));
      subscriber.add(() => channel.close());
      subscriber.add(answerAt(channel, { source: null, origin, state }).subscribe(hear));
      subscriber.add(answerAt(win, { source: popup, origin, state }).subscribe(hear));
    };
    if ('url' in visit) {
      listen(visit);
    } else {
      const go = (live: V): void => {
        popup.location.replace(live.url);
        listen(live);
      };
      subscriber.add(visit.subscribe({ next: go, error: fail }));
    }
    subscriber.add(whenClosed(win, popup, scheduler, () => fail(new GcAuthError('popup-closed'))));
  });

/**
 * Calls back some time after the person closed the popup. One that was cut off by Cross-Origin-Opener-Policy reads as
 * closed too, but then it has the focus, which comes back to this page when a window is closed.
 */
function whenClosed(win: Window, popup: Window, scheduler: Scheduler, callback: () => void): () => void {
  const look = (): void => {
    const closed = popup.closed && win.document.hasFocus();
    waiting = closed ? scheduler.schedule(callback, graceMs) : scheduler.schedule(look, pollMs);
  };
  let waiting = scheduler.schedule(look, pollMs);
  return () => waiting.unsubscribe();
}

/** In the middle of this window, which need not be on the first screen. */
function centred({ screenX, screenY, outerWidth, outerHeight }: Window): string {
  const left = Math.round(screenX + (outerWidth - size.width) / 2);
  const top = Math.round(screenY + (outerHeight - size.height) / 2);
  return `popup,width=${size.width},height=${size.height},left=${left},top=${top}`;
}
