import { OidcClient } from 'oidc-client-ts';
import type { StateStore } from 'oidc-client-ts';
import type { Observable, SchedulerLike } from 'rxjs';
import { abortable, firstValue } from '../async/abortable.js';
import type { CheckedCodeGrant } from '../core/authorization-response.js';
import type { OidcConfig } from '../core/config.js';
import { GcAuthError } from '../core/errors.js';
import { stateIdOf } from './callback/answer-url.js';
import type { AnswerTarget } from './callback/answer-url.js';
import type { RedirectData } from './callback/redirect-record.js';
import { clientSettings, memoryStateStore, redirectStateStore } from './provider/client-settings.js';
import type { ProviderMetadata } from './provider/discovery.js';
import { createSigninRequest } from './provider/signin-request.js';
import type { ResponseMode, SigninRequest } from './provider/signin-request.js';
import { readSigninResponse } from './provider/signin-response.js';

/** The authorization requests of this page, from their creation to their answer. */
export interface Requests {
  /** A new request. `byQuery`: without `response_mode=fragment`; default: as the options say. */
  create(
    signal: AbortSignal,
    target: AnswerTarget,
    options?: { readonly redirect?: RedirectData; readonly byQuery?: boolean | undefined },
  ): Promise<SigninRequest>;
  /** Creates one for the next click, so that the click need not wait. Completes; failures are silent. */
  prepare(): Observable<never>;
  /** The prepared one, at most once: a request is good for one code. */
  takePrepared(): SigninRequest | undefined;
  /** The grant in an answer to one of them; rejects as `readSigninResponse()` does. */
  read(answer: URLSearchParams): Promise<CheckedCodeGrant>;
  /** Takes over the stored request of a redirect, so that its answer can be read. */
  restore(id: string, text: string): Promise<void>;
  /** Ends a request: state, verifier and nonce are removed. */
  readonly forget: (request: SigninRequest) => void;
}

export interface RequestsOptions {
  readonly config: OidcConfig;
  readonly win: Window;
  readonly metadata$: Observable<ProviderMetadata>;
  readonly scheduler: SchedulerLike;
  /** The provider is thought to refuse `response_mode=fragment`. */
  readonly byQuery: () => boolean;
}

/** Longest time between preparing a request and sending it, in milliseconds. */
const preparedMs = 600_000;

/** Requests of frames and popups are kept in memory, those of redirects in session storage. */
export function createRequests({ config, win, metadata$, scheduler, byQuery }: RequestsOptions): Requests {
  const memory = memoryStateStore();
  const redirects = redirectStateStore(win);
  let prepared: { readonly request: SigninRequest; readonly until: number } | undefined;

  const clientWith = (stateStore: StateStore, metadata?: ProviderMetadata): OidcClient =>
    new OidcClient({ ...clientSettings(config, stateStore), ...(metadata && { metadata }) });
  /** Kept, because to make one takes longer than to make a request. The metadata is the same object until it changes. */
  let kept: { readonly metadata: ProviderMetadata; readonly client: OidcClient } | undefined;
  const inMemoryFor = (metadata: ProviderMetadata): OidcClient => {
    if (kept?.metadata !== metadata) kept = { metadata, client: clientWith(memory, metadata) };
    return kept.client;
  };
  /** Reads every answer, also that of a redirect, whose state is moved to the memory first. */
  const reader = clientWith(memory);

  const create: Requests['create'] = async (signal, target, { redirect, byQuery: asked = byQuery() } = {}) => {
    needSecureContext(win);
    const metadata = await firstValue(metadata$, signal);
    const client = redirect ? clientWith(redirects, metadata) : inMemoryFor(metadata);
    const responseMode = responseModeFor(config, metadata, target === 'r' || asked);
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

  const forget = (request: SigninRequest): void => void memory.remove(stateIdOf(request.state) ?? '');

  return {
    create,
    prepare: () =>
      abortable<never>(async (signal) => {
        try {
          const request = await create(signal, 'p');
          if (prepared) forget(prepared.request);
          prepared = { request, until: scheduler.now() + preparedMs };
        } catch {
          // The click finds out, and reports it.
        }
        return undefined;
      }),
    takePrepared() {
      const taken = prepared;
      prepared = undefined;
      return taken && taken.until > scheduler.now() ? taken.request : undefined;
    },
    read: (answer) => readSigninResponse(reader, answer),
    restore: (id, text) => memory.set(id, text),
    forget,
  };
}

/** WebCrypto, which makes the PKCE challenge, exists in secure contexts only. */
export function needSecureContext(win: Window): void {
  if (win.isSecureContext) return;
  throw new GcAuthError('config-invalid', {
    message: 'The page is not a secure context, which the sign-in needs.',
    hint: 'Serve the page over https.',
  });
}

/**
 * Providers that announce nothing support query and fragment (OIDC Discovery §3). A redirect returns to a page whose
 * fragment belongs to its router.
 */
function responseModeFor(config: OidcConfig, metadata: ProviderMetadata, byQuery: boolean): ResponseMode {
  if (config.responseMode !== 'auto') return config.responseMode;
  if (byQuery) return 'query';
  return (metadata.response_modes_supported ?? ['fragment']).includes('fragment') ? 'fragment' : 'query';
}
