import { Observable, Subscription, asyncScheduler } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { GcAuthError, asGcAuthError } from '../core/errors.js';
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
 * An answer that asks for a person, although there was one, is followed by one fresh visit in the same window.
 *
 * Errors: `popup-blocked`, `popup-closed` within 2 s, what the observables error with, and what `read` throws.
 */
export const visitInPopup = <V extends AuthorizationVisit, T>(
  win: Window,
  visit: V | Observable<V>,
  fresh$: Observable<V>,
  read: (answer: URLSearchParams, visit: V) => T,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<T> =>
  new Observable((subscriber) => {
    const popup = win.open('url' in visit ? visit.url : 'about:blank', 'gc-auth-messenger', centred(win));
    if (!popup) throw new GcAuthError('popup-blocked');
    subscriber.add(() => popup.close());
    const fail = (thrown: unknown): void => subscriber.error(thrown);
    let second = false;

    const listen = (live: V): void => {
      const listening = new Subscription();
      const hear = (answer: URLSearchParams): void => {
        // The same answer comes by both ways.
        listening.unsubscribe();
        try {
          subscriber.next(read(answer, live));
          subscriber.complete();
        } catch (thrown) {
          // A window that was cut off reads as closed, and cannot be sent anywhere.
          const again = !second && !popup.closed && asGcAuthError(thrown, 'provider-error').code === 'login-required';
          if (!again) return fail(thrown);
          second = true;
          go(fresh$);
        }
      };
      const { origin } = win;
      const { state } = live;
      // Cross-Origin-Opener-Policy at the provider cuts the tie between the windows; the channel is left.
      const channel = new BroadcastChannel(answerChannel(state));
      listening.add(() => channel.close());
      listening.add(answerAt(channel, { source: null, origin, state }).subscribe(hear));
      listening.add(answerAt(win, { source: popup, origin, state }).subscribe(hear));
      subscriber.add(listening);
    };

    const go = (visit$: Observable<V>): void => {
      const next = (live: V): void => {
        popup.location.replace(live.url);
        listen(live);
      };
      subscriber.add(visit$.subscribe({ next, error: fail }));
    };

    if ('url' in visit) listen(visit);
    else go(visit);
    subscriber.add(whenClosed(win, popup, scheduler, () => fail(new GcAuthError('popup-closed'))));
  });

/**
 * Calls back some time after the person closed the popup. One that was cut off by Cross-Origin-Opener-Policy reads as
 * closed too, but then it has the focus, which comes back to this page when a window is closed.
 */
function whenClosed(win: Window, popup: Window, scheduler: SchedulerLike, callback: () => void): () => void {
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
