import type { ServerFrame } from '../messaging/frames.js';
import type { SocketLike } from '../transport.js';

/** A WebSocket whose other end is a function in this page. Frames arrive one after the other, in order. */
export class MemorySocket extends EventTarget implements SocketLike {
  readyState: number = WebSocket.CONNECTING;
  readonly #onFrame: (frame: Record<string, unknown>) => Promise<void>;
  #handled: Promise<void>;

  constructor(opened: Promise<void>, onFrame: (frame: Record<string, unknown>) => Promise<void>) {
    super();
    this.#onFrame = onFrame;
    this.#handled = opened.then(() => this.#open());
  }

  send(data: string): void {
    const frame = JSON.parse(data) as Record<string, unknown>;
    this.#handled = this.#handled.then(() => this.#onFrame(frame));
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
  }

  /** Sends a frame to Messenger. */
  reply(frame: ServerFrame): void {
    if (this.readyState !== WebSocket.OPEN) return;
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
  }

  #open(): void {
    if (this.readyState !== WebSocket.CONNECTING) return;
    this.readyState = WebSocket.OPEN;
    this.dispatchEvent(new Event('open'));
  }
}
