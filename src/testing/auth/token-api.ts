import { CommandRejection } from '../bus/command-rejection.js';
import type { Journal } from '../journal.js';
import type { Transport } from '../transport.js';
import type { AuthorizationGrant } from './grant.js';
import { toExchangeBody } from './grant.js';
import type { Tokens } from './token-store.js';

/** Data of the events `error`, `tokenError` and `logoutError`. */
export interface AuthFailure {
  message: string;
  code: string;
  /** HTTP status; absent when there was no response. */
  status?: number;
  /** Genesys Cloud's request ID, which its support asks for. */
  contextId?: string;
}

export interface RevokeAnswer {
  status: number;
  statusText: string;
  data: string;
}

/** The token endpoints of the Platform API. Each method throws a {@link CommandRejection} with an {@link AuthFailure}. */
export class TokenApi {
  readonly #origin: string;
  readonly #deploymentId: string;
  readonly #transport: Transport;
  readonly #journal: Journal;

  constructor(origin: string, deploymentId: string, transport: Transport, journal: Journal) {
    this.#origin = origin;
    this.#deploymentId = deploymentId;
    this.#transport = transport;
    this.#journal = journal;
  }

  async exchange(grant: AuthorizationGrant): Promise<Tokens> {
    const body = { deploymentId: this.#deploymentId, oauth: toExchangeBody(grant) };
    const response = await this.#call('exchange', 'POST', 'oauthcodegrantjwtexchange', { body });
    return (await response.json()) as Tokens;
  }

  async refresh(refreshToken: string): Promise<string> {
    const body = { refreshToken, deploymentId: this.#deploymentId };
    const response = await this.#call('refresh', 'POST', 'refresh', { body });
    return ((await response.json()) as { jwt: string }).jwt;
  }

  async revoke(jwt: string): Promise<RevokeAnswer> {
    const response = await this.#call('revoke', 'DELETE', 'revoke', { jwt });
    return { status: response.status, statusText: response.statusText, data: '' };
  }

  async #call(
    command: string,
    method: string,
    path: string,
    { body, jwt }: { body?: unknown; jwt?: string },
  ): Promise<Response> {
    const headers: Record<string, string> = {};
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (jwt !== undefined) headers['authorization'] = `bearer ${jwt}`;
    const init: RequestInit = { method, headers };
    if (body !== undefined) init.body = JSON.stringify(body);
    const record = (outcome: string): void => this.#journal.record({ plugin: 'Auth', command, outcome });
    let response: Response;
    try {
      response = await this.#transport.fetch(`${this.#origin}/api/v2/webdeployments/token/${path}`, init);
    } catch {
      record('network-error');
      throw new CommandRejection({ message: 'Network Error', code: 'ERR_NETWORK' } satisfies AuthFailure);
    }
    record(String(response.status));
    if (!response.ok) throw new CommandRejection(await readFailure(response));
    return response;
  }
}

/** The API's `ErrorBody`; for a response without one, the HTTP status. */
async function readFailure(response: Response): Promise<AuthFailure> {
  const fallback = { message: `Request failed with status code ${response.status}`, code: 'ERR_BAD_REQUEST' };
  const body = (await response.json().catch(() => ({}))) as Partial<AuthFailure>;
  const failure: AuthFailure = {
    message: body.message ?? fallback.message,
    code: body.code ?? fallback.code,
    status: response.status,
  };
  if (body.contextId !== undefined) failure.contextId = body.contextId;
  return failure;
}
