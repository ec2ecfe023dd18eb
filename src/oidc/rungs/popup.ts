import {
  asyncScheduler,
  catchError,
  defer,
  delay,
  filter,
  finalize,
  interval,
  isObservable,
  map,
  merge,
  NEVER,
  switchMap,
  take,
  tap,
  throwError,
} from 'rxjs';
import type { Observable, ObservableInput, SchedulerLike } from 'rxjs';
import { asGcAuthError, GcAuthError } from '../../core/errors.js';
import { platformMember } from '../../core/platform-member.js';
import { answerChannel } from '../callback/answer-message.js';
import type { SigninRequest } from '../provider/signin-request.js';
import { answerAt } from './answer-guard.js';

/** How often a popup is checked, in milliseconds: no event tells that it was closed. */
const pollMs = 500;

/** How long an answer still counts after the popup was seen closed, in milliseconds. */
const graceMs = 1000;

type PopupRequest = Pick<SigninRequest, 'url' | 'state'>;

const size = { width: 480, height: 640 };

/**
 * Opens a window at the provider, emits what `read` makes of the answer, and closes the window. The window opens
 * synchronously on subscribe, so subscribe in a click. While a request is still an observable, the window is empty.
 *
 * An answer that a person is needed, although one was there, is followed by one fresh request in the same window.
 *
 * Errors: `popup-blocked`, `popup-closed` within 2 s, the errors of the observables and of `read`.
 */
export const visitInPopup = <R extends PopupRequest, T>(
  win: Window,
  request: R | Observable<R>,
  fresh$: Observable<R>,
  read: (answer: URLSearchParams, request: R) => ObservableInput<T>,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<T> =>
  defer(() => {
    const popup = win.open(isObservable(request) ? 'about:blank' : request.url, 'gc-auth-messenger', features(win));
    if (!popup) throw new GcAuthError('popup-blocked');

    const result = (live: R): Observable<T> =>
      answersTo(live, win, popup).pipe(switchMap((answer) => read(answer, live)));
    const send = (request$: Observable<R>): Observable<T> =>
      request$.pipe(
        tap(({ url }) => popup.location.replace(url)),
        switchMap(result),
      );
    const result$ = (isObservable(request) ? send(request) : result(request)).pipe(
      catchError((thrown: unknown) => {
        // A window that COOP has cut off reads as closed, and cannot be sent anywhere.
        const again = !popup.closed && asGcAuthError(thrown, 'provider-error').code === 'login-required';
        return again ? send(fresh$) : throwError(() => thrown);
      }),
    );
    return merge(result$, closedByPerson(win, popup, scheduler)).pipe(
      take(1),
      finalize(() => popup.close()),
    );
  });

/** The first answer, from the window itself or, where COOP has removed its opener, from the channel. */
const answersTo = ({ state }: PopupRequest, win: Window, popup: Window): Observable<URLSearchParams> =>
  merge(answerAt(win, { source: popup, origin: win.origin, state }), answerOnChannel(win, state)).pipe(take(1));

const answerOnChannel = (win: Window, state: string): Observable<URLSearchParams> =>
  defer(() => {
    const channel = openChannel(state);
    if (!channel) return NEVER;
    return answerAt(channel, { source: null, origin: win.origin, state }).pipe(finalize(() => channel.close()));
  });

/** Undefined where the browser refuses channels, as in opaque origins and where site data is blocked. */
function openChannel(state: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(answerChannel(state));
  } catch {
    return undefined;
  }
}

/**
 * Errors with `popup-closed` some time after the person has closed the popup. A window that COOP has cut off reads as
 * closed too, but then it has the focus, which returns to this page when a window is closed.
 */
const closedByPerson = (win: Window, popup: Window, scheduler: SchedulerLike): Observable<never> =>
  interval(pollMs, scheduler).pipe(
    filter(() => popup.closed && platformMember(win.document, 'hasFocus')()),
    take(1),
    delay(graceMs, scheduler),
    map((): never => {
      throw new GcAuthError('popup-closed');
    }),
  );

/** In the middle of this window, which need not be on the first screen. */
function features({ screenX, screenY, outerWidth, outerHeight }: Window): string {
  const left = Math.round(screenX + (outerWidth - size.width) / 2);
  const top = Math.round(screenY + (outerHeight - size.height) / 2);
  return `popup,width=${size.width},height=${size.height},left=${left},top=${top}`;
}
