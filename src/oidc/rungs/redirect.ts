import { catchError, defer, EMPTY, finalize, from, map, of, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { abortable } from '../../async/abortable.js';
import { asGcAuthError, GcAuthError } from '../../core/errors.js';
import { attempt } from '../../core/stored-value.js';
import type { Grant } from '../../core/grant.js';
import type { CodePort, Kept, Returned } from '../../session/ports.js';
import { redirectVersion } from '../callback/redirect-record.js';
import type { RedirectClient, RedirectData } from '../callback/redirect-record.js';
import { giveBackRedirectAnswer, takeRedirectAnswer } from '../callback/self-callback.js';
import type { RedirectAnswer } from '../callback/self-callback.js';
import type { SigninRequest } from '../provider/signin-request.js';
import { framedMessage, isFramed } from './framed.js';

/** What the redirect rung needs of the provider. */
export interface RedirectProvider {
  /** A request whose state is in session storage. Rejects with `storage-blocked`: whoever cannot return must not leave. */
  create(signal: AbortSignal, data: RedirectData): Promise<SigninRequest>;
  read(answer: RedirectAnswer): Promise<Grant>;
}

/**
 * Leaves for the provider in this window, and reads the answer in the page to which it returns. A page in a frame is not
 * left: `popup-blocked`. An answer to another client than this one is dropped: `state-mismatch`.
 */
export function createRedirect(
  win: Window,
  navigate: (url: string, replace: boolean) => void,
  provider: RedirectProvider,
  client: RedirectClient,
): Pick<CodePort, 'redirect' | 'returned' | 'giveBack'> {
  /** The answer with a code, which the session may give back. */
  let read: { readonly back: RedirectAnswer; readonly grant: Grant } | undefined;

  const leave = (kept: Kept, second: boolean, isUntouched?: () => boolean): Observable<never> =>
    abortable<never>(async (signal) => {
      try {
        if (isFramed(win)) throw framed();
        const { windowOpen } = kept;
        const version = redirectVersion;
        const page = {
          returnTo: win.location.href,
          ...(isUntouched && { silent: true, historyState: jsonOf(win.history.state) }),
        };
        const { url } = await provider.create(signal, { version, client, ...page, windowOpen, second });
        // Discovery may have taken seconds.
        if (isUntouched?.() === false) throw new GcAuthError('login-required');
        navigate(url, isUntouched !== undefined);
      } catch (thrown) {
        throw asGcAuthError(thrown, 'provider-error');
      }
      return undefined;
    });

  const receive = (back: RedirectAnswer): Observable<Returned> => {
    const { second, silent, windowOpen, client: asked } = back.record.data;
    const kept = { windowOpen: windowOpen === true };
    const page = { kept, silent: silent === true };
    const failed = (error: GcAuthError): Observable<Returned> => of({ answer: { error }, ...page });
    const changed = differences(asked, client);
    if (changed.length) return failed(otherClient(changed));
    return from(provider.read(back)).pipe(
      tap((grant) => (read = { back, grant })),
      // Math.abs: after somebody has set the clock back, the code counts as old.
      map((grant): Returned => ({ answer: { grant }, ...page, ageMs: Math.abs(Date.now() - back.arrivedAt) })),
      catchError((thrown: unknown) => {
        const error = asGcAuthError(thrown, 'provider-error');
        // A person was there and the provider still wants one: a session of its own may have ended meanwhile.
        if (error.code !== 'login-required' || second || silent) return failed(error);
        return leave(kept, true).pipe(catchError(failed));
      }),
    );
  };

  return {
    redirect: (kept, isUntouched) => leave(kept, false, isUntouched),
    returned: () =>
      defer(() => {
        const back = takeRedirectAnswer(win);
        if (!back) return EMPTY;
        // A session that ends before it is told leaves the answer to the next one.
        let told = false;
        const done = (): void => void (told = true);
        return receive(back).pipe(
          tap({ next: done, complete: done }),
          finalize(() => told || giveBackRedirectAnswer(win, back)),
        );
      }),
    giveBack: (grant) => {
      if (read?.grant === grant) giveBackRedirectAnswer(win, read.back);
    },
  };
}

/** A copy as JSON has it, because it is stored with the request; undefined when there is none. */
const jsonOf = (value: unknown): unknown => attempt(() => JSON.parse(JSON.stringify(value)) as unknown);

/**
 * Attributes in which two clients differ. What was stored may have any shape. A page may set the last three late, and so ask
 * for less at first. Without a `login-hint` in the request, the page may have learnt it from the sign-in.
 */
function differences(stored: unknown, now: RedirectClient): string[] {
  const asked = Object(stored) as Partial<RedirectClient>;
  const sameRedirectUri = asked.redirectUri === now.redirectUri || (asked.redirectsHere === true && now.redirectsHere);
  return Object.entries({
    authority: asked.authority === now.authority,
    'client-id': asked.clientId === now.clientId,
    'redirect-uri': sameRedirectUri,
    'deployment-id': String(asked.deploymentId).toLowerCase() === now.deploymentId.toLowerCase(),
    'login-hint': [undefined, asked.loginHint].includes(now.loginHint) || asked.loginHint === undefined,
    'acr-values': [undefined, asked.acrValues].includes(now.acrValues),
    'max-age': [undefined, asked.maxAge].includes(now.maxAge),
  })
    .filter(([, same]) => !same)
    .map(([name]) => name);
}

/** @see https://www.rfc-editor.org/rfc/rfc9700#section-4.4 */
const otherClient = (changed: readonly string[]): GcAuthError =>
  new GcAuthError('state-mismatch', {
    message: `The answer was requested with another ${changed.join(', ')}, so it was dropped.`,
    hint: 'Let the person sign in again, and keep these attributes the same until they return.',
  });

const framed = (): GcAuthError =>
  new GcAuthError('popup-blocked', {
    message: framedMessage,
    hint: 'Allow popup in sign-in-modes (and allow-popups in the sandbox), or open the page in its own window.',
  });
