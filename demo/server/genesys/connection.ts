import type { WebSocket } from 'ws';
import type { Conversation } from './conversations.js';
import type { Deployment, DeploymentConnection } from './deployments.js';
import { configureAsGuest, configureAsPerson } from './configure.js';
import {
  connectionClosedFrame,
  errorFrame,
  jwtFrame,
  logoutFrame,
  messageFrame,
  newMessage,
  tooManyRequestsFrame,
  type ClientFrame,
  type ServerFrame,
} from './frames.js';
import { isObject } from '../http.js';
import { receiveMessage } from './messages.js';
import { rateLimits } from './rate-limit.js';
import type { SessionConnection } from './session-connection.js';

/** The longest delay of a timer in Node.js. */
const longestTimerMs = 2 ** 31 - 1;

const normalClosure = 1000;
/** Close code for a connection that reached its longest lifetime. */
const goingAway = 1001;

/** One WebSocket and the conversation for which it is configured. */
export class Connection implements SessionConnection, DeploymentConnection {
  readonly deployment: Deployment;
  readonly #socket: WebSocket;
  readonly #openedAt = Date.now();
  readonly #requestRate = rateLimits.requestsOfConnection();
  #conversation: Conversation | undefined;
  #lifetimeTimer: NodeJS.Timeout | undefined;
  /** Settles when all earlier frames are handled: one after the other, in order. */
  #handled: Promise<void> = Promise.resolve();
  #lastSendAt = 0;

  constructor(socket: WebSocket, deployment: Deployment) {
    this.#socket = socket;
    this.deployment = deployment;
    deployment.connections.add(this);
    deployment.journal.counters.socketsOpened++;
    deployment.journal.add({ kind: 'socket', outcome: 'opened' });
    this.limitLifetime();
    socket.on('message', (data) => {
      // eslint-disable-next-line @typescript-eslint/no-base-to-string -- `ws` hands over Buffers here
      const text = data.toString();
      this.#handled = this.#handled
        .then(() => this.#handle(text))
        .catch(() => this.send(errorFrame(5000, 'Internal error')));
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#onClose());
  }

  get conversation(): Conversation | undefined {
    return this.#conversation;
  }

  get sub(): string | undefined {
    return this.#conversation?.person?.sub;
  }

  enter(conversation: Conversation): void {
    // The socket can close while the JWT is verified.
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#conversation !== conversation) this.#conversation?.leave(this);
    this.#conversation = conversation;
    conversation.join(this);
  }

  leave(): void {
    this.#conversation?.leave(this);
    this.#conversation = undefined;
  }

  send(frame: ServerFrame): void {
    this.#later(() => {
      if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(frame));
    });
  }

  dismiss(reason?: 'signedIn'): void {
    this.leave();
    this.send(connectionClosedFrame(reason));
    this.close();
  }

  close(): void {
    this.#later(() => this.#socket.close(normalClosure));
  }

  cut(): void {
    this.#socket.terminate();
  }

  signOut(): void {
    this.leave();
    this.send(logoutFrame);
  }

  limitLifetime(): void {
    clearTimeout(this.#lifetimeTimer);
    const left = this.#openedAt + this.deployment.settings.server.socketSeconds * 1000 - Date.now();
    this.#lifetimeTimer = setTimeout(
      () => {
        this.deployment.journal.add({ kind: 'socket', outcome: 'closed-by-age' });
        this.#socket.close(goingAway);
      },
      Math.min(Math.max(left, 0), longestTimerMs),
    ).unref();
  }

  /** Delays frames by the switch `latencyMs`. Keeps their order when the switch changes. */
  #later(run: () => void): void {
    const now = Date.now();
    const at = Math.max(now + this.deployment.settings.server.latencyMs, this.#lastSendAt);
    this.#lastSendAt = at;
    if (at > now) setTimeout(run, at - now).unref();
    else run();
  }

  #onClose(): void {
    clearTimeout(this.#lifetimeTimer);
    this.leave();
    this.deployment.connections.delete(this);
    this.deployment.journal.add({ kind: 'socket', outcome: 'closed' });
  }

  async #handle(text: string): Promise<void> {
    const frame = parse(text);
    if (!frame) return this.send(errorFrame(400, 'The frame is not a JSON object with an action.'));
    const answer = await this.#answer(frame);
    if (answer) this.send(frame.tracingId === undefined ? answer : { ...answer, tracingId: frame.tracingId });
  }

  async #answer(frame: ClientFrame): Promise<ServerFrame | undefined> {
    if (this.deployment.settings.rateLimits && !this.#requestRate.take()) {
      return tooManyRequestsFrame(60, 'Too many requests on this connection.');
    }
    switch (frame.action) {
      case 'configureSession':
        return configureAsGuest(this, frame);
      case 'configureAuthenticatedSession':
        return configureAsPerson(this, frame);
      case 'echo':
        return echo(frame);
    }
    const conversation = this.#conversation;
    if (!conversation) return errorFrame(4007, 'Session not found');
    switch (frame.action) {
      case 'onMessage':
        return receiveMessage(this, conversation, frame);
      case 'getJwt': {
        const { jwt, exp } = await this.deployment.historyTokens.issue(conversation.id);
        return jwtFrame(jwt, exp);
      }
      case 'closeSession':
        if (frame['closeAllConnections'] === true) conversation.dismissOthers(this);
        this.dismiss();
        return undefined;
      default:
        return errorFrame(400, `The action ${frame.action} is not served here.`);
    }
  }
}

/** Answers a health check with its own text, which is not part of the conversation. */
function echo(frame: ClientFrame): ServerFrame {
  const message = isObject(frame['message']) ? frame['message'] : {};
  return messageFrame({
    ...newMessage({ type: 'Text', direction: 'Inbound' }),
    text: typeof message['text'] === 'string' ? message['text'] : 'ping',
    ...(isObject(message['metadata']) && { metadata: message['metadata'] }),
  });
}

function parse(text: string): ClientFrame | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    if (!isObject(frame) || typeof frame['action'] !== 'string') return undefined;
    const { token, tracingId, ...rest } = frame;
    return {
      ...rest,
      action: frame['action'],
      ...(typeof token === 'string' && { token }),
      ...(typeof tracingId === 'string' && { tracingId }),
    };
  } catch {
    return undefined;
  }
}
