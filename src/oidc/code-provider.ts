import { EMPTY } from 'rxjs';
import type { Observable } from 'rxjs';
import { abortable } from '../async/abortable.js';
import { GcAuthError, gcAuthErrorOf } from '../core/errors.js';
import type { Grant } from '../core/grant.js';
import type { CodePort } from '../session/ports.js';
import { readGrant } from './read-grant.js';

/** Why a code is wanted from the page, and how. */
export interface CodeRequest {
  readonly reason: string;
  /** Nobody may be asked anything. */
  readonly silent: boolean;
  /** Aborted when the attempt is over: answered, cancelled, or out of time. */
  readonly signal: AbortSignal;
}

export type CodeProvider = (request: CodeRequest) => Promise<Grant>;

/**
 * Codes of the page's own `codeProvider`. What it throws means, in this order: a `GcAuthError` itself; `offline`
 * without a network; silently, that a person is needed; an `AbortError`, that the person gave up; else `provider-error`.
 * `oidc`, where the page names its provider too, ends the session there.
 */
export function createCodeProviderPort(
  provide: CodeProvider,
  win: Window,
  oidc?: Pick<CodePort, 'endSession'>,
): CodePort {
  // The page is called while this subscribes, so what it opens is opened in the click.
  const ask = (silent: boolean, reason = ''): Observable<Grant> =>
    abortable(async (signal) => {
      try {
        const given: unknown = await provide({ reason, silent, signal });
        if (silent && (given ?? undefined) === undefined) throw new GcAuthError('login-required');
        return readGrant(given);
      } catch (thrown) {
        throw gcAuthErrorOf(thrown) ?? failure(thrown, silent, win.navigator.onLine);
      }
    });

  const none = (code: 'config-invalid' | 'logout-failed'): Observable<never> =>
    abortable<never>(() =>
      Promise.reject(
        new GcAuthError(code, {
          message: 'The provider is not known, because codeProvider replaces it.',
          hint: 'Set authority and client-id too, or sign out at the provider in your own code.',
          retryable: false,
        }),
      ),
    );

  return {
    popups: true,
    crossSite: false,
    silent: (reason) => ask(true, reason),
    popup: (reason) => ask(false, reason),
    redirect: () => none('config-invalid'),
    returned: () => EMPTY,
    prepare: () => EMPTY,
    warm: () => EMPTY,
    endSession: () => oidc?.endSession() ?? none('logout-failed'),
  };
}

function failure(cause: unknown, silent: boolean, online: boolean): GcAuthError {
  if (!online) return new GcAuthError('offline', { step: 'code', cause });
  if (silent) return new GcAuthError('login-required', { cause });
  if ((cause as Partial<Error> | null)?.name === 'AbortError') return new GcAuthError('popup-closed', { cause });
  return new GcAuthError('provider-error', {
    message: 'codeProvider failed.',
    hint: 'Read the cause property.',
    cause,
  });
}
