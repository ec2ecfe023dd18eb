import { OidcClient } from 'oidc-client-ts';
import type { StateStore } from 'oidc-client-ts';
import { asyncScheduler, tap } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { abortable, firstValue } from '../async/abortable.js';
import type { OidcConfig } from '../core/config.js';
import { asGcAuthError, GcAuthError } from '../core/errors.js';
import type { ErrorCode } from '../core/errors.js';
import { platformMember } from '../core/platform-member.js';
import { rememberSecretsIn } from '../core/redact.js';
import { rememberSecret } from '../core/secrets.js';
import type { CodePort } from '../session/ports.js';
import { stateIdOf } from './callback/answer-url.js';
import type { AnswerTarget } from './callback/answer-url.js';
import { redirectLifetimeSeconds } from './callback/redirect-record.js';
import type { RedirectClient, RedirectData } from './callback/redirect-record.js';
import { clientSettings, memoryStateStore, redirectStateStore } from './provider/client-settings.js';
import { discoverProvider, discoveryUrl } from './provider/discovery.js';
import type { ProviderMetadata } from './provider/discovery.js';
import { endSessionUrl } from './provider/end-session.js';
import { logLibrary } from './provider/library-log.js';
import { createSigninRequest } from './provider/signin-request.js';
import type { ResponseMode, SigninRequest } from './provider/signin-request.js';
import { readSigninResponse } from './provider/signin-response.js';
import { framedMessage, isFramed } from './rungs/framed.js';
import { silentTimeoutFor } from './rungs/frame-timeout.js';
import { markInconclusive } from './rungs/frame-verdict.js';
import { visitInHiddenFrame } from './rungs/hidden-frame.js';
import { supportsPopups } from './rungs/popup-support.js';
import { visitInPopup } from './rungs/popup.js';
import { createRedirect } from './rungs/redirect.js';
import { warmUp } from './rungs/warm-up.js';

export interface CodePortOptions {
  /** Leaves this page. Default: `location.assign`. */
  readonly navigate?: (url: string) => void;
  /** The deployment for which codes are requested. A redirect's answer is for the same one only. Default: none. */
  readonly deploymentId?: string;
  readonly scheduler?: SchedulerLike;
  /** Longest silent attempt, in milliseconds. Default: 10,000. */
  readonly silentTimeoutMs?: number;
  /** Where oidc-client-ts logs to, without secrets. Default: nowhere. */
  readonly log?: ((line: string, detail?: unknown) => void) | undefined;
}

/** Longest time between preparing a request and sending it, in milliseconds. */
const preparedMs = 600_000;

/**
 * Codes of an OpenID provider by hidden frame, popup and redirect. oidc-client-ts creates the requests and finds them
 * again by the state of an answer. It redeems nothing: the code is for Genesys.
 */
