import type { SocketLike, Transport } from '../../src/testing/transport.js';

type Json = Record<string, unknown>;

/** A frame that the stand-in sent. */
export interface SentFrame {
  action: string;
  token: string;
  tracingId: string;
  startNew?: boolean;
  data?: { code: string };
  message?: { type: string; text?: string; metadata?: { customMessageId: string }; channel?: unknown; events?: Json[] };
}

export interface Recorded {
  method: string;
  path: string;
  body: Json;
  authorization: string | undefined;
}

/** One socket, as the server sees it. */
export class FakeSocket extends EventTarget implements SocketLike {
  readyState = 0;
  readonly sent: SentFrame[] = [];
  readonly #server: FakeGenesysServer;

  constructor(server: FakeGenesysServer) {
    super();
    this.#server = server;
  }

  accept(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  send(data: string): void {
    const frame = JSON.parse(data) as SentFrame;
    this.sent.push(frame);
    queueMicrotask(() => this.#server.onFrame(this, frame));
  }

  /** Sends a frame to the browser. */
  reply(frame: Json | string): void {
    const data = typeof frame === 'string' ? frame : JSON.stringify(frame);
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  close(): void {
    this.readyState = 3;
  }

  /** The connection breaks. */
  drop(): void {
    this.readyState = 3;
    this.dispatchEvent(new Event('close'));
  }

  actions(): string[] {
    return this.sent.map(({ action }) => action);
  }

  texts(): (string | undefined)[] {
    return this.sent.filter(({ message }) => message?.type === 'Text').map(({ message }) => message?.text);
  }
}

/** An in-memory Genesys Cloud: the stand-in's transport. */
export class FakeGenesysServer {
  config: Json = {
    status: 'Active',
    auth: { enabled: true },
    apiEndpoint: 'https://api.test',
    messenger: { apps: { conversations: { messagingEndpoint: 'wss://messaging.test' } } },
  };
  domains: Json = { allowAllDomains: true, allowedDomains: [] };
  /** HTTP status by the last part of the path (`refresh`, `config.json`); `network`: the request gets no response. */
  readonly fail: Record<string, number | 'network' | undefined> = {};
  /** Promises that delay a response, by the last part of the path. */
  readonly hold: Record<string, Promise<void> | undefined> = {};
  issueRefreshToken = true;
  sub = 'alice';
  /** Seconds. */
  jwtSeconds = 900;
  refuseConfigure: { code: number; body: string } | undefined;
  /** How many times `refuseConfigure` applies. */
  refuseTimes = Infinity;
  refuseMessages = 0;
  /** `false`: sockets keep connecting until the test calls `accept`. */
  acceptSockets = true;
  /** `false`: the server does not confirm messages. */
  echo = true;
  readonly requests: Recorded[] = [];
  readonly sockets: FakeSocket[] = [];
  readonly history: Json[] = [];
  readonly refusedJwts = new Set<string>();
  readonly transport: Transport = {
    fetch: (url, init) => this.#onRequest(new URL(url), init),
    openSocket: (url) => this.#onSocket(url),
  };
  #issued = 0;

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('No socket was opened');
    return socket;
  }

  /** Requests whose path ends with `end`. */
  to(end: string): Recorded[] {
    return this.requests.filter(({ path }) => path.endsWith(end));
  }

  issueJwt(claims: Json = {}): string {
    this.#issued += 1;
    const iat = Math.floor(Date.now() / 1000);
    const payload = { sub: this.sub, iat, exp: iat + this.jwtSeconds, given_name: 'Zoë', n: this.#issued, ...claims };
    const encoded = btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(payload))));
    return `e30.${encoded.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}.signature`;
  }

  onFrame(socket: FakeSocket, frame: SentFrame): void {
    const { tracingId } = frame;
    const answer = (kind: string, body: unknown, code = 200): void =>
      socket.reply({ type: 'response', class: kind, code, body, tracingId });
    if (frame.action.startsWith('configure')) this.#onConfigure(frame, answer);
    else if (frame.action === 'getJwt') answer('JwtResponse', { jwt: 'history-jwt', exp: 1 });
    else if (frame.action === 'onMessage') this.#onMessage(socket, frame, answer);
  }

  agentSays(text: string, socket = this.socket): void {
    this.#say(socket, { direction: 'Outbound', text, originatingEntity: 'Bot' });
  }

  #onConfigure(frame: SentFrame, answer: (kind: string, body: unknown, code?: number) => void): void {
    if (this.refuseConfigure && this.refuseTimes > 0) {
      this.refuseTimes -= 1;
      return answer('string', this.refuseConfigure.body, this.refuseConfigure.code);
    }
    if (this.refusedJwts.has(frame.data?.code ?? '')) return answer('string', 'Unauthorized', 401);
    const newSession = frame.startNew === true || this.history.length === 0;
    answer('SessionResponse', { connected: true, newSession, durationSeconds: 60, expirationDate: 1 });
  }

  #onMessage(socket: FakeSocket, frame: SentFrame, answer: (kind: string, body: unknown, code?: number) => void): void {
    const { message } = frame;
    if (this.refuseMessages > 0) {
      this.refuseMessages -= 1;
      return answer('TooManyRequestsErrorMessage', { retryAfter: 0.001, errorCode: 4029 }, 429);
    }
    if (message?.type === 'Text' && this.echo) this.#say(socket, { direction: 'Inbound', ...message });
    if (message?.type === 'Event')
      socket.reply({ class: 'StructuredMessage', body: { ...message, direction: 'Inbound' } });
  }

  #say(socket: FakeSocket, message: Json): void {
    const body = { id: crypto.randomUUID(), type: 'Text', channel: { time: new Date().toISOString() }, ...message };
    this.history.push(body);
    socket.reply({ type: 'message', class: 'StructuredMessage', code: 200, body });
  }

  #onSocket(url: string): FakeSocket {
    this.requests.push({ method: 'SOCKET', path: new URL(url).href, body: {}, authorization: undefined });
    const socket = new FakeSocket(this);
    this.sockets.push(socket);
    if (this.acceptSockets) queueMicrotask(() => socket.accept());
    return socket;
  }

  async #onRequest({ pathname }: URL, init: RequestInit = {}): Promise<Response> {
    const body = JSON.parse(typeof init.body === 'string' ? init.body : '{}') as Json;
    const authorization = new Headers(init.headers).get('authorization') ?? undefined;
    this.requests.push({ method: init.method ?? 'GET', path: pathname, body, authorization });
    const name = pathname.split('/').at(-1) ?? '';
    await this.hold[name];
    const failure = this.fail[name];
    if (failure === 'network') throw new TypeError('Failed to fetch');
    if (failure) return Response.json({ message: 'no', code: 'unauthorized', contextId: 'c-1' }, { status: failure });
    return this.#answer(name);
  }

  #answer(name: string): Response {
    const refreshToken = this.issueRefreshToken ? { refreshToken: 'refresh-1' } : {};
    switch (name) {
      case 'domains.json':
        return Response.json(this.domains);
      case 'config.json':
        return Response.json(this.config);
      case 'oauthcodegrantjwtexchange':
        return Response.json({ jwt: this.issueJwt(), ...refreshToken });
      case 'refresh':
        return Response.json({ jwt: this.issueJwt() });
      case 'messages':
        return Response.json({ entities: [...this.history].reverse(), pageNumber: 1, pageCount: 1 });
      default:
        return new Response('', { status: 200, statusText: 'OK' });
    }
  }
}
