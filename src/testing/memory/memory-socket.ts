import type { ServerFrame } from '../messaging/frames.js';
import type { SocketLike } from '../transport.js';

/** States of `WebSocket`, a class that Node.js 20 lacks. */
const connecting = 0;
const open = 1;
const closed = 3;

/** A WebSocket whose other end is a function. Frames arrive one after the other, in order. */
export class MemorySocket extends EventTarget implements SocketLike {
  readyState: number = connecting;
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
    this.readyState = closed;
  }

  /** Sends a frame to Messenger. */
  reply(frame: ServerFrame): void {
    if (this.readyState !== open) return;
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
  }

  #open(): void {
    if (this.readyState !== connecting) return;
    this.readyState = open;
    this.dispatchEvent(new Event('open'));
  }
}
