import type { Runtime } from '../runtime.js';
import { startTimer } from '../timing.js';
import type { SocketLike } from '../transport.js';
import { parseFrame } from './frames.js';
import type { ServerFrame } from './frames.js';

export interface SocketHandlers {
  opened(): void;
  received(frame: ServerFrame): void;
  /** The socket closed without a call of `close`. @returns whether to open another one, after a back-off */
  lost(): boolean;
  /** Another socket will be opened. @param offline the browser has no network */
  retrying(offline: boolean): void;
}

const normalClosure = 1000;

/** One WebSocket at a time. Reopens a lost one, with exponential back-off. */
export class SocketConnection {
  readonly #runtime: Runtime;
  readonly #handlers: SocketHandlers;
  #socket: SocketLike | undefined;
  #isOpen = false;
  #failures = 0;
  #offlineUntil = 0;
  #cancelRetry: (() => void) | undefined;

  constructor(runtime: Runtime, handlers: SocketHandlers) {
    this.#runtime = runtime;
    this.#handlers = handlers;
    addEventListener('online', () => this.#retryNow(), { signal: runtime.stopped });
    runtime.stopped.addEventListener('abort', () => this.close());
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  open(): void {
    if (this.#socket || this.#runtime.stopped.aborted) return;
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    const { transport, socketOrigin, deploymentId } = this.#runtime;
    if (Date.now() < this.#offlineUntil) return this.#onLoss();
    const socket = transport.openSocket(`${socketOrigin}/v1?deploymentId=${encodeURIComponent(deploymentId)}`);
    this.#socket = socket;
    const ifCurrent = (handle: (event: Event) => void) => (event: Event) => {
      if (this.#socket === socket) handle(event);
    };
    socket.addEventListener(
      'open',
      ifCurrent(() => this.#onOpen()),
    );
    socket.addEventListener(
      'close',
      ifCurrent(() => this.#onLoss()),
    );
    socket.addEventListener(
      'message',
      ifCurrent((event) => {
        const frame = parseFrame((event as MessageEvent).data);
        if (frame) this.#handlers.received(frame);
      }),
    );
  }

  /** @returns `false` when no socket is open, so nothing was sent */
  send(frame: object): boolean {
    if (!this.#isOpen || !this.#socket) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  close(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#failures = 0;
    this.#release()?.close(normalClosure);
  }

  /** Simulates a network failure that lasts for `offlineMs` milliseconds. */
  cut(offlineMs: number): void {
    this.#offlineUntil = Date.now() + offlineMs;
    if (!this.#socket) return;
    this.#socket.close();
    this.#onLoss();
  }

  #onOpen(): void {
    this.#isOpen = true;
    this.#failures = 0;
    this.#handlers.opened();
  }

  #onLoss(): void {
    this.#release();
    if (!this.#handlers.lost()) return;
    const { reconnectMs, longestReconnectMs } = this.#runtime.timing;
    const backOff = Math.min(reconnectMs * 2 ** this.#failures, longestReconnectMs);
    this.#failures += 1;
    this.#handlers.retrying(!navigator.onLine || Date.now() < this.#offlineUntil);
    this.#cancelRetry = startTimer(this.#runtime, backOff, () => this.#retryNow());
  }

  #retryNow(): void {
    if (!this.#cancelRetry) return;
    this.open();
  }

  #release(): SocketLike | undefined {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#isOpen = false;
    return socket;
  }
}
