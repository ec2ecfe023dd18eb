import type Provider from 'oidc-provider';
import type { errors, KoaContextWithOIDC } from 'oidc-provider';

export type LoggedRoute = 'authorize' | 'token' | 'login' | 'end-session';

/** One answer of the provider. Contains no code, token, state or verifier. */
export interface LogEntry {
  /** Epoch milliseconds. */
  at: number;
  route: LoggedRoute;
  /** `code`, `login-page`, `consent-page`, `ok`, or the OAuth error. */
  outcome: string;
  prompt?: string;
  responseMode?: string;
  clientId?: string;
  account?: string;
}

/** Limits the memory of a demo that runs for a long time. */
const limit = 5000;

export class Log {
  #entries: LogEntry[] = [];

  add(entry: Omit<LogEntry, 'at'>): void {
    this.#entries.push({ at: Date.now(), ...entry });
    if (this.#entries.length > limit) this.#entries.shift();
  }

  entries(): LogEntry[] {
    return this.#entries.map((entry) => ({ ...entry }));
  }

  clear(): void {
    this.#entries = [];
  }
}

export function recordEvents(provider: Provider, log: Log): void {
  const record = (ctx: KoaContextWithOIDC, route: LoggedRoute, outcome: string): void => {
    log.add({ route, outcome, ...requestOf(ctx) });
  };
  provider.on('authorization.success', (ctx) => record(ctx, 'authorize', 'code'));
  provider.on('authorization.error', (ctx, error) => record(ctx, 'authorize', error.error));
  provider.on('interaction.started', (ctx, prompt) => {
    record(ctx, 'authorize', prompt.name === 'consent' ? 'consent-page' : 'login-page');
  });
  provider.on('grant.success', (ctx) => record(ctx, 'token', 'ok'));
  provider.on('grant.error', (ctx, error) => record(ctx, 'token', error.error));
  provider.on('end_session.success', (ctx) => record(ctx, 'end-session', 'ok'));
  provider.on('end_session.error', (ctx, error) => record(ctx, 'end-session', error.error));
  // Not in the library's types.
  provider.on('end_session_confirm.error', (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) => {
    record(ctx, 'end-session', error.error);
  });
}

function requestOf(ctx: KoaContextWithOIDC): Pick<LogEntry, 'prompt' | 'responseMode' | 'clientId'> {
  const { prompt, response_mode: responseMode, client_id: clientId } = ctx.oidc.params ?? {};
  const known = { prompt, responseMode, clientId: ctx.oidc.client?.clientId ?? clientId };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => typeof value === 'string'));
}
