import { EMPTY, asyncScheduler, catchError, defer, finalize, map, switchMap } from 'rxjs';
import type { MonoTypeOperatorFunction, Observable, SchedulerLike } from 'rxjs';
import { readAuthorizationResponse } from '../core/authorization-response.js';
import type { OidcConfig } from '../core/config.js';
import { GcAuthError, asGcAuthError } from '../core/errors.js';
import type { ErrorCode } from '../core/errors.js';
import type { Grant } from '../core/grant.js';
import type { CodePort } from '../session/ports.js';
import { discover, expectedIssuer } from './discovery.js';
import type { ProviderMetadata } from './discovery.js';
import { endSessionUrl } from './end-session.js';
import { visitInHiddenFrame } from './hidden-frame.js';
import { visitInPopup } from './popup.js';
import { createSigninRequest } from './signin-request.js';
import type { ResponseMode, SigninRequest } from './signin-request.js';

export interface CodePortOptions {
  /** Leaves this page; `location.assign` unless given. */
  readonly navigate?: (url: string) => void;
  readonly scheduler?: SchedulerLike;
}

/** A request, and the provider it was written for. */
interface Attempt extends SigninRequest {
  readonly metadata: ProviderMetadata;
}

/** Longest time between making a request and sending it, in milliseconds. */
const shelfLifeMs = 600_000;

/** Codes of an OpenID provider, by hidden frame and popup. Nothing is redeemed and nothing stored. */
export function createCodePort(config: OidcConfig, win: Window, options: CodePortOptions = {}): CodePort {
  const { scheduler = asyncScheduler, navigate = (url: string) => win.location.assign(url) } = options;
  const metadata$ = discover(config, win, scheduler);
  let prepared: { readonly attempt: Attempt; readonly until: number } | undefined;

  const create = (prompt?: 'none'): Observable<Attempt> =>
    metadata$.pipe(
      switchMap(async (metadata) => {
        const responseMode = responseModeOf(config, metadata);
        const request = await createSigninRequest(config, metadata, { responseMode, ...(prompt && { prompt }) });
        return { ...request, metadata };
      }),
    );

  const prepare = (): Observable<never> =>
    create().pipe(
      switchMap((attempt) => {
        prepared = { attempt, until: scheduler.now() + shelfLifeMs };
        return EMPTY;
      }),
      catchError(() => EMPTY),
    );

  /** At most once: state and verifier of a request belong to one code. */
  const takePrepared = (): Attempt | undefined => {
    const taken = prepared;
    prepared = undefined;
    return taken && taken.until > scheduler.now() ? taken.attempt : undefined;
  };

  const grantIn = (answer: URLSearchParams, request: Attempt): Grant =>
    readAuthorizationResponse(answer, request, expectedIssuer(request.metadata, config.authority));

  return {
    silent: () =>
      attempt(win, () =>
        create('none').pipe(
          switchMap((request) => visitInHiddenFrame(win, request).pipe(map((answer) => grantIn(answer, request)))),
        ),
      ),

    popup: () =>
      attempt(win, () => {
        const ready = takePrepared();
        return visitInPopup(win, ready ?? create(), scheduler).pipe(
          map(([request, answer]) => grantIn(answer, request)),
          // The metadata is at hand by now, so this takes no more than a digest.
          finalize(() => ready && prepare().subscribe()),
        );
      }),

    prepare,

    endSession: () =>
      metadata$.pipe(
        switchMap((metadata) => {
          navigate(endSessionUrl(config, metadata));
          return EMPTY;
        }),
        otherwise('logout-failed'),
      ),
  };
}

/** Providers that announce nothing understand both (OIDC Discovery §3). */
function responseModeOf(config: OidcConfig, metadata: ProviderMetadata): ResponseMode {
  if (config.responseMode !== 'auto') return config.responseMode;
  return (metadata.response_modes_supported ?? ['fragment']).includes('fragment') ? 'fragment' : 'query';
}

/** `start` in a context where its secrets can be made. */
const attempt = (win: Window, start: () => Observable<Grant>): Observable<Grant> =>
  defer(() => {
    if (win.isSecureContext) return start();
    throw new GcAuthError('config-invalid', {
      message: 'Sign-in needs a secure context, and this page is not one.',
      hint: 'Serve the page over https (http only on localhost).',
    });
  }).pipe(otherwise('provider-error'));

/** Errors of the public face as they are, all others as `code`. */
const otherwise = <T>(code: ErrorCode): MonoTypeOperatorFunction<T> =>
  catchError((thrown: unknown) => {
    throw asGcAuthError(thrown, code);
  });
