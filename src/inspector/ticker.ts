import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface TickerHost extends ReactiveControllerHost, HTMLElement {
  /** Whether anything is shown that changes with time. */
  readonly open: boolean;
}

/** Renders the host each second while it is open and the page is visible. */
export class Ticker implements ReactiveController {
  constructor(host: TickerHost) {
    this.#host = host;
    host.addController(this);
  }

  readonly #host: TickerHost;
  readonly #update = (): void => {
    this.#set(this.#host.isConnected && this.#host.open && document.visibilityState !== 'hidden');
  };
  #timer: ReturnType<typeof setInterval> | undefined;

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#update);
    this.#update();
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#update);
    this.#set(false);
  }

  hostUpdated(): void {
    this.#update();
  }

  #set(running: boolean): void {
    if (running === (this.#timer !== undefined)) return;
    clearInterval(this.#timer);
    this.#timer = running ? setInterval(() => this.#host.requestUpdate(), 1000) : undefined;
    if (running) this.#host.requestUpdate();
  }
}
