import { Observable } from 'rxjs';
import { cold } from '../async/cold.js';
import { readAuthorizationResponse } from '../core/authorization-response.js';
import type { ExpectedIssuer } from '../core/authorization-response.js';
import { GcAuthError, asGcAuthError } from '../core/errors.js';
import type { CodePort, Kept, Returned } from '../session/ports.js';
import { takeCameBack } from './self-callback.js';
import type { CameBack } from './self-callback.js';
import type { SigninRequest } from './signin-request.js';
import { keepTransaction } from './transaction-store.js';

/** A request, and who must answer it. */
export interface Attempt extends SigninRequest {
  readonly expected: ExpectedIssuer;
}

/** Leaves for the provider in this window, and reads the answer on the page that comes back. */
export function createRedirect(
  win: Window,
  navigate: (url: string) => void,
  create: (signal: AbortSignal) => Promise<Attempt>,
): Pick<CodePort, 'redirect' | 'returned'> {
  const leave = (kept: Kept, second: boolean): Observable<never> =>
    cold<never>(async (signal) => {
      try {
        const { url, ...pending } = await create(signal);
        const transaction = { ...pending, kept, second, returnTo: win.location.href, at: Date.now() };
        // Whoever cannot come back must not be sent away.
        if (!keepTransaction(win, transaction)) throw new GcAuthError('storage-blocked');
        navigate(url);
      } catch (thrown) {
        throw asGcAuthError(thrown, 'provider-error');
      }
      return undefined;
    });

  return {
    redirect: (kept) => leave(kept, false),

    returned: () =>
      new Observable((subscriber) => {
        const back = takeCameBack(win);
        if (!back) return subscriber.complete();
        const { kept, second } = back.transaction;
        const give = (answer: Returned['answer']): void => {
          subscriber.next({ answer, kept });
          subscriber.complete();
        };
        const answer = read(back);
        // A person was there and the provider still wants one: a session of its own may have ended meanwhile.
        const again = 'error' in answer && answer.error.code === 'login-required' && !second;
        if (!again) return give(answer);
        subscriber.add(
          leave(kept, true).subscribe({
            error: (error: GcAuthError) => give({ error }),
            complete: () => subscriber.complete(),
          }),
        );
      }),
  };
}

function read({ answer, transaction }: CameBack): Returned['answer'] {
  try {
    return { grant: readAuthorizationResponse(answer, transaction, transaction.expected) };
  } catch (thrown) {
    return { error: asGcAuthError(thrown, 'provider-error') };
  }
}
