import { asyncScheduler, catchError, NEVER, switchMap, tap } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { abortable, firstValue } from '../async/abortable.js';
import type { OidcConfig } from '../core/config.js';
import { asGcAuthError, GcAuthError } from '../core/errors.js';
import type { ErrorCode } from '../core/errors.js';
import { platformMember } from '../core/platform-member.js';
import { rememberSecretsIn } from '../core/redact.js';
import { rememberSecret } from '../core/secrets.js';
import { seemsSameSite } from '../core/site.js';
import type { CodePort, ResponseModeMemory } from '../session/ports.js';
import type { RedirectClient } from './callback/redirect-record.js';
import { discoverProvider, discoveryUrl } from './provider/discovery.js';
import { endSessionUrl } from './provider/end-session.js';
import { logLibrary } from './provider/library-log.js';
import type { SigninRequest } from './provider/signin-request.js';
import { createRequests, needSecureContext } from './requests.js';
import { framedMessage, isFramed } from './rungs/framed.js';
import { silentTimeoutFor } from './rungs/frame-timeout.js';
import { markInconclusive } from './rungs/frame-verdict.js';
import { visitInHiddenFrame } from './rungs/hidden-frame.js';
import { supportsPopups } from './rungs/popup-support.js';
import { visitInPopup } from './rungs/popup.js';
import { createRedirect } from './rungs/redirect.js';
import { warmUp } from './rungs/warm-up.js';

export interface CodePortOptions {
  /** Leaves this page. Default: `location.assign`, or `location.replace`. */
  readonly navigate?: (url: string, replace?: boolean) => void;
  /** The deployment for which codes are requested. A redirect's answer is for the same one only. Default: none. */
  readonly deploymentId?: string;
  readonly scheduler?: SchedulerLike;
  /** Longest silent attempt, in milliseconds. Default: 10,000. */
  readonly silentTimeoutMs?: number;
  /** The page has set it, so no silent attempt ends sooner without a reason. Default: false. */
  readonly silentTimeoutSet?: boolean;
  /** Where it is kept that this provider refuses `response_mode=fragment`. Default: nowhere. */
  readonly persistence?: ResponseModeMemory;
  /** Where oidc-client-ts logs to, without secrets. Default: nowhere. */
  readonly log?: ((line: string, detail?: unknown) => void) | undefined;
}

/** A provider that answers an earlier request has kept one of the latest. */
const maxEarlier = 4;

/**
 * Codes of an OpenID provider by hidden frame, popup and redirect. oidc-client-ts creates the requests and finds them
 * again by the state of an answer. It redeems nothing: the code is for Genesys.
 */
