import { html, nothing } from 'lit';
import type { ReactiveController, ReactiveElement, TemplateResult } from 'lit';
import { readStorageAccessMessage, storageAccessType } from '../core/storage-access-message.js';
import type { StorageAccessStatus } from '../core/storage-access-message.js';
import type { Texts } from './texts.js';

export interface StorageAccessPlace {
  /** The node in which the frame is rendered. */
  readonly root: () => ParentNode;
  readonly answered: (granted: boolean) => void;
}

/**
 * The provider's page that asks the browser for access to its cookies, in place of the prompt's button. Only a click inside
 * a frame of the provider can do that. Until that page says that it is ready, the prompt has its own button.
 *
 * @see https://developer.mozilla.org/docs/Web/API/Document/requestStorageAccess
 */
export class StorageAccessFrame implements ReactiveController {
  constructor(host: ReactiveElement, { root, answered }: StorageAccessPlace) {
    this.#host = host;
    this.#root = root;
    this.#answered = answered;
    host.addController(this);
  }

  readonly #host: ReactiveElement;
  readonly #root: () => ParentNode;
  readonly #answered: (granted: boolean) => void;
  /** The frame whose messages count. */
  #frame: HTMLIFrameElement | undefined;
  #texts: Texts | undefined;
  /** What the frame was told of them, as JSON. */
  #told = '';
  #ready = false;

  /** The provider's page shows its button. */
  get ready(): boolean {
    return this.#ready;
  }

  /** The frame, or nothing without an address. */
  template(uri: string | undefined, texts: Texts): TemplateResult | typeof nothing {
    if (uri === undefined) return nothing;
    this.#texts = texts;
    // Without a sandbox, the page could navigate this one in the click.
    return html`<iframe
      class="storage-access ${this.#ready ? 'ready' : ''}"
      title=${texts.strings.signInButton}
      sandbox="allow-scripts allow-same-origin allow-forms allow-storage-access-by-user-activation"
      src=${uri}
    ></iframe>`;
  }

  /** A frame that is moved loads again. */
  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    const frame = this.#root().querySelector('iframe') ?? undefined;
    if (frame !== this.#frame) {
      // The page in another frame is not ready, so the prompt needs its own button.
      if (this.#ready && frame) this.#host.requestUpdate();
      this.#stop();
      if (frame) window.addEventListener('message', this.#onMessage);
    }
    this.#frame = frame;
    // The language of the prompt changed, or its file arrived.
    if (frame && this.#ready) this.#tellTexts(frame, new URL(frame.src).origin);
  }

  hostDisconnected(): void {
    this.#stop();
  }

  #stop(): void {
    window.removeEventListener('message', this.#onMessage);
    this.#frame = undefined;
    this.#ready = false;
  }

  readonly #onMessage = ({ source, origin, data }: MessageEvent): void => {
    const frame = this.#frame;
    if (!frame || source !== frame.contentWindow || origin !== new URL(frame.src).origin) return;
    const status = readStorageAccessMessage(data);
    if (status) this.#received(status, frame, origin);
  };

  #received(status: StorageAccessStatus, frame: HTMLIFrameElement, origin: string): void {
    if (status !== 'ready') return this.#answered(status === 'granted');
    this.#told = '';
    this.#tellTexts(frame, origin);
    this.#ready = true;
    this.#host.requestUpdate();
  }

  #tellTexts(frame: HTMLIFrameElement, origin: string): void {
    const { lang, dir, strings } = this.#texts!;
    const message = { type: storageAccessType, label: strings.signInButton, lang, dir };
    const told = JSON.stringify(message);
    if (told === this.#told) return;
    this.#told = told;
    frame.contentWindow?.postMessage(message, origin);
  }
}