export function createCodePort(config: OidcConfig, win: Window, options: CodePortOptions = {}): CodePort {
  const { scheduler = asyncScheduler, silentTimeoutMs = 10_000, log } = options;
  const { deploymentId = '', navigate = (url: string) => win.location.assign(url) } = options;
  if (log) logLibrary(log);
  const metadata$ = discoverProvider(config, win, scheduler);
  const memory = memoryStateStore();
  const redirects = redirectStateStore(win);
  let warmed = false;
  let prepared: { readonly request: SigninRequest; readonly until: number } | undefined;

  const clientWith = (
    stateStore: StateStore,
    staleStateAgeInSeconds: number,
    metadata?: ProviderMetadata,
  ): OidcClient =>
    new OidcClient({ ...clientSettings(config, stateStore), staleStateAgeInSeconds, ...(metadata && { metadata }) });
  const inMemory = (metadata?: ProviderMetadata): OidcClient => clientWith(memory, Infinity, metadata);
  const inSessionStorage = (metadata?: ProviderMetadata): OidcClient =>
    clientWith(redirects, redirectLifetimeSeconds, metadata);
  /** Reads every answer, also that of a redirect, whose state is moved to the memory first. */
  const reader = inMemory();

  const create = async (signal: AbortSignal, target: AnswerTarget, redirect?: RedirectData): Promise<SigninRequest> => {
    needSecureContext(win);
    const metadata = await firstValue(metadata$, signal);
    const client = redirect ? inSessionStorage(metadata) : inMemory(metadata);
    const responseMode = responseModeFor(config, metadata, target);
    const request = await createSigninRequest({
      client,
      config,
      metadata,
      target,
      responseMode,
      ...(redirect && { redirect }),
    });
    if (signal.aborted) void client.settings.stateStore.remove(stateIdOf(request.state) ?? '');
    if (signal.aborted) throw signal.reason;
    return request;
  };

  /** State, verifier and nonce of an attempt that is over. */
  const forget = (request: SigninRequest): void => void memory.remove(stateIdOf(request.state) ?? '');

  const prepare = (): Observable<never> =>
    abortable<never>(async (signal) => {
      try {
        const request = await create(signal, 'p');
        if (prepared) forget(prepared.request);
        prepared = { request, until: scheduler.now() + preparedMs };
      } catch {
        // The click finds out, and reports it.
      }
      return undefined;
    });

  /** At most once: a request is good for one code. */
  const takePrepared = (): SigninRequest | undefined => {
    const taken = prepared;
    prepared = undefined;
    return taken && taken.until > scheduler.now() ? taken.request : undefined;
  };

  return {
    popups: supportsPopups(win),

    silent: () =>
      attempt('provider-error', async (signal) => {
        const request = await create(signal, 's');
        const timeoutMs = silentTimeoutFor(discoveryUrl(config), win, silentTimeoutMs);
        try {
          const answer = await firstValue(visitInHiddenFrame(win, request, timeoutMs, scheduler), signal);
          return await readSigninResponse(reader, answer);
        } catch (thrown) {
          throw markInconclusive(thrown, win, request);
        } finally {
          forget(request);
        }
      }),

    popup: () =>
      attempt('provider-error', async (signal) => {
        needSecureContext(win);
        const ready = takePrepared();
        const sent: SigninRequest[] = ready ? [ready] : [];
        const fresh$ = abortable((visited) => create(visited, 'p')).pipe(tap((request) => sent.push(request)));
        const read = (answer: URLSearchParams) => readSigninResponse(reader, answer);
        try {
          return await firstValue(visitInPopup(win, ready ?? fresh$, fresh$, read, scheduler), signal);
        } finally {
          sent.forEach(forget);
          // The metadata is there by now, so this costs a digest.
          if (ready) prepare().subscribe();
        }
      }),

    ...createRedirect(
      win,
      navigate,
      {
        create: (signal, data) => create(signal, 'r', data),
        read: async ({ answer, record }) => {
          // The page that asked is gone, and with it what it remembered.
          rememberSecret(record.id);
          rememberSecretsIn(JSON.parse(record.text));
          await memory.set(record.id, record.text);
          return readSigninResponse(reader, answer);
        },
        sweep: () => inSessionStorage().clearStaleState(),
      },
      clientOf(config, win, deploymentId),
    ),

    prepare,

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
  { authority, clientId, redirectUri }: OidcConfig,
  { location }: Window,
  deploymentId: string,
): RedirectClient => ({
  authority,
  clientId,
  redirectUri,
  redirectsHere: String(location.href).replace(/[?#].*/s, '') === redirectUri,
  deploymentId,
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

/** WebCrypto, which makes the PKCE challenge, exists in secure contexts only. */
function needSecureContext(win: Window): void {
  if (win.isSecureContext) return;
  throw new GcAuthError('config-invalid', {
    message: 'Sign-in needs a secure context.',
    hint: 'Serve the page over https.',
  });
}

/**
 * Providers that announce nothing support query and fragment (OIDC Discovery §3). A redirect returns to a page whose
 * fragment belongs to its router.
 */
function responseModeFor(config: OidcConfig, metadata: ProviderMetadata, target: AnswerTarget): ResponseMode {
  if (config.responseMode !== 'auto') return config.responseMode;
  if (target === 'r') return 'query';
  return (metadata.response_modes_supported ?? ['fragment']).includes('fragment') ? 'fragment' : 'query';
}