export function createCodePort(config: OidcConfig, win: Window, options: CodePortOptions = {}): CodePort {
  const { scheduler = asyncScheduler, silentTimeoutMs = 10_000, silentTimeoutSet, log } = options;
  const { persistence: known = { fragmentRefused: false } } = options;
  const {
    deploymentId = '',
    navigate = (url: string, replace?: boolean) => win.location[replace ? 'replace' : 'assign'](url),
  } = options;
  if (log) logLibrary(log);
  const metadata$ = discoverProvider(config, win, scheduler);
  let warmed = false;
  /** The provider may have refused `response_mode=fragment`. */
  let fragmentDoubted = false;
  /** States of the latest silent requests. Some providers answer one of them after the login in a popup. */
  let earlier: readonly string[] = [];

  const requests = createRequests({
    config,
    win,
    metadata$,
    scheduler,
    byQuery: () => fragmentDoubted || known.fragmentRefused,
  });

  /** Whether the request has the response mode that the metadata suggests, and not one that the page has set. */
  const isGuess = ({ url }: SigninRequest): boolean =>
    config.responseMode === 'auto' && url.includes('response_mode=fragment');

  return {
    popups: supportsPopups(win),
    crossSite: !seemsSameSite(new URL(config.authority), win.location),

    silent: (reason) =>
      attempt('provider-error', async (signal) => {
        const sent: SigninRequest[] = [];
        const send = async (signal: AbortSignal, byQuery?: boolean): Promise<SigninRequest> => {
          const request = await requests.create(signal, 's', { byQuery });
          sent.push(request);
          earlier = [request.state, ...earlier].slice(0, maxEarlier);
          return request;
        };
        // Nobody waits for a probe or a test, so they give every provider the time that it may take.
        const patient = silentTimeoutSet || reason === 'probe' || reason === 'test';
        const timeoutMs = patient ? silentTimeoutMs : silentTimeoutFor(discoveryUrl(config), win, silentTimeoutMs);
        const visit = (request: SigninRequest, second$?: Observable<URLSearchParams>): Observable<URLSearchParams> =>
          visitInHiddenFrame(win, request, timeoutMs, scheduler, patient ? timeoutMs : undefined, second$);
        const request = await send(signal);
        // Without `response_mode`, at the same time: pages that only think for a while still answer the first request.
        const second$ = abortable((visited) => send(visited, true)).pipe(
          switchMap((other) => visit(other)),
          tap(() => (known.fragmentRefused = true)),
          catchError(() => NEVER),
        );
        try {
          const answer = await firstValue(visit(request, isGuess(request) ? second$ : undefined), signal);
          return await requests.read(answer);
        } catch (thrown) {
          throw markInconclusive(thrown, win, request);
        } finally {
          sent.forEach(requests.forget);
        }
      }),

    popup: () =>
      attempt('provider-error', async (signal) => {
        needSecureContext(win);
        const ready = requests.takePrepared();
        const sent: SigninRequest[] = ready ? [ready] : [];
        const fresh$ = abortable((visited) => requests.create(visited, 'p')).pipe(tap((request) => sent.push(request)));
        let answered = false;
        const read = (answer: URLSearchParams) => {
          answered = true;
          if (fragmentDoubted && !sent.some(isGuess)) known.fragmentRefused = true;
          return requests.read(answer);
        };
        try {
          return await firstValue(visitInPopup(win, ready ?? fresh$, fresh$, read, scheduler, earlier), signal);
        } catch (thrown) {
          // The person may have closed an error page of the provider.
          if (!answered && (thrown as GcAuthError).code !== 'popup-blocked') fragmentDoubted ||= sent.some(isGuess);
          throw thrown;
        } finally {
          sent.forEach(requests.forget);
          // The metadata is there by now, so this costs a digest.
          if (ready) requests.prepare().subscribe();
        }
      }),

    ...createRedirect(
      win,
      navigate,
      {
        create: (signal, redirect) => requests.create(signal, 'r', { redirect }),
        read: async ({ answer, record }) => {
          // The page that asked is gone, and with it what it remembered.
          rememberSecret(record.id);
          rememberSecretsIn(JSON.parse(record.text));
          await requests.restore(record.id, record.text);
          return requests.read(answer);
        },
      },
      clientOf(config, win, deploymentId),
    ),

    prepare: () => requests.prepare(),

    warm: () =>
      abortable<never>(async (signal) => {
        if (warmed || platformMember(win.document, 'hidden')) return undefined;
        warmed = true;
        try {
          const metadata = await firstValue(metadata$, signal);
          await firstValue(warmUp(config, metadata, win, scheduler), signal);
        } catch {
          // The first attempt is slower, no more.
        }
        return undefined;
      }),

    endSession: () =>
      attempt<never>('logout-failed', async (signal) => {
        if (isFramed(win)) throw framedSignOut();
        const metadata = await firstValue(metadata$, signal);
        navigate(endSessionUrl(config, metadata));
        return undefined;
      }),
  };
}

const clientOf = (
  { authority, clientId, redirectUri, loginHint, acrValues, maxAge }: OidcConfig,
  { location }: Window,
  deploymentId: string,
): RedirectClient => ({
  authority,
  clientId,
  redirectUri,
  redirectsHere: String(location.href).replace(/[?#].*/s, '') === redirectUri,
  deploymentId,
  loginHint,
  acrValues,
  maxAge,
});

const framedSignOut = (): GcAuthError =>
  new GcAuthError('logout-failed', {
    message: framedMessage,
    hint: 'Open the page in its own window.',
    retryable: false,
  });

/** Abortable work that errors with a `GcAuthError` only: other errors become one with `code`. */
const attempt = <T>(code: ErrorCode, work: (signal: AbortSignal) => Promise<T | undefined>): Observable<T> =>
  abortable((signal) =>
    work(signal).catch((thrown: unknown) => {
      throw asGcAuthError(thrown, code);
    }),
  );
