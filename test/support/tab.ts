import type { OidcConfig } from '../../src/core/config.js';
import { createCodePort } from '../../src/oidc/code-port.js';
import type { CodePort } from '../../src/session/ports.js';
import { oidcConfig } from './oidc-config.js';
import { windowWith } from './window-with.js';

export interface TabOptions {
  /** Query and fragment of the page. */
  readonly rest?: string;
  readonly config?: Partial<OidcConfig>;
  readonly win?: Parameters<typeof windowWith>[0];
  readonly deploymentId?: string;
}

/** A tab that navigates to the provider and back, while the real page stays. Its storage is the real one. */
export class Tab {
  readonly page = `${location.origin}/account`;
  /** Authorization requests that the page navigated to, oldest first. */
  readonly requests: URL[] = [];
  /** How many of them took the history entry of the page. */
  replacements = 0;
  historyState: unknown = null;
  readonly deploymentId: string;
  #address: URL;
  readonly #options: TabOptions;

  constructor(options: TabOptions = {}) {
    this.#options = options;
    this.deploymentId = options.deploymentId ?? '3f0c0000-0000-4000-8000-000000000000';
    this.#address = new URL(this.page + (options.rest ?? ''));
  }

  get address(): string {
    return this.#address.href;
  }

  /** Loads the page at the current address. */
  open(changes: TabOptions['win'] = {}): CodePort {
    Reflect.deleteProperty(window, Symbol.for('gc-auth-messenger:answer'));
    return this.restart(changes);
  }

  /** Another session of the page that is loaded. */
  restart(changes: TabOptions['win'] = {}): CodePort {
    const go = (url: string): URL => (this.#address = new URL(url));
    const now = (): URL => this.#address;
    const win = windowWith({
      location: {
        origin: location.origin,
        get href() {
          return now().href;
        },
        get search() {
          return now().search;
        },
        get hash() {
          return now().hash;
        },
        replace: (url: string) => {
          if (!new URL(url).searchParams.has('client_id')) return go(url);
          this.replacements++;
          return this.requests.push(new URL(url));
        },
        assign: (url: string) => this.requests.push(new URL(url)),
      },
      history: {
        state: this.historyState,
        replaceState: (state: unknown, _title: string, url: string) => {
          this.historyState = state;
          go(url);
        },
      },
      ...this.#options.win,
      ...changes,
    });
    const config = oidcConfig({ redirectUri: this.page, ...this.#options.config });
    return createCodePort(config, win, { deploymentId: this.deploymentId });
  }

  /** Adds to the address, before the page is loaded. */
  add(more: string): void {
    this.#address = new URL(this.#address.href + more);
  }

  /** The provider answers the latest request. */
  answer(answer: Record<string, string>, separator: '?' | '#' = '?'): void {
    const request = this.requests.at(-1)!.searchParams;
    const params = new URLSearchParams({ ...answer, state: request.get('state')! });
    this.#address = new URL(`${request.get('redirect_uri')}${separator}${String(params)}`);
  }
}
