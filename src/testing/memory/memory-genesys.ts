import type { ServerFrame } from '../messaging/frames.js';
import type { Transport } from '../transport.js';
import type { Grant, MemoryLogins } from './memory-logins.js';
import { MemorySocket } from './memory-socket.js';

/** Genesys Cloud's API and WebSocket in memory: the transport of the stand-in. */
export class MemoryGenesys implements Transport {
  /** Delay of every answer, in milliseconds. */
  latencyMs = 0;
  /** The exchange of codes fails with 401. */
  refuseCodes = false;
  readonly #logins: MemoryLogins;
  readonly #sockets = new Set<MemorySocket>();
  readonly #messages: unknown[] = [];

  constructor(logins: MemoryLogins) {
    this.#logins = logins;
  }

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    await this.#delay();
    const body = JSON.parse(typeof init.body === 'string' ? init.body : '{}') as Record<string, unknown>;
    const answer = await this.#answer(new URL(url).pathname.split('/').at(-1) ?? '', body, new Headers(init.headers));
    if (answer) return Response.json(answer);
    const contextId = crypto.randomUUID();
    return Response.json({ message: 'Unauthorized', code: 'unauthorized', status: 401, contextId }, { status: 401 });
  }

  openSocket(): MemorySocket {
    const socket = new MemorySocket(this.#delay(), async (frame) => {
      await this.#delay();
      this.#onFrame(socket, frame);
    });
    this.#sockets.add(socket);
    return socket;
  }

  /** @returns `undefined`: 401 */
  async #answer(path: string, body: Record<string, unknown>, headers: Headers): Promise<object | undefined> {
    switch (path) {
      case 'domains.json':
        return { allowAllDomains: true, allowedDomains: [] };
      case 'config.json':
        return { status: 'Active', auth: { enabled: true } };
      case 'oauthcodegrantjwtexchange':
        return this.refuseCodes ? undefined : this.#logins.redeem(Object(body['oauth']) as Grant);
      case 'refresh':
        return this.#logins.refresh(body['refreshToken']);
      case 'revoke':
        return this.#revoke(headers.get('authorization')?.replace(/^bearer /i, ''));
      case 'messages':
        return { entities: [...this.#messages].reverse(), pageNumber: 1, pageCount: 1 };
      case 'expire-jwts':
        this.#logins.expireJwts();
        return {};
      default:
        return undefined;
    }
  }

  #revoke(jwt: string | undefined): object | undefined {
    if (this.#logins.subOf(jwt) === undefined) return undefined;
    this.#logins.expireJwts();
    this.#logins.revokeRefreshTokens();
    for (const socket of this.#sockets) socket.reply({ type: 'message', class: 'LogoutEvent', code: 200, body: {} });
    return {};
  }

  #onFrame(socket: MemorySocket, frame: Record<string, unknown>): void {
    const { action, tracingId } = frame;
    const answer = (kind: string, body: unknown, code = 200): void => {
      const reply: ServerFrame = { type: 'response', class: kind, code, body };
      socket.reply(typeof tracingId === 'string' ? { ...reply, tracingId } : reply);
    };
    switch (action) {
      case 'configureAuthenticatedSession': {
        const { code } = frame['data'] as { code?: unknown };
        if (this.#logins.subOf(code) === undefined) return answer('string', 'Session authentication failed', 401);
        return answer('SessionResponse', { connected: true, newSession: this.#messages.length === 0 });
      }
      case 'configureSession':
        return answer('string', 'This deployment is for signed-in people only.', 403);
      case 'getJwt':
        return answer('JwtResponse', { jwt: 'history', exp: Math.floor(Date.now() / 1000) + 60 });
      case 'onMessage':
        return this.#onMessage(frame['message'] as Record<string, unknown>, answer);
    }
  }

  #onMessage(message: Record<string, unknown>, answer: (kind: string, body: unknown) => void): void {
    const channel = { time: new Date().toISOString() };
    const received = { ...message, id: crypto.randomUUID(), direction: 'Inbound', channel };
    if (message['type'] === 'Text') this.#messages.push(received);
    answer('StructuredMessage', received);
  }

  /** Answers come later than the call even without latency, as those of a server do. */
  #delay(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, this.latencyMs));
  }
}
