import { CommandRejection } from '../bus/command-rejection.js';
import type { Plugin } from '../bus/plugin.js';
import { Listeners } from '../listeners.js';
import type { Runtime } from '../runtime.js';
import { startTimer } from '../timing.js';
import { describeError, isErrorFrame, retryAfterMs } from './error-frames.js';
import { presenceMessage, textMessage, typingMessage } from './frames.js';
import type { MessageBody, ServerFrame, SessionBody } from './frames.js';
import { fetchHistoryPage } from './history-api.js';
import type { HistoryPage } from './history-api.js';
import { Outbox } from './outbox.js';
import type { Session } from './session.js';
import { Transcript } from './transcript.js';

interface PendingJwt {
  resolve: (jwt: string) => void;
  reject: (reason: CommandRejection) => void;
}

/** The messages of a session: the transcript, the outbox, and the events about them. */
export class Conversation {
  readonly changes = new Listeners();
  readonly transcript = new Transcript();
  readonly outbox: Outbox;
  readonly #runtime: Runtime;
  readonly #plugin: Plugin;
  readonly #session: Session;
  readonly #historyRequests = new Map<string | undefined, PendingJwt>();
  #lastPage = 0;
  #typedAt = -Infinity;
  /** `false` until the history is loaded: it tells which unconfirmed messages arrived before the socket was lost. */
  #canFlush = false;

  constructor(runtime: Runtime, plugin: Plugin, session: Session) {
    this.#runtime = runtime;
    this.#plugin = plugin;
    this.#session = session;
    this.outbox = new Outbox(runtime.tabStorage, runtime.deploymentId);
    session.setConversation({
      active: (body, again) => void this.#onActive(body, again),
      received: (frame) => this.#onFrame(frame),
      socketLost: () => this.#onSocketLost(),
      forget: (unsent) => this.#forget(unsent),
    });
  }

  send(text: string): void {
    this.outbox.add(text, this.#session.sub);
    this.#flush();
    this.changes.notify();
  }

  /** @returns `false` when the call is throttled, so nothing is sent */
  typing(): boolean {
    const now = Date.now();
    if (now - this.#typedAt < this.#runtime.timing.typingMs) return false;
    this.#typedAt = now;
    this.#session.send(typingMessage());
    return true;
  }

  /** @returns `false` when there is no session to clear */
  clear(): boolean {
    return this.#session.phase === 'active' && this.#session.send(presenceMessage('Clear'));
  }

  /** Loads the next older page of messages. @throws without a configured session, or when the API refuses */
  async fetchHistory(): Promise<HistoryPage> {
    const jwt = await this.#historyJwt();
    const page = await fetchHistoryPage(this.#runtime, jwt, this.#lastPage + 1);
    this.#lastPage += 1;
    this.#take(page.messages);
    return page;
  }

  async #onActive({ newSession }: SessionBody, again: boolean): Promise<void> {
    if (newSession) {
      if (this.#runtime.config.messenger?.apps?.conversations?.autoStart?.enabled) {
        this.#session.send(presenceMessage('Join'));
      }
    } else {
      await this.#restore(again);
    }
    this.#canFlush = this.#session.phase === 'active';
    this.#flush();
  }

  async #restore(again: boolean): Promise<void> {
    this.#lastPage = 0;
    const page = await this.fetchHistory().catch(() => undefined);
    const messages = this.transcript.messages.map(({ body }) => body);
    this.#plugin.republish('restored', { messages });
    if (page?.complete && !again) this.#plugin.publish('historyComplete');
  }

  #onFrame(frame: ServerFrame): void {
    if (frame.class === 'StructuredMessage') this.#onMessage(frame.body as MessageBody);
    else if (frame.class === 'JwtResponse') {
      this.#historyRequests.get(frame.tracingId)?.resolve((frame.body as { jwt: string }).jwt);
    } else if (isErrorFrame(frame)) this.#onError(frame);
  }

  #onMessage(body: MessageBody): void {
    for (const { eventType, presence, typing } of body.events ?? []) {
      if (eventType === 'Typing') this.#plugin.publish('typingReceived', { typing });
      if (presence?.type === 'SignIn') this.#plugin.publish('steppedUpConversation', body);
      if (presence?.type === 'Disconnect') this.#plugin.publish('conversationDisconnected');
      if (presence?.type === 'Clear') return this.#onCleared();
    }
    const added = this.#take([body]);
    if (added > 0) this.#plugin.publish('messagesReceived', { messages: [body] });
  }

  #onCleared(): void {
    this.#session.end();
    this.#plugin.publish('conversationCleared');
  }

  #onError(frame: ServerFrame): void {
    this.#plugin.publish('error', describeError(frame));
    this.#historyRequests.get(frame.tracingId)?.reject(new CommandRejection(String(frame.code)));
    if (frame.class === 'TooManyRequestsErrorMessage' && this.outbox.retry(frame.tracingId)) {
      startTimer(this.#runtime, retryAfterMs(frame), () => this.#flush());
    }
  }

  #take(bodies: MessageBody[]): number {
    const added = this.transcript.merge(bodies);
    this.outbox.confirm(added.map(({ clientId }) => clientId));
    if (added.length > 0) this.changes.notify();
    return added.length;
  }

  #flush(): void {
    if (!this.#canFlush) return;
    this.outbox.flush(this.#session.sub, ({ id, text }) =>
      this.#session.send(textMessage(id, text, this.#customAttributes())),
    );
  }

  /** What the page stored in the `Database` plugin. */
  #customAttributes(): Record<string, string> | undefined {
    const database = this.#runtime.bus.read('Database.messaging') as
      { customAttributes?: Record<string, string> } | undefined;
    return database?.customAttributes;
  }

  async #historyJwt(): Promise<string> {
    const tracingId = crypto.randomUUID();
    try {
      return await new Promise((resolve, reject) => {
        this.#historyRequests.set(tracingId, { resolve, reject });
        if (!this.#session.send({ action: 'getJwt', tracingId }))
          reject(new CommandRejection('No active conversation found.'));
      });
    } finally {
      this.#historyRequests.delete(tracingId);
    }
  }

  #onSocketLost(): void {
    this.#canFlush = false;
    this.outbox.socketLost();
    for (const { reject } of this.#historyRequests.values()) reject(new CommandRejection('The connection was lost.'));
  }

  #forget(unsent: boolean): void {
    this.#onSocketLost();
    this.#lastPage = 0;
    this.transcript.clear();
    if (unsent) this.outbox.clear();
    this.changes.notify();
  }
}
