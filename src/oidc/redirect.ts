import { cold } from '../async/cold.js';
import { readAuthorizationResponse } from '../core/authorization-response.js';
import type { ExpectedIssuer } from '../core/authorization-response.js';
import { GcAuthError, asGcAuthError } from '../core/errors.js';
import type { CodePort, Kept } from '../session/ports.js';
import { takeCameBack } from './self-callback.js';
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
  const leave = async (kept: Kept, signal: AbortSignal, second = false): Promise<undefined> => {
    const { url, ...pending } = await create(signal);
    const transaction = { ...pending, kept, second, returnTo: win.location.href, at: Date.now() };
    // Whoever cannot come back must not be sent away.
    if (!keepTransaction(win, transaction)) throw new GcAuthError('storage-blocked');
    navigate(url);
  };

  return {
    redirect: (kept) =>
      cold<never>((signal) =>
        leave(kept, signal).catch((thrown: unknown) => {
          throw asGcAuthError(thrown, 'provider-error');
        }),
      ),

    returned: () =>
      cold(async (signal) => {
        const back = takeCameBack(win);
        if (!back) return undefined;
        const { answer, transaction } = back;
        const { expected, kept, second } = transaction;
        try {
          return { answer: { grant: readAuthorizationResponse(answer, transaction, expected) }, kept };
        } catch (thrown) {
          let error = asGcAuthError(thrown, 'provider-error');
          try {
            if (error.code === 'login-required' && !second) return await leave(kept, signal, true);
          } catch (fault) {
            error = asGcAuthError(fault, 'provider-error');
          }
          return { answer: { error }, kept };
        }
      }),
  };
}
