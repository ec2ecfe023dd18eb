import type { SocketLike } from '../environment.js';
import type { Runtime } from '../runtime.js';
import { after } from '../runtime.js';
import { parseFrame } from './frames.js';
import type { ServerFrame } from './frames.js';

export interface ConnectionEvents {
  opened(): void;
  received(frame: ServerFrame): void;
  /** The socket is gone, not by our will. `true`: open another one, after a pause. */
  lost(): boolean;
  /** Another socket will be opened; `offline` when the browser has no network. */
  retrying(offline: boolean): void;
}

const normalClosure = 1000;

/** One socket at a time, opened again with growing pauses while it is wanted. */
export class Connection {
  readonly #runtime: Runtime;
  readonly #events: ConnectionEvents;
  #socket: SocketLike | undefined;
  #isOpen = false;
  #failures = 0;
  #cutUntil = 0;
  #cancelRetry: (() => void) | undefined;

  constructor(runtime: Runtime, events: ConnectionEvents) {
    this.#runtime = runtime;
    this.#events = events;
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
    if (Date.now() < this.#cutUntil) return this.#onLoss();
    const socket = transport.openSocket(`${socketOrigin}/v1?deploymentId=${encodeURIComponent(deploymentId)}`);
    this.#socket = socket;
    const ifCurrent = (act: (event: Event) => void) => (event: Event) => {
      if (this.#socket === socket) act(event);
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
        if (frame) this.#events.received(frame);
      }),
    );
  }

  /** `false` when there is no open socket: nothing was sent. */
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

  /** As a network that goes away under the socket, for so long. */
  cut(forMs: number): void {
    this.#cutUntil = Date.now() + forMs;
    if (!this.#socket) return;
    this.#socket.close();
    this.#onLoss();
  }

  #onOpen(): void {
    this.#isOpen = true;
    this.#failures = 0;
    this.#events.opened();
  }

  #onLoss(): void {
    this.#release();
    if (!this.#events.lost()) return;
    const { reconnectMs, longestReconnectMs } = this.#runtime.timing;
    const pause = Math.min(reconnectMs * 2 ** this.#failures, longestReconnectMs);
    this.#failures += 1;
    this.#events.retrying(!navigator.onLine || Date.now() < this.#cutUntil);
    this.#cancelRetry = after(this.#runtime, pause, () => this.#retryNow());
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
