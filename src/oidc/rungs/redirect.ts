import { catchError, defer, EMPTY, from, map, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { abortable } from '../../async/abortable.js';
import { asGcAuthError } from '../../core/errors.js';
import type { GcAuthError } from '../../core/errors.js';
import type { Grant } from '../../core/grant.js';
import type { CodePort, Kept, Returned } from '../../session/ports.js';
import type { RedirectData } from '../callback/redirect-record.js';
import { takeRedirectAnswer } from '../callback/self-callback.js';
import type { RedirectAnswer } from '../callback/self-callback.js';
import type { SigninRequest } from '../provider/signin-request.js';

/** What the redirect rung needs of the provider. */
export interface RedirectProvider {
  /** A request whose state is in session storage. Rejects with `storage-blocked`: whoever cannot return must not leave. */
  create(signal: AbortSignal, data: RedirectData): Promise<SigninRequest>;
  read(answer: RedirectAnswer): Promise<Grant>;
  /** Removes the states of redirects that are too old. */
  sweep(): Promise<void>;
}

/** Leaves for the provider in this window, and reads the answer in the page to which it returns. */
export function createRedirect(
  win: Window,
  navigate: (url: string) => void,
  provider: RedirectProvider,
): Pick<CodePort, 'redirect' | 'returned'> {
  const leave = (kept: Kept, second: boolean): Observable<never> =>
    abortable<never>(async (signal) => {
      try {
        const { windowOpen } = kept;
        const { url } = await provider.create(signal, { returnTo: win.location.href, windowOpen, second });
        navigate(url);
      } catch (thrown) {
        throw asGcAuthError(thrown, 'provider-error');
      }
      return undefined;
    });

  const receive = (back: RedirectAnswer): Observable<Returned> => {
    const { second, windowOpen } = back.record.data;
    const kept = { windowOpen: windowOpen === true };
    const failed = (error: GcAuthError): Observable<Returned> => of({ answer: { error }, kept });
    return from(provider.read(back)).pipe(
      map((grant): Returned => ({ answer: { grant }, kept })),
      catchError((thrown: unknown) => {
        const error = asGcAuthError(thrown, 'provider-error');
        // A person was there and the provider still wants one: a session of its own may have ended meanwhile.
        if (error.code !== 'login-required' || second) return failed(error);
        return leave(kept, true).pipe(catchError(failed));
      }),
    );
  };

  return {
    redirect: (kept) => leave(kept, false),
    returned: () =>
      defer(() => {
        provider.sweep().catch(() => undefined);
        const back = takeRedirectAnswer(win);
        return back ? receive(back) : EMPTY;
      }),
  };
}
