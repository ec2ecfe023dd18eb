import { asyncScheduler } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { cold, firstValue } from '../async/cold.js';
import { readAuthorizationResponse } from '../core/authorization-response.js';
import type { OidcConfig } from '../core/config.js';
import { GcAuthError, asGcAuthError } from '../core/errors.js';
import type { ErrorCode } from '../core/errors.js';
import type { Grant } from '../core/grant.js';
import type { CodePort } from '../session/ports.js';
import type { AnswerKind } from './answer-url.js';
import { discover, discoveryUrl, expectedIssuer } from './discovery.js';
import type { ProviderMetadata } from './discovery.js';
import { endSessionUrl } from './end-session.js';
import { patienceMs } from './frame-patience.js';
import { doubted } from './frame-verdict.js';
import { visitInHiddenFrame } from './hidden-frame.js';
import { visitInPopup } from './popup.js';
import { popupsWork } from './popups-work.js';
import { createRedirect } from './redirect.js';
import type { Attempt } from './redirect.js';
import { createSigninRequest } from './signin-request.js';
import type { ResponseMode } from './signin-request.js';
import { warmUp } from './warm-up.js';

export interface CodePortOptions {
  /** Leaves this page; `location.assign` unless given. */
  readonly navigate?: (url: string) => void;
  readonly scheduler?: SchedulerLike;
  /** Longest that a silent attempt waits for the provider, in milliseconds; 10,000 unless given. */
  readonly silentTimeoutMs?: number;
}

/** Longest time between making a request and sending it, in milliseconds. */
const shelfLifeMs = 600_000;

/** Codes of an OpenID provider, by hidden frame, popup and redirect. Nothing is redeemed, and nothing stored but for a redirect. */
export function createCodePort(config: OidcConfig, win: Window, options: CodePortOptions = {}): CodePort {
  const { scheduler = asyncScheduler, silentTimeoutMs = 10_000 } = options;
  const { navigate = (url: string) => win.location.assign(url) } = options;
  const metadata$ = discover(config, win, scheduler);
  let warmed = false;
  let prepared: { readonly attempt: Attempt; readonly until: number } | undefined;

  const create = async (signal: AbortSignal, kind: AnswerKind): Promise<Attempt> => {
    const metadata = await firstValue(metadata$, signal);
    const responseMode = responseModeOf(config, metadata, kind);
    const request = await createSigninRequest(config, metadata, { kind, responseMode });
    signal.throwIfAborted();
    return { ...request, expected: expectedIssuer(metadata, config.authority) };
  };

  const prepare = (): Observable<never> =>
    cold<never>(async (signal) => {
      try {
        prepared = { attempt: await create(signal, 'p'), until: scheduler.now() + shelfLifeMs };
      } catch {
        // The click finds out, and tells.
      }
      return undefined;
    });

  /** At most once: state and verifier of a request belong to one code. */
  const takePrepared = (): Attempt | undefined => {
    const taken = prepared;
    prepared = undefined;
    return taken && taken.until > scheduler.now() ? taken.attempt : undefined;
  };

  const grantIn = (answer: URLSearchParams, request: Attempt): Grant =>
    readAuthorizationResponse(answer, request, request.expected);

  return {
    popups: popupsWork(win),

    silent: () =>
      attempt('provider-error', async (signal) => {
        needSecureContext(win);
        const request = await create(signal, 's');
        const timeoutMs = patienceMs(discoveryUrl(config), win, silentTimeoutMs);
        const answer = await firstValue(visitInHiddenFrame(win, request, timeoutMs, scheduler), signal);
        try {
          return grantIn(answer, request);
        } catch (thrown) {
          throw doubted(thrown, win, request);
        }
      }),

    popup: () =>
      attempt('provider-error', async (signal) => {
        needSecureContext(win);
        const ready = takePrepared();
        try {
          const fresh$ = cold((visited) => create(visited, 'p'));
          return await firstValue(visitInPopup(win, ready ?? fresh$, fresh$, grantIn, scheduler), signal);
        } finally {
          // The metadata is at hand by now, so this takes no more than a digest.
          if (ready) prepare().subscribe();
        }
      }),

    ...createRedirect(win, navigate, async (signal) => {
      needSecureContext(win);
      return create(signal, 'r');
    }),

    prepare,

    warm: () =>
      cold<never>(async (signal) => {
        if (warmed || win.document.hidden) return undefined;
        warmed = true;
        try {
          await warmUp(config, await firstValue(metadata$, signal), win, scheduler, signal);
        } catch {
          // The first attempt does without.
        }
        return undefined;
      }),

    endSession: () =>
      attempt<never>('logout-failed', async (signal) => {
        navigate(endSessionUrl(config, await firstValue(metadata$, signal)));
        return undefined;
      }),
  };
}

/** Cold work whose errors are those of the public face: all others become `code`. */
const attempt = <T>(code: ErrorCode, work: (signal: AbortSignal) => Promise<T | undefined>): Observable<T> =>
  cold((signal) =>
    work(signal).catch((thrown: unknown) => {
      throw asGcAuthError(thrown, code);
    }),
  );

/** Elsewhere the secrets of a request cannot be made. */
function needSecureContext(win: Window): void {
  if (win.isSecureContext) return;
  throw new GcAuthError('config-invalid', {
    message: 'Sign-in needs a secure context.',
    hint: 'Serve the page over https.',
  });
}

/** Providers that announce nothing understand both (OIDC Discovery §3). A page's own fragment is its router's. */
function responseModeOf(config: OidcConfig, metadata: ProviderMetadata, kind: AnswerKind): ResponseMode {
  if (config.responseMode !== 'auto') return config.responseMode;
  if (kind === 'r') return 'query';
  return (metadata.response_modes_supported ?? ['fragment']).includes('fragment') ? 'fragment' : 'query';
}
