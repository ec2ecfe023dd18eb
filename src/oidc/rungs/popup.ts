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
  of,
  switchMap,
  take,
  tap,
  throwError,
} from 'rxjs';
import type { Observable, ObservableInput, SchedulerLike } from 'rxjs';
import { asGcAuthError, GcAuthError } from '../../core/errors.js';
import { platformMember } from '../../core/platform-member.js';
import { originOf } from '../../core/page-origin.js';
import { attempt } from '../../core/stored-value.js';
import { openAnswerChannel } from '../callback/answer-message.js';
import { isErrorWithoutState, wholeAnswer } from '../callback/answer-url.js';
import { forgetRedirects } from '../callback/redirect-record.js';
import type { SigninRequest } from '../provider/signin-request.js';
import { answerAt } from './answer-guard.js';
import { isFramed } from './framed.js';

/** How often a popup is checked, in milliseconds: no event tells that it was closed. */
const pollMs = 500;

/** How long an answer still counts after the popup was seen closed, in milliseconds. */
const graceMs = 1000;

type PopupRequest = Pick<SigninRequest, 'url' | 'state' | 'redirectUri'>;

const size = { width: 480, height: 640 };

/**
 * Opens a window, goes to the provider in it, emits what `read` makes of the answer, and closes the window. The window
 * opens synchronously on subscribe, so subscribe in a click. While a request is still an observable, the window is empty.
 *
 * Where the answer can come by channel, the window has no opener, so no page in it can navigate this one. The browser then
 * does not let this page close it while it shows another origin: see `closeWindow`.
 *
 * An answer that a person is needed, although one was there, is followed by one fresh request in the same window. So is an
 * answer to an earlier silent request of this page, which some providers give after the login.
 *
 * Errors: `popup-blocked`, `popup-closed` within 2 s, the errors of the observables and of `read`.
 */
export const visitInPopup = <R extends PopupRequest, T>(
  win: Window,
  request: R | Observable<R>,
  fresh$: Observable<R>,
  read: (answer: URLSearchParams, request: R) => ObservableInput<T>,
  scheduler: SchedulerLike = asyncScheduler,
  earlier: readonly string[] = [],
): Observable<T> =>
  defer(() => {
    forgetRedirects(win);
    // No name: other pages could open a frame or window of the same name.
    const popup = win.open('about:blank', '_blank', features(win));
    if (!popup) throw new GcAuthError('popup-blocked');
    const cutOff = removeOpener(win, popup);

    const result = (live: R): Observable<T> =>
      merge(
        answersTo(live.state, win, popup),
        errorInAddress(live, win, popup, scheduler),
        ...earlier.map((state) =>
          answersTo(state, win, popup).pipe(
            map((): never => {
              throw new GcAuthError('login-required');
            }),
          ),
        ),
      ).pipe(
        take(1),
        switchMap((answer) => read(answer, live)),
      );
    const send = (request$: Observable<R>): Observable<T> =>
      request$.pipe(
        tap(({ url }) => popup.location.replace(url)),
        switchMap(result),
      );
    const result$ = send(isObservable(request) ? request : of(request)).pipe(
      catchError((thrown: unknown) => {
        // A window that COOP has cut off reads as closed, and cannot be sent anywhere.
        const again = !popup.closed && asGcAuthError(thrown, 'provider-error').code === 'login-required';
        return again ? send(fresh$) : throwError(() => thrown);
      }),
    );
    return merge(result$, closedByPerson(win, popup, scheduler)).pipe(
      take(1),
      finalize(() => closeWindow(popup, cutOff)),
    );
  });

/** The first answer, from the window itself or, where COOP has removed its opener, from the channel. */
const answersTo = (state: string, win: Window, popup: Window): Observable<URLSearchParams> =>
  merge(answerAt(win, { source: popup, origin: originOf(win), state }), answerOnChannel(win, state)).pipe(take(1));

const answerOnChannel = (win: Window, state: string): Observable<URLSearchParams> =>
  defer(() => {
    const channel = openAnswerChannel(state);
    if (!channel) return NEVER;
    return answerAt(channel, { source: null, origin: originOf(win), state }).pipe(finalize(() => channel.close()));
  });

/**
 * An error without a state, which no channel brings: its name has the state. The popup shows the redirect URI, and the
 * callback page leaves such an error in the address.
 */
const errorInAddress = (
  { state, redirectUri }: PopupRequest,
  win: Window,
  popup: Window,
  scheduler: SchedulerLike,
): Observable<URLSearchParams> =>
  interval(pollMs, scheduler).pipe(
    // Read once: the window may go on at any time.
    map(() => attempt(() => new URL(popup.location.href))),
    filter((url) => url !== undefined),
    filter(({ href }) => pageOf(href) === pageOf(new URL(redirectUri).href)),
    map(({ hash, search }) => wholeAnswer(hash, search)),
    filter(isErrorWithoutState),
    take(1),
    tap((answer) => {
      answer.set('state', state);
      // The page stays until the next one arrives, and must not answer the next request as well.
      attempt(() => popup.history.replaceState(null, '', popup.location.pathname));
    }),
  );

/** Servers with clean URLs lead from `/callback.html` to `/callback`. */
const pageOf = (url: string): string => url.replace(/(\.html|\/)?([?#].*)?$/s, '');

/**
 * Removes the opener of a window that is still empty, so that no page in it can navigate this one. Returns false where the
 * callback page needs its opener, because no channel reaches it.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/HTML5_Security_Cheat_Sheet.html#tabnabbing
 */
function removeOpener(win: Window, popup: Window): boolean {
  const channel = isFramed(win) ? undefined : openAnswerChannel('');
  channel?.close();
  if (channel) popup.opener = null;
  return channel !== undefined;
}

/**
 * Without an opener, browsers let only a page of the same origin close a window
 * (https://html.spec.whatwg.org/multipage/nav-history-apis.html#dom-window-close). An attempt would print the address in
 * the console. The window closes itself when the person returns to the callback page.
 */
function closeWindow(popup: Window, cutOff: boolean): void {
  if (!cutOff || popup.closed || isReadable(popup)) popup.close();
}

const isReadable = ({ location }: Window): boolean => attempt(() => location.href) !== undefined;

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
      throw new GcAuthError('popup-closed', { hint: isFramed(win) ? framedHint : undefined });
    }),
  );

/** Both ways of an answer are closed then: the opener by the header, the channel by partitioned storage. */
const framedHint = 'Open the page in its own window, where the provider sends Cross-Origin-Opener-Policy.';

/** In the middle of this window, which need not be on the first screen. */
function features({ screenX, screenY, outerWidth, outerHeight }: Window): string {
  const left = Math.round(screenX + (outerWidth - size.width) / 2);
  const top = Math.round(screenY + (outerHeight - size.height) / 2);
  return `popup,width=${size.width},height=${size.height},left=${left},top=${top}`;
}
