import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { Demo } from '../../demo/server/demo.js';
import { codeVerifier, redirectUriOf } from './sign-in.js';

export interface ApiAnswer {
  status: number;
  body: Record<string, unknown>;
}

export interface Tokens {
  jwt: string;
  refreshToken: string;
}

export interface Frame {
  type: string;
  class: string;
  code: number;
  body: Record<string, unknown> & string;
  tracingId?: string;
}

async function call(url: string, init: RequestInit): Promise<ApiAnswer> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
}

/** The HTTP requests of Messenger. */
export class GenesysClient {
  readonly #demo: Demo;
  readonly deploymentId: string;

  constructor(demo: Demo, deploymentId = demo.genesys.deploymentId) {
    this.#demo = demo;
    this.deploymentId = deploymentId;
  }

  exchange(oauth: Record<string, unknown>): Promise<ApiAnswer> {
    return this.#post('oauthcodegrantjwtexchange', { deploymentId: this.deploymentId, oauth });
  }

  exchangeCode(code: string, more: Record<string, unknown> = {}): Promise<ApiAnswer> {
    return this.exchange({ code, redirectUri: redirectUriOf(this.#demo), codeVerifier, ...more });
  }

  async tokensFor(code: string): Promise<Tokens> {
    const { status, body } = await this.exchangeCode(code);
    if (status !== 200) throw new Error(`The exchange answered ${String(status)}: ${JSON.stringify(body)}`);
    return body as unknown as Tokens;
  }

  refresh(refreshToken: string, deploymentId: string | undefined = this.deploymentId): Promise<ApiAnswer> {
    return this.#post('refresh', { refreshToken, deploymentId });
  }

  refreshWithoutDeployment(refreshToken: string): Promise<ApiAnswer> {
    return this.#post('refresh', { refreshToken });
  }

  revoke(jwt: string): Promise<ApiAnswer> {
    return call(`${this.#demo.genesys.origin}/api/v2/webdeployments/token/revoke`, {
      method: 'DELETE',
      headers: { Authorization: `bearer ${jwt}` },
    });
  }

  messages(jwt: string, parameters = ''): Promise<ApiAnswer> {
    return call(`${this.#demo.genesys.origin}/api/v2/webmessaging/messages${parameters}`, {
      headers: { Authorization: `Bearer ${jwt}` },
    });
  }

  connect(token: string = randomUUID(), origin = this.#demo.app.origin): Promise<TestSocket> {
    const url = `${this.#demo.genesys.origin.replace('http', 'ws')}/v1?deploymentId=${this.deploymentId}`;
    return TestSocket.open(url, token, origin);
  }

  #post(name: string, body: unknown): Promise<ApiAnswer> {
    return call(`${this.#demo.genesys.origin}/api/v2/webdeployments/token/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
}

/** A WebSocket with methods that wait for a kind of frame. */
export class TestSocket {
  readonly token: string;
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #frames: Frame[] = [];
  #waiting: (() => void) | undefined;

  private constructor(socket: WebSocket, token: string) {
    this.#socket = socket;
    this.token = token;
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('message', (data: Buffer) => {
      this.#frames.push(JSON.parse(data.toString()) as Frame);
      this.#waiting?.();
    });
  }

  static open(url: string, token: string, origin: string): Promise<TestSocket> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, { origin });
      const opened = new TestSocket(socket, token);
      socket.once('open', () => resolve(opened));
      socket.once('error', reject);
    });
  }

  send(frame: Record<string, unknown>): void {
    this.#socket.send(JSON.stringify({ token: this.token, tracingId: randomUUID(), ...frame }));
  }

  say(text: string, more: Record<string, unknown> = {}): void {
    this.send({ action: 'onMessage', message: { type: 'Text', text, ...more } });
  }

  presence(type: string): void {
    const events = [{ eventType: 'Presence', presence: { type } }];
    this.send({ action: 'onMessage', message: { type: 'Event', events } });
  }

  configure(jwt: string, more: Record<string, unknown> = {}): Promise<Frame> {
    this.send({ action: 'configureAuthenticatedSession', startNew: false, data: { code: jwt }, ...more });
    return this.nextResponse();
  }

  configureAsGuest(): Promise<Frame> {
    this.send({ action: 'configureSession', startNew: false });
    return this.nextResponse();
  }

  nextResponse(): Promise<Frame> {
    return this.next(({ type }) => type === 'response');
  }

  nextText(): Promise<Frame> {
    return this.next(({ class: name, body }) => name === 'StructuredMessage' && body['type'] === 'Text');
  }

  nextOf(name: string): Promise<Frame> {
    return this.next((frame) => frame.class === name);
  }

  /** Waits for the first matching frame. Drops the frames before it. */
  async next(matches: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const frame = this.#frames.shift();
      if (frame && matches(frame)) return frame;
      if (!frame) await new Promise<void>((resolve) => (this.#waiting = resolve));
    }
  }

  close(): void {
    this.#socket.close();
  }
}
